"""The settings of a configuration, in one table: what checks a file, explains it, and becomes the JSON Schema.

`python -m linter.configuration_settings` writes `linter/configuration.schema.json`; a test fails when it is out of date.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from linter.configuration_types import Field, ListOf, MapOf, Number, OneOf, Record, Records, Text, Type
from linter.findings import SEVERITIES
from linter.options import FAIL_ON

SCHEMA = Path(__file__).resolve().parent / "configuration.schema.json"
_RULES = ListOf(Text("rule"))

SUPPRESS = Record(
    {
        "rule": Field(Text("rule"), "Rule id or glob, or several with commas between them.", required=True),
        "reason": Field(Text(), "Why it is left out.", required=True),
        "container": Field(Text(), "Public id of a Tag Manager container, or a glob."),
        "tag": Field(Text(), "Id or name of a tag (or client, variable, template) of a container, or a glob."),
        "path": Field(Text("pattern"), "Files, as in .gitignore."),
        "until": Field(Text("date"), "The last day on which it counts."),
    },
    some_of=("container", "tag", "path"),
)
AGREEMENT = Record(
    {
        "baa": Field(Text("date"), "The day from which the business associate agreement is in force.", required=True),
        "expires": Field(Text("date"), "Its last day, or the day on which somebody looks at it again.", required=True),
        "reference": Field(Text(), "Where the signed agreement is kept: a number, a file, a person.", required=True),
    }
)
SETTINGS = Record(
    {
        "extends": Field(Text("path"), "Another configuration, whose settings hold where this file has none of its own."),
        "select": Field(_RULES, "Report only these rules: ids or globs such as meta-pixel/*."),
        "ignore": Field(_RULES, "Do not report these rules."),
        "fail-on": Field(OneOf(FAIL_ON), "The least severity that makes exit status 1. Default: warning."),
        "exclude": Field(ListOf(Text("pattern")), "Files that are not read, as in .gitignore; named files, too."),
        "per-file-ignores": Field(MapOf(Text("pattern"), _RULES), "Files, as in .gitignore, and the rules not to report in them."),
        "severity": Field(
            MapOf(Text("rule"), OneOf(SEVERITIES)),
            "The severity of findings of a rule that are not dormant; of several that fit the last one counts.",
        ),
        "max-size": Field(Text("size"), "List larger files instead of reading them. Default: 10MB."),
        "jobs": Field(Number(1, 999), "Number of processes. Default: as many as pay."),
        "baseline": Field(Text("path"), "The baseline: findings in it are not reported."),
        "pages": Field(
            MapOf(Text("pattern"), Text("kind")),
            "Pages, as in .gitignore, and of what kind they are where their words do not tell; of several that fit the last one counts.",
        ),
        "rules": Field(ListOf(Text("path")), "Leaflets of own vendors: paths or globs of TOML files."),
        "suppress": Field(Records(SUPPRESS), "Findings to leave out where no comment can be written."),
        "agreements": Field(MapOf(Text("vendor"), AGREEMENT), "Vendors with which a business associate agreement is in force."),
    }
)
"""What may stand in `pixellint.toml`, or below `[tool.pixellint]` in `pyproject.toml`."""


def schema() -> dict[str, Any]:
    """The JSON Schema of `pixellint.toml`."""
    about = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "pixellint.toml"}
    return {**about, "description": "The configuration of pixellint.", **_schema(SETTINGS)}


def _schema(kind: Type) -> dict[str, Any]:
    match kind:
        case Text(of="date"):
            return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
        case Text(of="size"):
            return {"type": "string", "pattern": "^[0-9]+ *([gGmMkK]?[bB]?)$"}
        case Text():
            return {"type": "string", "minLength": 1}
        case OneOf(words=words):
            return {"enum": list(words)}
        case Number(least=least, most=most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case ListOf(of=item):
            return {"type": "array", "items": _schema(item)}
        case Records(of=item):
            return {"type": "array", "items": _schema(item)}
        case MapOf(value=value):
            return {"type": "object", "additionalProperties": _schema(value)}
        case Record(fields=fields, some_of=some_of):
            return {**_object(fields), **({"anyOf": [{"required": [key]} for key in some_of]} if some_of else {})}


def _object(fields: Mapping[str, Field]) -> dict[str, Any]:
    required = [key for key, field in fields.items() if field.required]
    properties = {key: {"description": field.help, **_schema(field.type)} for key, field in fields.items()}
    return {"type": "object", "additionalProperties": False, "properties": properties, **({"required": required} if required else {})}


def schema_text() -> str:
    """The schema as it is committed."""
    return json.dumps(schema(), indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{SCHEMA.name} written\n")
