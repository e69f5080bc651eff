"""All that is generated: whole pages by their path, and parts that pages name in a comment (`<!-- part: settings -->`)."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from docs.generator import commands, files, kinds, settings, vendors
from linter.catalog import load_shipped
from linter.configuration_settings import schema_text
from linter.kinds import KINDS
from linter.leaflets import load_leaflets

PART = re.compile(r"^<!-- part: ([\w .-]+) -->$", re.M)
EXAMPLES = ("github-action.yml", "github-plain.yml", "gitlab-ci.yml", "bitbucket-pipelines.yml", "azure-pipelines.yml")


@cache
def leaflets() -> list[vendors.Leaflet]:
    """All leaflets, by vendor id."""
    return load_leaflets()


def pages() -> dict[str, str]:
    """The generated files of the site: path below `docs/` -> text."""
    catalog = load_shipped()
    told = {"vendors/index.md": vendors.index(catalog, leaflets()), "kinds/index.md": kinds.index(catalog)}
    told |= {f"vendors/{leaflet['id']}.md": vendors.vendor_page(catalog, leaflet) for leaflet in leaflets()}
    told |= {f"kinds/{kind}.md": kinds.kind_page(catalog, leaflets(), kind) for kind in KINDS}
    return told | {"configuration.schema.json": schema_text()}


def navigation() -> dict[str, list[str]]:
    """The generated pages in the order of the menu: section -> paths."""
    by_name = sorted(leaflets(), key=lambda leaflet: leaflet["name"].lower())
    return {
        "Vendors": ["vendors/index.md", *(f"vendors/{leaflet['id']}.md" for leaflet in by_name)],
        "Kinds": ["kinds/index.md", *(f"kinds/{kind}.md" for kind in KINDS)],
    }


PARTS: Mapping[str, Callable[[], str]] = {
    "settings": settings.reference,
    "page kinds": settings.page_kinds,
    "commands": commands.reference,
    "action inputs": files.action_inputs,
    "action outputs": files.action_outputs,
    "hooks": files.hooks,
    "agreements": lambda: vendors.statements(leaflets()),
    "number of vendors": lambda: str(len(leaflets())),
    "exit statuses": lambda: files.readme_table("Use", 1),
    "formats": lambda: files.readme_table("Outputs"),
    "json document": lambda: files.readme_table("The JSON document"),
    "what it reads": lambda: files.readme_table("What it reads"),
}


def filled(markdown: str) -> str:
    """A page with its parts put in. Raises `KeyError` or `LookupError` for a part that there is not."""
    return PART.sub(lambda match: _part(match[1]), markdown)


def _part(name: str) -> str:
    kind, _, rest = name.partition(" ")
    return files.example(rest) if kind == "example" else PARTS[name]()
