"""The grammars of tree-sitter, loaded without their packages' Python parts.

A grammar package's `__init__` imports importlib.resources for query files that are not used here: two thirds of the
time that its import takes, on every run that parses. The extension module in it is loaded by its path instead; where
that fails, the package is imported as usual.
"""

from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, PathFinder
from importlib.util import module_from_spec, spec_from_loader
from os import path
from types import ModuleType

from tree_sitter import Language

_GRAMMARS = {
    "php": ("tree_sitter_php", "language_php"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
}
"""Grammar -> (package, function that gives the language)."""


def language(grammar: str) -> Language:
    """The language of "php", "tsx" or "typescript"."""
    package, function = _GRAMMARS[grammar]
    return Language(getattr(_binding(package) or import_module(package), function)())


def _binding(package: str) -> ModuleType | None:
    found = PathFinder.find_spec(package)
    for folder in (found.submodule_search_locations if found else None) or ():
        for suffix in EXTENSION_SUFFIXES:
            file = path.join(folder, "_binding" + suffix)
            if path.isfile(file):
                loader = ExtensionFileLoader(f"{package}._binding", file)
                spec = spec_from_loader(loader.name, loader)
                if spec is None:
                    return None
                module = module_from_spec(spec)
                loader.exec_module(module)
                return module
    return None
