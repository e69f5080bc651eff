"""Several reports of one run: which module prints which format, and files that are written as a whole or not at all."""

import os
import stat
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from linter.commands import Context, complain, stdin_path, wants_color, write
from linter.discovery import Found
from linter.files import read_file
from linter.findings import Result
from linter.options import CheckOptions
from linter.reports import valid_text

if TYPE_CHECKING:
    from linter.reports.units import Texts, Unit


class Scene(NamedTuple):
    """What reports are handed beside the result.

    `cwd` (absolute) is where paths start; files larger than `max_bytes` are not read again. `stdin` are the bytes that were checked
    as `stdin_path`, if that is not "". `hidden`: findings that the person's selection left out. `color` and `verbose` are of text.
    `blobs`: the bytes of files that were not read from the disk, by path.
    """

    cwd: str
    max_bytes: int
    stdin_path: str = ""
    stdin: bytes = b""
    hidden: int = 0
    color: bool = False
    verbose: bool = False
    blobs: Mapping[str, bytes] = {}


def report(
    result: Result, options: CheckOptions, context: Context, hidden: int, stdin: bytes, blobs: Mapping[str, bytes] | None = None
) -> bool:
    """Writes and prints the reports that were asked for, the files first; tells what cannot be written, and gives whether all went well."""
    scene = Scene(
        context.cwd, options.max_bytes, stdin_path(options, context.cwd), stdin, hidden, options.color == "always", options.verbose
    )._replace(blobs=blobs or {})
    problems = []
    for format, file in options.outputs:
        problems.append((file, write_file(os.path.join(context.cwd, file), render(format, result, scene))))
    summary = context.env.get("GITHUB_STEP_SUMMARY", "")
    if summary and "github" in (options.format, *(format for format, _ in options.outputs)):
        problems.append((summary, append_summary(summary, result, hidden)))
    write(context.stdout, render(options.format, result, scene._replace(color=wants_color(options.color, context))))
    told = [f"{file}: the report cannot be written: {problem}" for file, problem in problems if problem]
    for line in told:
        complain(context.stderr, line)
    return not told


def render(format: str, result: Result, scene: Scene) -> str:
    """The report in one of the formats."""
    return _RENDER[format](result, scene)


def _text(result: Result, scene: Scene) -> str:
    from linter.reports import text

    return text.render(result, text.COLORED if scene.color else text.PLAIN, scene.verbose, scene.hidden)


def _json(result: Result, scene: Scene) -> str:
    from linter.reports import document

    return document.render(result)


def _sarif(result: Result, scene: Scene) -> str:
    from linter.reports import sarif

    return sarif.render(result, _texts(scene, "utf-16"), base_of(scene.cwd))


def _github(result: Result, scene: Scene) -> str:
    from linter.reports import github

    return github.render(result, base_of(scene.cwd), scene.hidden)


def _gitlab(result: Result, scene: Scene) -> str:
    from linter.reports import gitlab

    return gitlab.render(result, base_of(scene.cwd))


def _junit(result: Result, scene: Scene) -> str:
    from linter.reports import junit

    return junit.render(result)


def _rdjson(result: Result, scene: Scene) -> str:
    from linter.reports import rdjson

    return rdjson.render(result, _texts(scene, "utf-8"))


def _markdown(result: Result, scene: Scene) -> str:
    from linter.reports import markdown

    return markdown.render(result, hidden=scene.hidden)


def _html(result: Result, scene: Scene) -> str:
    from linter.reports import html

    return html.render(result, scene.hidden)


_RENDER: dict[str, Callable[[Result, Scene], str]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _junit,
    "rdjson": _rdjson,
    "markdown": _markdown,
    "html": _html,
}


def _texts(scene: Scene, unit: "Unit") -> "Texts":
    from linter.reports.units import Texts

    return Texts(lambda path: read_again(path, scene), unit)


def read_again(path: str, scene: Scene) -> bytes | None:
    """The bytes of a file with findings; None where it is not to be had whole (gone, a member of an archive, too large)."""
    if scene.stdin_path and path == scene.stdin_path:
        return scene.stdin
    if path in scene.blobs:
        return scene.blobs[path]
    data = read_file(Found(path, os.path.join(scene.cwd, path), 0, False), scene.max_bytes)
    return data if isinstance(data, bytes) else None


def base_of(cwd: str) -> str:
    """Where `cwd` is from the folder of its repository (the nearest one with a `.git`), POSIX; "" for that itself, or without one."""
    folder = cwd
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return ""
        folder = parent
    return os.path.relpath(cwd, folder).replace(os.sep, "/") if folder != cwd else ""


def write_file(path: str, text: str) -> str:
    """Writes a report, as a whole or not at all; gives what went wrong, or "".

    A file is replaced in one step, and keeps its permissions. So is a symbolic link: it may have come with the repository and lead
    anywhere. What is no regular file (a pipe, /dev/null) is written to.
    """
    data = valid_text(text).encode("utf-8")
    try:
        mode = _mode(path)
        if _is_device(path, mode):
            with open(path, "wb") as file:
                file.write(data)
        else:
            _replace(path, data, mode)
    except (OSError, ValueError) as error:
        return _problem(error)
    return ""


def append_summary(path: str, result: Result, hidden: int = 0) -> str:
    """Adds the report to a job summary of GitHub Actions; gives what went wrong, or ""."""
    from linter.reports.github import step_summary

    try:
        with open(path, "ab") as file:
            file.write(valid_text(step_summary(result, file.tell(), hidden)).encode("utf-8"))
    except (OSError, ValueError) as error:
        return _problem(error)
    return ""


def _problem(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _is_device(path: str, mode: int | None) -> bool:
    """Whether a path leads to no regular file; /dev/stdout may lead to one, and must stay."""
    return os.path.abspath(path).startswith(("/dev/", "/proc/")) or (mode is not None and not stat.S_ISREG(mode))


def _mode(path: str) -> int | None:
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def _replace(target: str, data: bytes, mode: int | None) -> None:
    beside = f"{target}.{os.getpid()}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(beside, flags, 0o666)
    try:
        with open(handle, "wb") as file:
            file.write(data)
        if mode is not None:
            os.chmod(beside, stat.S_IMODE(mode))
        os.replace(beside, target)
    except BaseException:
        os.unlink(beside)
        raise
