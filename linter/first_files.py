"""`pixellint init`: a first configuration, a hook and a workflow. Each file is shown before it is written, and none is overwritten."""

import os
from typing import NamedTuple

from linter import __version__
from linter.commands import CLEAN, FAILED, Context, complain, write
from linter.configuration_find import OWN_FILE, nearest

MAX_BYTES = 1_000_000
HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/pixellint.yml"


class File(NamedTuple):
    """A file to write: its path from the current folder, what it is for, and its text."""

    path: str
    purpose: str
    text: str


CONFIGURATION = """\
# What pixellint checks in this repository. `pixellint config` shows what is in force, and why.
fail-on = "warning" # error, warning, note or never
exclude = [] # such as ["legacy/", "*.min.js"]
"""
HOOK = """\
  - repo: local
    hooks:
      - id: pixellint
        name: pixellint (tracking pixels)
        entry: pixellint check
        language: python
        additional_dependencies: ["REQUIREMENT"]
        types: [text]
"""
ACTION = """\
name: Tracking pixels

on:
  push:
  pull_request:

permissions:
  contents: read

jobs:
  pixellint:
    name: pixellint
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false
      - run: python3 -m venv "$RUNNER_TEMP/pixellint"
      - run: '"$RUNNER_TEMP/pixellint/bin/pip" install --quiet "REQUIREMENT"'
      - run: '"$RUNNER_TEMP/pixellint/bin/pixellint" check --format github'
"""


def files(requirement: str) -> tuple[File, ...]:
    """What is written, in this order. `requirement` is what pip is asked for."""
    return (
        File(OWN_FILE, "the configuration", CONFIGURATION),
        File(HOOKS, "the hook for pre-commit", "repos:\n" + HOOK.replace("REQUIREMENT", requirement)),
        File(WORKFLOW, "the workflow for GitHub Actions", ACTION.replace("REQUIREMENT", requirement)),
    )


def requirement_of(origin: str | None) -> tuple[str, str]:
    """What pip is to be asked for, and what to tell the person. `origin` is the `direct_url.json` of the installed program, if it has one.

    The file is specified by PyPA's "Recording the Direct URL Origin of installed distributions" (read 2026-11-23).
    """
    import json

    try:
        said = json.loads(origin or "{}")
        commit = said.get("vcs_info", {}).get("commit_id")
        if commit and said["vcs_info"].get("vcs") == "git":
            return f"pixellint @ git+{said['url']}@{commit}", ""
        if said.get("dir_info", {}).get("editable"):
            said = {}
    except (ValueError, KeyError, AttributeError):
        said = {}
    index = f"pixellint=={__version__}"
    if not said:
        return index, ""
    return index, f"this pixellint was not installed from the package index; where that has no {index}, write what you install instead"


def _origin() -> str | None:
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        return distribution("pixellint").read_text("direct_url.json")
    except (PackageNotFoundError, OSError):
        return None


def init(yes: bool, context: Context) -> int:
    """Shows each file that is not there, and writes it if the person agrees (or `yes`)."""
    failed = False
    requirement, notice = requirement_of(_origin())
    if notice:
        complain(context.stderr, notice)
    for file in files(requirement):
        there = _there(file, context.cwd)
        if there:
            write(context.stdout, f"{file.path}: {there}\n")
            continue
        write(context.stdout, f"{file.path}: {file.purpose}\n\n{_indented(file.text)}\n")
        if not yes and not _agreed(f"Write {file.path}? [y/N] ", context):
            write(context.stdout, f"{file.path}: not written\n\n")
            continue
        problem = _write_new(os.path.join(context.cwd, file.path), file.text)
        if problem:
            complain(context.stderr, f"{file.path}: cannot be written: {problem}")
        else:
            write(context.stdout, f"{file.path}: written\n\n")
        failed = failed or bool(problem)
    return FAILED if failed else CLEAN


def _there(file: File, cwd: str) -> str:
    """Why a file need not, or must not, be written; "" where it is to be."""
    if file.path == OWN_FILE:
        present = nearest(os.path.realpath(cwd), "")
        return f"not needed, {os.path.relpath(present, os.path.realpath(cwd)).replace(os.sep, '/')} is there" if present else ""
    path = os.path.join(cwd, file.path)
    if not os.path.lexists(path):
        return ""
    if file.path == HOOKS and b"pixellint" not in _read(path):
        return f"is there and left as it is; add this to its repos:\n\n{_indented(file.text.partition(chr(10))[2])}"
    return "is there already"


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES)
    except OSError:
        return b""


def _indented(text: str) -> str:
    return "".join(f"    {line}" for line in text.splitlines(keepends=True))


def _agreed(question: str, context: Context) -> bool:
    write(context.stdout, question)
    answer = context.stdin.readline()
    if not answer.endswith("\n"):
        write(context.stdout, "\n")
    return answer.strip().lower() in ("y", "yes")


def _write_new(path: str, text: str) -> str:
    """Writes a file that is not there; gives what went wrong, or ""."""
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        return error.strerror or "unknown error"
    return ""
