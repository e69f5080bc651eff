"""Own vendors: leaflets that a configuration names (`rules = ["tracking/*.toml"]`), compiled in memory and put beside the catalog's.

They are data in the form of `rules/*.toml`, read as TOML and checked as those are; nothing in them is run.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from glob import glob
from typing import Any

from linter.catalog import Catalog, load_shipped, own_leaflets, use_own_leaflets
from linter.configuration_find import repository_of
from linter.configuration_layers import ConfigurationError, Layer, framed, parsed, raise_all, read_text
from linter.configuration_toml import Trail, spot, statements
from linter.configuration_types import Problem
from linter.discovery import display_path
from linter.leaflets import Leaflet, compile_index, problems

MAX_FILES = 500


def load_own(layers: Sequence[Layer]) -> frozenset[str]:
    """Puts the own vendors of a configuration into the catalog; gives their files. Raises `ConfigurationError`."""
    files: dict[str, Layer] = {}
    for layer in layers:
        for word in layer.values.get("rules", ()):
            for file in _files(layer, word):
                files.setdefault(file, layer)
    if len(files) > MAX_FILES:
        raise ConfigurationError(f"{layers[0].name}: rules: more than {MAX_FILES} files")
    add([read_leaflet(file, _name(file, layer)) for file, layer in sorted(files.items())])
    return frozenset(files)


def add(leaflets: Iterable[Leaflet]) -> None:
    """Puts leaflets beside those that were added before."""
    known = {row["id"]: row for row in own_leaflets()}
    for leaflet in leaflets:
        if known.setdefault(leaflet["id"], leaflet) != leaflet:
            raise ConfigurationError(f"two leaflets of own vendors have the id {leaflet['id']!r}")
    use_own_leaflets(list(known.values()))


def _files(layer: Layer, word: str) -> list[str]:
    def problem(message: str) -> ConfigurationError:
        return ConfigurationError(layer.told(Problem(("rules",), message, word)))

    top = repository_of(layer.folder) or layer.folder
    found = sorted(os.path.realpath(path) for path in glob(os.path.join(layer.folder, word)) if os.path.isfile(path))
    if not found:
        raise problem(f"rules: there is no file {word!r}")
    outside = next((path for path in found if not path.startswith(top.rstrip(os.sep) + os.sep)), None)
    if outside is not None or os.path.isabs(word):
        raise problem(f"rules: {word!r} lies outside of the repository")
    wrong = next((path for path in found if not path.endswith(".toml")), None)
    if wrong is not None:
        raise problem(f"rules: {os.path.basename(wrong)!r} is no leaflet (a .toml file)")
    return found


def _name(file: str, layer: Layer) -> str:
    """A leaflet's name in messages: beside the name of the configuration."""
    inner = os.path.relpath(file, layer.folder).replace(os.sep, "/")
    return display_path(os.path.join(os.path.dirname(layer.name), inner), "/nowhere")


def read_leaflet(file: str, name: str) -> Leaflet:
    """A leaflet, in which nothing is wrong. Raises `ConfigurationError`."""
    text = read_text(file, name)
    leaflet = parsed(text, name)
    known = statements(text)
    stem = os.path.basename(file)[: -len(".toml")]
    raise_all(framed(name, spot(text, known, trail), message) for trail, message in _wrong(leaflet, stem))
    return leaflet


def _wrong(leaflet: dict[str, Any], stem: str) -> Iterator[tuple[Trail, str]]:
    """What is wrong with an own leaflet: the key that it is about, and what."""
    try:
        found = problems(leaflet, stem)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        found = [f"a value has not the form that CONTRIBUTING.md describes ({type(error).__name__}: {error})"]
    for message in found:
        table = message.startswith("[[")
        yield (message.split()[0].split(".")[0].strip("[]"), *((0,) if table else ())), message
    if found:
        return
    shipped = load_shipped()
    taken = {name for vendor in shipped.vendors.values() for name in (vendor.id, *vendor.aliases)}
    for name in (leaflet["id"], *leaflet.get("aliases", ())):
        if name in taken or name == "pixellint":
            yield ("id",), f"{name!r} is a vendor of the catalog already; an own one needs another id"
    try:
        Catalog(compile_index([leaflet]))
    except (TypeError, KeyError, AttributeError, ValueError, IndexError) as error:
        yield (), f"a signature has not the form that CONTRIBUTING.md describes ({type(error).__name__}: {error})"
