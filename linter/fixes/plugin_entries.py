"""Entries of plugins in the configuration of a framework: the item of a list, or the pair with its options. All of them unsafe.

A plugin may bring what other code uses (`this.$gtag`, a composable), and leaves a package behind that only a package manager takes out.

Left: rewriting configurations from their tree. Left: entries that are worked out (`isLive && {...}`): whether what is left still means
the same is not to be seen. Taken: literal items and pairs, each with its comma and lines.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tree_sitter import Node

from linter.catalog import Catalog
from linter.evidence import Import, Setting
from linter.fixes.component_comments import Speaks
from linter.fixes.component_items import item_spans
from linter.fixes.component_names import unused
from linter.fixes.component_spans import key_of
from linter.fixes.component_tree import Jsx, Trees
from linter.fixes.model import WITH_CARE, Edit, Outcome, Task
from linter.fixes.names import names_of
from linter.fixes.plugin_calls import use_statements
from linter.readers.trees import ancestors

_CONFIG = re.compile(
    r"(?:.*/)?(?:(?:gatsby|nuxt|docusaurus|astro|svelte|vite|vue|quasar|next|gridsome|saber|eleventy)[.-]config|config|theme)\.[cm]?[jt]s\Z"
)
_LISTS = frozenset("plugins modules buildmodules integrations presets themes".split())
_AT_RUN_TIME = frozenset(
    "runtimeConfig publicRuntimeConfig privateRuntimeConfig appConfig env siteMetadata customFields define public".split()
)
_REMOVERS = (
    ("package-lock.json", "npm uninstall"),
    ("yarn.lock", "yarn remove"),
    ("pnpm-lock.yaml", "pnpm remove"),
    ("bun.lock", "bun remove"),
    ("bun.lockb", "bun remove"),
)
_COMPUTED = "the entry is worked out when the site is built"
_WORD = re.compile(r"[a-z]+")
_COMMON = frozenset("tag tags manager pixel code the site meta".split())


class _Entry(NamedTuple):
    jsx: Jsx
    node: Node
    holder: Node


def fix(task: Task) -> Outcome:
    """Takes out entries of plugins and of their options. Where unsafe edits are not asked for, says that they are there."""
    wanted = [n for n, match in enumerate(task.matches) if isinstance(match.evidence, Import | Setting)]
    if not wanted:
        return Outcome()
    trees, refused = Trees(task), dict[int, str]()
    entries: list[_Entry] = []
    for number in sorted(wanted, key=lambda n: isinstance(task.matches[n].evidence, Setting)):
        found = _entry(task, trees, number, entries)
        if isinstance(found, str):
            refused |= {number: found} if found else {}
        elif all(key_of(found.node) != key_of(entry.node) for entry in entries):
            entries.append(found)
    edits = _edits(task, entries)
    edits |= {n: rows for n, rows in use_statements(task, trees, [n for n in wanted if n not in edits]).items() if n not in refused}
    if not task.unsafe:
        return Outcome(refused=refused | dict.fromkeys(edits, WITH_CARE))
    packages = dict.fromkeys(e.package for n in edits if isinstance(e := task.matches[n].evidence, Import))
    after = tuple(_uninstall(package, task.siblings) for package in packages)
    return Outcome(edits, refused, frozenset(edits), after=after)


def _uninstall(package: str, siblings: Iterable[str]) -> str:
    """The command that takes a package out, by the lock file beside the configuration."""
    command = next((command for name, command in _REMOVERS if name in siblings), "")
    return f"{command} {package}" if command else f"npm uninstall {package} (or yarn remove, pnpm remove, bun remove)"


# -- which entry


def _entry(task: Task, trees: Trees, number: int, known: Sequence[_Entry]) -> _Entry | str:
    """The entry that a match is about; why it cannot go, or "" where it is in none."""
    match = task.matches[number]
    jsx = trees.holding(match.evidence.span)
    node = jsx.at(match.evidence.span) if jsx is not None else None
    if jsx is None or node is None or not _CONFIG.match(task.source.path):
        return ""
    for outer in ancestors(node):
        own = next((entry for entry in known if key_of(entry.node) == key_of(outer)), None)
        if own is not None:
            return own
    found = _item(jsx, node) if isinstance(match.evidence, Import) else _pair(jsx, node, match.vendor, task.catalog)
    if isinstance(found, _Entry):
        return found if _is_literal(jsx, found.node) else _COMPUTED
    return found


def _item(jsx: Jsx, node: Node) -> _Entry | str:
    """The item of a list of plugins that names one at `node`."""
    below = node
    for outer in ancestors(node):
        if outer.type == "array" and below != outer:
            if _key(jsx, outer.parent).lower() in _LISTS:
                return _Entry(jsx, below, outer)
            if _is_first(below, outer) and outer.parent is not None and outer.parent.type == "array":
                below = outer
                continue
        if outer.type in ("binary_expression", "ternary_expression", "spread_element") and outer.type != "program":
            return _COMPUTED
        if outer.type in ("import_statement", "variable_declarator", "program"):
            return ""
        below = outer
    return ""


def _is_first(item: Node, array: Node) -> bool:
    first = array.named_child(0)
    return first is not None and key_of(first) == key_of(item)


def _pair(jsx: Jsx, node: Node, vendor: str, catalog: Catalog) -> _Entry | str:
    """The outermost pair around a setting whose key names the vendor."""
    found: _Entry | None = None
    words = _words(vendor, catalog)
    for outer in ancestors(node):
        if outer.type in ("variable_declarator", "import_statement", "statement_block"):
            break
        if outer.type != "pair" or outer.parent is None or outer.parent.type != "object":
            continue
        key = jsx.code.key_of(outer)
        if key in _AT_RUN_TIME:
            return f"code of the site may read it from `{key}` when it runs"
        parts = set(_WORD.findall(re.sub(r"([A-Z])", r" \1", key).lower()))
        if (parts & words or _plain(key) in words) and outer.child_by_field_name("value") is not None:
            value = outer.child_by_field_name("value")
            found = _Entry(jsx, outer, outer.parent) if value is not None and value.type == "object" else found
    return found or ""


def _words(vendor: str, catalog: Catalog) -> frozenset[str]:
    """The words by which keys name a vendor."""
    row = catalog.vendors[vendor]
    names = [row.id, row.name, *row.aliases]
    split = {word for name in names for word in _WORD.findall(name.lower())}
    whole = {_plain(name) for name in names} | {_plain(name) for name in names_of(vendor, catalog).all}
    return frozenset(word for word in split | whole if len(word) > 2 and word not in _COMMON)


def _plain(key: str) -> str:
    return "".join(_WORD.findall(key.lower()))


def _key(jsx: Jsx, node: Node | None) -> str:
    return jsx.code.key_of(node) if node is not None and node.type == "pair" else ""


def _is_literal(jsx: Jsx, node: Node) -> bool:
    """Whether an entry calls nothing while the configuration is read."""
    waiting = [node]
    for _ in range(2000):
        if not waiting:
            return True
        current = waiting.pop()
        if current.type in ("await_expression", "new_expression"):
            return False
        if current.type == "call_expression":
            function = current.child_by_field_name("function")
            if function is None or jsx.of(function) not in ("require", "require.resolve", "Boolean", "String", "Number"):
                return False
        if current.type not in ("arrow_function", "function_expression", "method_definition"):
            waiting += current.named_children
    return False


# -- what goes


def _edits(task: Task, entries: Iterable[_Entry]) -> dict[int, tuple[Edit, ...]]:
    found: dict[int, tuple[Edit, ...]] = {}
    holders = {key_of(entry.holder): entry for entry in entries}
    speaks = Speaks({match.vendor for match in task.matches}, task.catalog)
    for key, entry in holders.items():
        jsx, rows = entry.jsx, [child for child in entry.holder.named_children if child.type != "comment"]
        own = {key_of(other.node) for other in entries if key_of(other.holder) == key}
        gone = [key_of(row) in own for row in rows]
        for begin, end in item_spans(task.source.text, jsx.base, rows, gone):
            edit = Edit(_with_comment(task.source.text, begin, speaks), end)
            spare = [row.edit for row in unused(jsx, [(begin, end)], speaks)]
            for number, match in enumerate(task.matches):
                if begin <= match.evidence.span[0] and match.evidence.span[1] <= end:
                    found[number] = (edit, *spare)
    return found


_COMMENT_LINE = re.compile(r"[ \t]*//([^\n]*)\r?\n\Z")


def _with_comment(text: str, begin: int, speaks: Speaks) -> int:
    """Where the comment begins that stands alone on the line before an entry and names its vendor."""
    if begin and text[begin - 1] != "\n":
        return begin
    line = text.rfind("\n", 0, max(begin - 1, 0)) + 1
    comment = _COMMENT_LINE.match(text, line, begin)
    return line if comment is not None and speaks.of(comment[1]) else begin
