"""The reference of the configuration, made from the same table as its JSON Schema."""

from collections.abc import Mapping

from docs.generator.markdown import code, link, plain, table
from linter.configuration_settings import AGREEMENT, SETTINGS, SUPPRESS
from linter.configuration_types import Field, ListOf, MapOf, Number, OneOf, Record, Records, Text, Type
from linter.page_kinds import load_page_kinds

TEXTS = {
    "text": "text", "rule": "rule or glob", "vendor": "vendor", "pattern": "pattern of files", "path": "path", "date": "date",
    "size": "size", "kind": "kind of page",
}  # fmt: skip


def reference() -> str:
    """All settings, and those of the tables inside."""
    parts = [
        _table(SETTINGS.fields),
        "### `[[suppress]]` { #suppress-reference }",
        f"Beside `rule` and `reason`, at least one of {', '.join(code(key) for key in SUPPRESS.some_of)} is needed.",
        _table(SUPPRESS.fields),
        "### `[agreements.VENDOR]` { #agreements-reference }",
        _table(AGREEMENT.fields),
    ]
    return "\n\n".join(parts)


def _table(fields: Mapping[str, Field]) -> str:
    rows = [[code(key), _type(field.type), "yes" if field.required else "", plain(field.help)] for key, field in fields.items()]
    required = any(field.required for field in fields.values())
    if required:
        return table(["Key", "Value", "Needed", "What it does"], rows)
    return table(["Key", "Value", "What it does"], [[row[0], row[1], row[3]] for row in rows])


def _type(kind: Type) -> str:
    match kind:
        case Text(of=of):
            return TEXTS[of]
        case OneOf(words=words):
            return " or ".join(code(f'"{word}"') for word in words)
        case Number(least=least, most=most):
            return f"number, {least} to {most}"
        case ListOf(of=item):
            return f"list of: {_type(item)}"
        case MapOf(key=key, value=value):
            return f"table: {_type(key)} = {_type(value)}"
        case Records():
            return f"tables, {link('see below', '#suppress-reference')}"
        case Record():
            return link("see below", "#agreements-reference")


def page_kinds() -> str:
    """The kinds of pages, with their names."""
    rows = [[code(kind.id), plain(kind.name), "yes" if kind.sensitive else ""] for kind in load_page_kinds()]
    return table(["Kind", "Which pages", "Sensitive"], rows)
