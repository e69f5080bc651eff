"""Which configuration holds for which file: `pixellint.toml`, or `pyproject.toml` with `[tool.pixellint]`, the nearest above it.

Nothing but a few looks at the disk happens where there is none; what a configuration means is in `linter.configuration`.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from linter.options import STDIN, CheckOptions, OptionError

if TYPE_CHECKING:
    from linter.configuration import Configuration
    from linter.discovery import Found
    from linter.findings import Skipped

OWN_FILE, PYPROJECT = "pixellint.toml", "pyproject.toml"
MAX_BYTES = 1_000_000
"""A larger file is no configuration."""


class Asked(NamedTuple):
    """What the command line says of configurations: `--config` and `--isolated`."""

    config: str | None = None
    isolated: bool = False


class Configurations:
    """The configurations of a run. Loaded when asked for; every method may raise `ConfigurationError`, an `OptionError`."""

    def __init__(self, cwd: str, env: Mapping[str, str], asked: Asked | None = None) -> None:
        self.cwd = cwd
        self._home = env.get("HOME") or env.get("USERPROFILE") or ""
        self._asked = asked or Asked()
        self._files: dict[str, str | None] = {}
        self._loaded: dict[str, Configuration] = {}
        self._main: str | None = None
        self.nested = False

    def enter(self, options: CheckOptions) -> "Configuration | None":
        """The configuration that holds for a run as a whole: the nearest above everything that it was asked to check."""
        if "linter.catalog" in sys.modules:
            sys.modules["linter.catalog"].use_own_leaflets(())
        self._main = self._file_above(common_folder(options, self.cwd))
        return self.main

    @property
    def main(self) -> "Configuration | None":
        """The configuration of the run as a whole."""
        return self._load(self._main) if self._main else None

    def of(self, path: str) -> "Configuration | None":
        """The configuration of a file, by its path as reports name it."""
        if not self.nested:
            return self.main
        file = self._file_above(os.path.dirname(os.path.join(self.cwd, path)))
        return self._load(file) if file else None

    def all(self) -> "list[Configuration]":
        """Those that hold for any file of the run so far."""
        return list(self._loaded.values())

    def suppress_anything(self) -> bool:
        """Whether a configuration has entries that suppress findings."""
        return any(row.suppress for row in self._loaded.values())

    def page_kind(self, path: str) -> str | None:
        """The kind that the configuration of a page's file gives it."""
        configuration = self.of(path) if self._loaded else None
        return configuration.page_kind(self.location(path)) if configuration is not None and configuration.pages else None

    def location(self, path: str) -> str:
        """The absolute path of a file that reports name `path`."""
        return os.path.join(os.path.realpath(self.cwd), path)

    def sift(self, files: "list[Found]") -> "tuple[list[Found], list[Skipped]]":
        """The files of a run without those that a configuration excludes, which are listed. Called once, before files are read."""
        self.nested = not self._asked.config and not self._asked.isolated and self._has_nested(files)
        if not self.nested and self._main is None:
            return files, []
        from linter.configuration import excluded

        kept: list[Found] = []
        out: list[Skipped] = []
        for file in files:
            configuration = self.of(file.path)
            reason = excluded(configuration, file.location) if configuration is not None else None
            if reason is None:
                kept.append(file)
            else:
                out.append(reason._replace(path=file.path))
        return kept, out

    def _has_nested(self, files: "Iterable[Found]") -> bool:
        """Whether files of the run may have another configuration than the run: one lies among them, or they are in several places."""
        folders = set()
        for file in files:
            if file.path.endswith((OWN_FILE, PYPROJECT)):
                return True
            if file.named:
                folders.add(os.path.dirname(file.location))
        return any(self._file_above(folder) != self._main for folder in folders)

    def _file_above(self, folder: str) -> str | None:
        if self._asked.isolated:
            return None
        if self._asked.config is not None:
            file = os.path.join(self.cwd, self._asked.config)
            if not os.path.isfile(file):
                raise OptionError(f"--config: there is no file {self._asked.config}")
            return file
        if folder not in self._files:
            self._files[folder] = nearest(os.path.realpath(folder), os.path.realpath(self._home) if self._home else "")
        return self._files[folder]

    def _load(self, file: str) -> "Configuration":
        if file not in self._loaded:
            from linter.configuration import load

            self._loaded[file] = load(file, self.cwd)
        return self._loaded[file]


def common_folder(options: CheckOptions, cwd: str) -> str:
    """The folder that holds everything a run was asked to check."""
    named = [path for path in options.paths if path != STDIN]
    if STDIN in options.paths:
        named.append(options.stdin_filename or os.curdir)
    folders = [os.path.realpath(os.path.join(cwd, path.replace("\0", ""))) for path in named]
    folders = [folder if os.path.isdir(folder) else os.path.dirname(folder) for folder in folders]
    try:
        return os.path.commonpath(folders)
    except ValueError:
        return cwd


def nearest(folder: str, home: str) -> str | None:
    """The configuration file for `folder` (absolute): in it or above, not above a repository, and neither in nor above `home`."""
    while folder != home:
        own = os.path.join(folder, OWN_FILE)
        if os.path.isfile(own):
            return own
        project = os.path.join(folder, PYPROJECT)
        if os.path.isfile(project) and _has_table(project):
            return project
        parent = os.path.dirname(folder)
        if parent == folder or os.path.lexists(os.path.join(folder, ".git")):
            return None
        folder = parent
    return None


def _has_table(file: str) -> bool:
    try:
        with open(file, "rb") as stream:
            return b"tool.pixellint" in stream.read(MAX_BYTES).replace(b" ", b"").replace(b'"', b"")
    except OSError:
        return False


def repository_of(folder: str) -> str | None:
    """The folder of the repository that `folder` (absolute) is in, or None."""
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder
