"""The files of one folder: as git lists them where the folder is a work tree, else by a walk that honours `.gitignore`.

Both ways give relative paths of everything that is no folder (links and special files included), the folders left out
by default, and nested repositories. Nothing is opened but ignore files; no code of the folder is run.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

EXCLUDED = frozenset(
    "node_modules bower_components jspm_packages .yarn .pnpm-store .npm .venv venv .virtualenv __pycache__ .tox .nox .cache .eggs "
    ".mypy_cache .pytest_cache .ruff_cache .sass-cache .parcel-cache .gradle .bundle .terraform .vagrant".split()
)
"""Folders of dependencies and caches: what is in them is not what the site's own people write."""
VERSION_CONTROL = frozenset({".git", ".hg", ".svn", ".bzr", "CVS", "_darcs", ".jj"})
"""Version control's own folders: no part of the site, left out without a word."""
VENDOR_MARKS = ("autoload.php", "modules.txt", "bundle")
VENDOR_MANIFESTS = ("composer.json", "Gemfile", "go.mod")
GIT_SECONDS = 60
MAX_STARS = 5
"""Runs of stars in a pattern; one with more is left out, for matching it can take forever. What it ignores is then read."""

Kind = Literal["entry", "excluded", "repository", "unreadable"]


class Entry(NamedTuple):
    """`path` is relative to the listed folder. `reason` says why a folder is unreadable."""

    kind: Kind
    path: str
    reason: str = ""


def is_excluded(parent: str, name: str) -> bool:
    """Whether the folder `name` in the folder `parent` is left out by default (a `vendor` folder: if a package manager's)."""
    if name in EXCLUDED:
        return True
    if name != "vendor":
        return False
    within = os.path.join(parent, name)
    return any(os.path.exists(os.path.join(within, mark)) for mark in VENDOR_MARKS) or any(
        os.path.exists(os.path.join(parent, manifest)) for manifest in VENDOR_MANIFESTS
    )


def list_folder(root: str, env: Mapping[str, str]) -> Iterable[Entry]:
    """The entries of the folder `root` (absolute), in no order. `env` is git's environment."""
    top = work_tree(root)
    if top is None:
        return walk(root, [])
    listed = git_files(root, env)
    if not listed:
        return walk(root, inherited_rules(top, root))
    return sift(root, listed)


def work_tree(folder: str) -> str | None:
    """The closest folder from `folder` upwards that holds `.git`, or None."""
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def git_files(root: str, env: Mapping[str, str]) -> list[str] | None:
    """What git tracks and what it does not ignore below `root`, relative; None if git is missing or has anything to complain of.

    Settings of the repository that make git run a program or ask the network are overruled; the index is not written.
    """
    import subprocess
    from shutil import which

    program = which("git", path=env.get("PATH"))
    if program is None or not os.path.isabs(program) or program.startswith(root + os.sep):
        return None
    overrules = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "safe.bareRepository=explicit")
    flags = [flag for overrule in overrules for flag in ("-c", overrule)]
    command = [program, "--no-optional-locks", *flags, "ls-files", "-z", "-c", "-o", "--exclude-standard"]
    kept = {name: value for name, value in env.items() if not name.startswith("GIT_") or name.startswith("GIT_CONFIG")}
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env={**kept, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=GIT_SECONDS,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    if done.returncode or done.stderr:
        return None
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]


def sift(root: str, listed: Iterable[str]) -> Iterator[Entry]:
    """Entries of git's list: no folder left out by default, nothing behind a link, nothing that is gone."""
    states: dict[str, Kind | None] = {"": "entry"}
    for path in sorted(set(listed)):
        inner = path.rstrip("/")
        parent, parts = inner.rpartition("/")[0], inner.split("/")
        if ".." in parts or "" in parts:
            continue
        if parent not in states:
            yield from _enter(root, parent, states)
        if states[parent] == "entry":
            location = os.path.join(root, inner)
            if not os.path.isdir(location) or os.path.islink(location):
                yield Entry("entry", inner)
            elif is_excluded(os.path.dirname(location), parts[-1]):
                yield Entry("excluded", inner)
            else:
                yield Entry("repository", inner)


def _enter(root: str, folder: str, states: dict[str, Kind | None]) -> Iterator[Entry]:
    """Notes for `folder` and the folders around it whether files in it count: "entry", or None."""
    parts = folder.split("/")
    for depth in range(1, len(parts) + 1):
        path, parent = "/".join(parts[:depth]), "/".join(parts[: depth - 1])
        if path in states:
            continue
        location = os.path.join(root, path)
        states[path] = states[parent]
        if states[parent] == "entry" and os.path.islink(location):
            states[path] = None
        elif states[parent] == "entry" and is_excluded(os.path.join(root, parent), parts[depth - 1]):
            states[path] = None
            if os.path.isdir(location):
                yield Entry("excluded", path)


