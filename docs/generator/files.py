"""What is taken from other files of the project: its README, the action, the examples for pipelines, the hooks."""

import re
from pathlib import Path
from typing import Any

import yaml

from docs.generator.markdown import code, fence, plain, table

ROOT = Path(__file__).resolve().parent.parent.parent


def text(path: str) -> str:
    """A file of the project."""
    return (ROOT / path).read_text(encoding="utf-8")


def readme_table(heading: str, number: int = 0) -> str:
    """One of the tables below a heading of the README. Raises `LookupError` where there is none."""
    part = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text("README.md"), re.M | re.S)
    tables = re.findall(r"(?:^\|.*\n)+", part[1], re.M) if part else []
    if len(tables) <= number:
        raise LookupError(f"README.md has no table {number} below {heading!r}")
    return str(tables[number]).strip()


def action_inputs() -> str:
    """The inputs of the GitHub action."""
    rows = [[code(name), plain(row["description"]), _default(row)] for name, row in _action()["inputs"].items()]
    return table(["Input", "What it does", "Default"], rows)


def action_outputs() -> str:
    """The outputs of the GitHub action."""
    return table(["Output", "What it holds"], [[code(name), plain(row["description"])] for name, row in _action()["outputs"].items()])


def _action() -> dict[str, Any]:
    action: dict[str, Any] = yaml.safe_load(text("action.yml"))
    return action


def _default(row: dict[str, Any]) -> str:
    value = str(row.get("default", ""))
    return code(value) if value else "empty"


def hooks() -> str:
    """The hooks for pre-commit."""
    rows = [[code(row["id"]), plain(row["description"]), code(row["entry"])] for row in yaml.safe_load(text(".pre-commit-hooks.yaml"))]
    return table(["Hook", "What it does", "What it runs"], rows)


def example(name: str) -> str:
    """A file of `examples/ci`, as it is."""
    body = text(f"examples/ci/{name}")
    where = body.partition(":")[0].removeprefix("# ")
    return fence(body, "yaml", title=where)
