"""Asking git about a repository without trusting the repository: no program that its settings name is run, no network, no lock.

Only plumbing that reads the index and the objects is called; files of the work tree are never handed to git, for that could run
a filter. Used by `--staged` and `--diff-base`; `linter.folders` lists work trees by itself and does without git.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from linter.options import OptionError

SECONDS = 120
KEPT = frozenset(
    "GIT_DIR GIT_WORK_TREE GIT_COMMON_DIR GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES "
    "GIT_CEILING_DIRECTORIES GIT_DISCOVERY_ACROSS_FILESYSTEM".split()
)
"""What git tells the hooks that it runs: `git commit -a` has an index of its own."""
OVERRULED = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "safe.bareRepository=explicit",
    "protocol.allow=never",
)


class Refused(Exception):
    """Git did not do what it was asked for; the message is the first line of what it said."""


class Blob(NamedTuple):
    """A file of the index or of a commit. `path` is relative to the repository's top, `mode` git's (`100644`), `of` the object's name;
    `was` is the path it was renamed from, if it was."""

    path: str
    mode: str
    of: str
    was: str = ""


class Repository:
    """The repository that the folder `cwd` (absolute) is in. Raises `OptionError`, with `option` in front, where there is none."""

    def __init__(self, cwd: str, env: Mapping[str, str], option: str) -> None:
        from shutil import which

        self._option, self._cwd = option, cwd
        program = which("git", path=env.get("PATH"))
        if program is None or not os.path.isabs(program):
            raise OptionError(f"{option}: git is not installed, or not in PATH")
        self._program = program
        self._env = {name: value for name, value in env.items() if _harmless(name)} | {
            "GIT_ALLOW_PROTOCOL": "none",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C",
        }
        try:
            self.top = os.path.realpath(os.fsdecode(self.ask("rev-parse", "--show-toplevel").rstrip(b"\r\n")))
        except Refused as error:
            raise OptionError(f"{option}: this is no work tree of git ({error})") from None
        if program.startswith(self.top + os.sep):
            raise OptionError(f"{option}: the git in PATH lies in the repository, and is not run")

    def ask(self, *words: str, given: bytes = b"") -> bytes:
        """What git prints. Raises `Refused`."""
        import subprocess

        flags = [flag for overrule in OVERRULED for flag in ("-c", overrule)]
        command = [self._program, "--no-pager", *flags, *words]
        try:
            done = subprocess.run(command, cwd=self._cwd, env=self._env, input=given, capture_output=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            raise Refused(f"no answer within {SECONDS} seconds") from None
        except (OSError, ValueError) as error:
            raise Refused(getattr(error, "strerror", None) or "it cannot be run") from None
        if done.returncode:
            raise Refused(_first_line(done.stderr) or f"status {done.returncode}")
        return done.stdout

    def demand(self, *words: str, given: bytes = b"") -> bytes:
        """What git prints. Raises `OptionError` where it refuses."""
        try:
            return self.ask(*words, given=given)
        except Refused as error:
            raise OptionError(f"{self._option}: git says: {error}") from None

    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        """Bytes of the objects that are there, by name."""
        wanted = "".join(f"{name}\n" for name in dict.fromkeys(names))
        rows = (line.split() for line in self.demand("cat-file", "--batch-check", given=wanted.encode()).splitlines() if wanted)
        return {row[0].decode(): int(row[2]) for row in rows if len(row) == 3}

    def contents(self, names: Iterable[str]) -> dict[str, bytes]:
        """The bytes of objects that are there (see `sizes`), by name: as they are stored, no filter or conversion applied."""
        wanted = "".join(f"{name}\n" for name in dict.fromkeys(names))
        data = self.demand("cat-file", "--batch", given=wanted.encode()) if wanted else b""
        out: dict[str, bytes] = {}
        at = 0
        while at < len(data):
            end = data.index(b"\n", at)
            name, _, size = data[at:end].split()
            out[name.decode()] = data[end + 1 : end + 1 + int(size)]
            at = end + int(size) + 2
        return out


def changes(raw: bytes) -> Iterator[tuple[str, Blob]]:
    """The rows of `--raw -z --no-abbrev`: the letter of what happened, and the file as it is afterwards."""
    fields = iter(raw.split(b"\0"))
    for field in fields:
        if not field.startswith(b":"):
            continue
        _, mode, _, of, letter = field.decode("ascii", "replace").split(" ")[:5]
        path = os.fsdecode(next(fields, b""))
        renamed = os.fsdecode(next(fields, b"")) if letter[:1] in "RC" else ""
        yield letter[:1], Blob(renamed or path, mode, of, path if renamed else "")


def _harmless(name: str) -> bool:
    """Whether a variable may reach git: those of the person's own settings may, those that name programs may not."""
    return not name.startswith("GIT_") or name in KEPT or name.startswith("GIT_CONFIG")


def _first_line(stderr: bytes) -> str:
    lines = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    return next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[0] if lines else "").removeprefix("fatal: ")
