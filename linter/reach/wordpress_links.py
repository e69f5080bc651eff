"""What one PHP file of a WordPress theme or plugin pulls in, and under which hooks and conditions."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter.reach.model import Link
from linter.reach.php_blocks import around, blocks_of
from linter.reach.php_file import Settings
from linter.reach.php_files import Files
from linter.reach.php_links import address_of
from linter.reach.php_markup import php_markup_links
from linter.reach.php_paths import Paths
from linter.reach.php_scan import Scan
from linter.reach.php_text import Php, php_of
from linter.reach.site import Site
from linter.reach.wordpress_calls import Calls, Pull
from linter.reach.wordpress_hooks import Hooks, conditions_of, is_admin_hook, only_admin
from linter.reach.wordpress_theme import Theme, known_in

_CONDITION = re.compile(r"\bis_\w+\s*+\(")
_HEAD = re.compile(r"^\s*+(?:else\s*+)?if\s*+\(|\)\s*+\Z", re.IGNORECASE)


class Conditional(NamedTuple):
    """A link, and the conditional tags under which it is one: each with the texts it is given. No tags: it always is."""

    link: Link
    tests: tuple[tuple[str, tuple[str, ...]], ...] = ()


class FileLinks:
    """Reads the links of PHP files. `scan` knows the files of themes; those of plugins are read when asked for."""

    def __init__(self, site: Site, scan: Scan) -> None:
        self._site = site
        self._scan = scan
        self._files: Files = scan.files
        self._hooks: dict[str, Hooks] = {}

    def hooks(self, path: str) -> Hooks:
        """The hooks that a file uses."""
        if path not in self._hooks:
            text = self._site.text(path)
            self._hooks[path] = Hooks(php_of(text).code if "add_" in text else "")
        return self._hooks[path]

    def of(self, path: str, text: str, theme: Theme | None) -> Iterator[Conditional]:
        """The links of a file, those apart that hold in the administration only."""
        php = php_of(text)
        paths = Paths(path, Settings(php, {}), known_in(theme))
        pulls = [*self._included(path, php, theme), *Calls(php, paths, self._files, theme, path).pulls()]
        yield from self._settled(pulls, php, path)
        for link in php_markup_links(text, path, self._site, lambda expression: address_of(paths, expression)):
            yield Conditional(link)

    def _included(self, path: str, php: Php, theme: Theme | None) -> Iterator[Pull]:
        file = self._scan.facts.get(path) or self._scan.parser.parse(php, path)
        called = [include for include, _ in self._scan.called.get(path, ())]
        for include in (*file.always, *file.chosen, *called, *self._scan.assigned.get(path, ())):
            yield Pull(include.target, "include", include.offset)

    def _settled(self, pulls: Sequence[Pull], php: Php, path: str) -> Iterator[Conditional]:
        if not pulls:
            return
        blocks = blocks_of(php.code)
        hooks = self.hooks(path)
        for pull in pulls:
            heads = around(blocks, pull.offset)
            under = hooks.around(blocks, pull.offset)
            if only_admin(heads) or (under and all(is_admin_hook(name) for name in under)) or self._is_for_admin(pull):
                continue
            tests = tuple((name, tuple(texts)) for name, texts in conditions_of(heads))
            conditions = [_HEAD.sub("", head).strip() for head in heads if _CONDITION.search(head) and not head.startswith("function")]
            notes = [
                pull.note,
                *(f"hook {name}" for name in sorted(under)[:1]),
                *(f"if {' '.join(text.split())}"[:90] for text in conditions),
            ]
            note = ", ".join(filter(None, notes))
            yield Conditional(Link(pull.target, pull.how, php.line(pull.offset), note=note), tests)

    def _is_for_admin(self, pull: Pull) -> bool:
        return pull.how == "include" and pull.target.endswith(".php") and self.hooks(pull.target).admin_only
