"""Configuration files as they are written: read, checked for their form, and put over those that they extend."""

import os
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from linter.configuration_find import MAX_BYTES, PYPROJECT, repository_of
from linter.configuration_settings import SETTINGS
from linter.configuration_toml import Spot, Statement, Trail, spot, spot_at, statements
from linter.configuration_types import Problem, wrong
from linter.discovery import display_path
from linter.options import OptionError
from linter.reports import printable
from linter.reports.frames import width

MAX_TOLD = 20
_AT = "(at "


class ConfigurationError(OptionError):
    """What is wrong in a configuration, each with its file, line and caret."""


class Layer(NamedTuple):
    """One file: `path` absolute, `name` as reports write it, `values` as parsed, `prefix` what their trails begin with in the file."""

    path: str
    name: str
    text: str
    values: Mapping[str, Any]
    prefix: Trail
    known: Mapping[Trail, Statement]

    @property
    def folder(self) -> str:
        """Where its relative paths start."""
        return os.path.dirname(self.path)

    def spot(self, trail: Trail, word: str | None = None) -> Spot:
        """Where a value stands."""
        return spot(self.text, self.known, (*self.prefix, *trail), word)

    def told(self, problem: Problem) -> str:
        """A problem with its place, the line, and a caret."""
        return framed(self.name, self.spot(problem.trail, problem.word), problem.message)


def framed(name: str, at: Spot, message: str) -> str:
    """A message about a spot of a file, with the line and carets below."""
    gutter = len(str(at.line))
    first = max(0, at.column - 1 - 60) if len(at.text) > 120 else 0
    head, body = at.text[first : at.column - 1], at.text[at.column - 1 :][: 120 - (at.column - 1 - first)]
    under = width(printable(body[: at.length])) or 1
    return "\n".join(
        (
            f"{name}:{at.line}:{at.column}: {message}",
            f"{'':{gutter}} |",
            f"{at.line} | {printable(head + body)}",
            f"{'':{gutter}} | {'':{width(printable(head))}}{'^' * under}",
        )
    )


def read_layers(path: str, cwd: str) -> list[Layer]:
    """The file and those that it extends, nearest first. Raises `ConfigurationError`."""
    layers = [read_layer(path, cwd)]
    repository = repository_of(layers[0].folder)
    while (target := layers[-1].values.get("extends")) is not None:
        last = layers[-1]
        file = os.path.realpath(os.path.join(last.folder, target))
        trouble = ""
        if file in [layer.path for layer in layers]:
            chain = " -> ".join([*(layer.name for layer in layers), display_path(file, os.path.realpath(cwd))])
            trouble = f"extends: the files extend one another: {chain}"
        elif repository is not None and not file.startswith(repository.rstrip(os.sep) + os.sep):
            trouble = f"extends: {target!r} lies outside of the repository"
        elif not os.path.isfile(file):
            trouble = f"extends: there is no file {target!r}"
        if trouble:
            raise ConfigurationError(last.told(Problem(("extends",), trouble, target)))
        layers.append(read_layer(file, cwd))
    return layers


def read_layer(path: str, cwd: str) -> Layer:
    """One file, whose form is right. Raises `ConfigurationError`."""
    given, path = os.path.realpath(os.path.dirname(path)), os.path.realpath(path)
    name = display_path(path, os.path.realpath(cwd))
    repository = repository_of(given)
    if repository is not None and not path.startswith(repository.rstrip(os.sep) + os.sep) and os.path.dirname(path) != given:
        raise ConfigurationError(f"{name}: the configuration is a link that leads out of the repository")
    text = read_text(path, name)
    document = parsed(text, name)
    prefix: Trail = ()
    if os.path.basename(path) == PYPROJECT:
        prefix = ("tool", "pixellint")
        tool = document.get("tool")
        document = tool.get("pixellint", {}) if isinstance(tool, dict) else {}
    layer = Layer(path, name, text, document if isinstance(document, dict) else {}, prefix, statements(text))
    raise_all(layer.told(problem) for problem in wrong(SETTINGS, document, ()))
    return layer


def read_text(path: str, name: str) -> str:
    """The text of a TOML file. Raises `ConfigurationError`."""
    try:
        with open(path, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise ConfigurationError(f"{name}: is larger than {MAX_BYTES} bytes")
        return data.decode("utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise ConfigurationError(f"{name}: unreadable: {error.strerror or 'unknown error'}") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{name}: is not UTF-8") from None


def parsed(text: str, name: str) -> dict[str, Any]:
    """A TOML document. Raises `ConfigurationError` with the place of what is no TOML."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ConfigurationError(f"{name}: is nested too deeply") from None
    except (tomllib.TOMLDecodeError, ValueError) as error:
        message, _, place = str(error).rpartition(_AT)
        at = len(text.rstrip())
        numbers = [int(word) for word in place.replace(",", " ").replace(")", " ").split() if word.isdigit()]
        if len(numbers) == 2:
            at = sum(len(line) for line in text.splitlines(keepends=True)[: numbers[0] - 1]) + numbers[1] - 1
        what = (message or str(error)).strip()
        told = f"this is no TOML: {what[:1].lower()}{what[1:]}"
        raise ConfigurationError(framed(name, spot_at(text, min(at, len(text)), 1), told)) from None


def raise_all(told: Iterable[str]) -> None:
    """Raises `ConfigurationError` with all messages, if there are any."""
    messages = list(told)
    if not messages:
        return
    more = f"\n... and {len(messages) - MAX_TOLD} more" if len(messages) > MAX_TOLD else ""
    raise ConfigurationError("\n".join(messages[:MAX_TOLD]) + more)