class Rules(NamedTuple):
    """The patterns of one ignore file, each with whether it ignores; they hold for paths below `folder` (absolute, ends in a separator)."""

    folder: str
    patterns: list[tuple[re.Pattern[str], bool]]


def walk(root: str, rules: list[Rules]) -> Iterator[Entry]:
    """Entries found by looking into every folder that is not ignored."""
    stack: list[tuple[str, list[Rules]]] = [("", rules)]
    while stack:
        folder, outer = stack.pop()
        location = os.path.join(root, folder) if folder else root
        try:
            with os.scandir(location) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            if folder == "" or not isinstance(error, FileNotFoundError):
                yield Entry("unreadable", folder, error.strerror or "unknown error")
            continue
        names = {entry.name for entry in entries}
        if folder and ".git" in names:
            yield Entry("repository", folder)
            continue
        own = outer + read_rules(location, names)
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if (is_folder and entry.name in VERSION_CONTROL) or (entry.name == ".git") or is_ignored(entry.path, is_folder, own):
                continue
            if not is_folder:
                yield Entry("entry", path)
            elif is_excluded(location, entry.name):
                if holds_anything(entry.path, own):
                    yield Entry("excluded", path)
            else:
                stack.append((path, own))


def holds_anything(folder: str, rules: list[Rules]) -> bool:
    """Whether anything in the folder is not ignored: git does not list a folder that ignores itself."""
    try:
        with os.scandir(folder) as scan:
            own = rules + read_rules(folder, {".gitignore"})
            return any(not is_ignored(entry.path, entry.is_dir(follow_symlinks=False), own) for entry in scan)
    except OSError:
        return True


def inherited_rules(top: str, root: str) -> list[Rules]:
    """The ignore rules of the work tree `top` that hold in its folder `root`; none if they ignore `root` itself."""
    rules = _rules_of(os.path.join(top, ".git", "info", "exclude"), top)
    folder = top
    for name in [part for part in root[len(top) :].split(os.sep) if part]:
        rules = rules + read_rules(folder, {".gitignore"})
        folder = os.path.join(folder, name)
        if is_ignored(folder, True, rules):
            return []
    return rules


def read_rules(folder: str, names: Iterable[str]) -> list[Rules]:
    """The rules of the folder's own `.gitignore`, if its names have one."""
    return _rules_of(os.path.join(folder, ".gitignore"), folder) if ".gitignore" in names else []


def _rules_of(file: str, folder: str) -> list[Rules]:
    try:
        if os.path.islink(file) or not os.path.isfile(file):
            return []
        with open(file, "rb") as stream:
            lines = os.fsdecode(stream.read(1_000_000).removeprefix(b"\xef\xbb\xbf")).split("\n")
    except OSError:
        return []
    patterns = [pattern for line in lines for pattern in compile_pattern(line.removesuffix("\r"))]
    return [Rules(folder.rstrip(os.sep) + os.sep, patterns)] if patterns else []


def compile_pattern(line: str) -> Iterator[tuple[re.Pattern[str], bool]]:
    """The pattern of a line, and whether it ignores (or takes back); nothing for a blank line, a comment, or nonsense."""
    from pathspec import GitIgnoreSpec

    if len(re.findall(r"\*+", line)) > MAX_STARS:
        return
    try:
        for pattern in GitIgnoreSpec.from_lines([line]).patterns:
            regex = getattr(pattern, "regex", None)
            if regex is not None and pattern.include is not None:
                yield regex, pattern.include
    except ValueError:
        return


def is_ignored(location: str, is_folder: bool, rules: list[Rules]) -> bool:
    """Whether the last pattern that matches `location`, in the deepest ignore file that has one, ignores it."""
    for folder, patterns in reversed(rules):
        path = location[len(folder) :].replace(os.sep, "/")
        for regex, ignores in reversed(patterns):
            if _matches(regex, path, is_folder):
                return ignores
    return False


def _matches(regex: re.Pattern[str], path: str, is_folder: bool) -> bool:
    """Whether a pattern means `path` itself: pathspec's expressions also match what lies in a folder that they mean, by
    their group `ps_d`, and with that a pattern that takes a file back would lose to one that ignores its folder."""
    match = regex.search(path)
    if match is not None and match.groupdict().get("ps_d") is None:
        return True
    if not is_folder:
        return False
    slashed = path + "/"
    found = (regex.search(slashed), regex.search(slashed, len(path)))
    return any(match is not None and match.groupdict().get("ps_d") and match.end("ps_d") == len(slashed) for match in found)
