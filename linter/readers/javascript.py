"""JavaScript, TypeScript, JSX and TSX: seeks from literal hits into a syntax tree and tells what is called, loaded or written there.

Rejected: whole-tree queries (minutes on hostile or generated code) and regular expressions over the text (no strings,
scopes or comments). One grammar, TSX, reads JavaScript too: over 714 real files it failed on two more than the
JavaScript grammar, and only there where it stood.
"""

from collections.abc import Iterator

from tree_sitter import Node

from linter.evidence import Library, Span
from linter.readers.js_calls import look_at_argument, look_at_key, look_at_name
from linter.readers.js_comments import look_at_comment
from linter.readers.js_imports import look_for_import
from linter.readers.js_script import NAMES, Script
from linter.readers.js_settings import SETTING_NAMES, has_defaults, look_at_defaults, look_at_setting
from linter.readers.js_texts import look_at_text
from linter.readers.js_values import Code
from linter.readers.trees import cost_at, parse
from linter.reading import Frame, Reading
from linter.text import Slice

MAX_WHOLE = 1_500_000
"""Characters; in a longer text only the parts around hits are parsed."""
_WINDOW = 30_000
MAX_WINDOWS = 40
"""Parts of a long text that are parsed."""
_TEXTS = frozenset("string string_fragment template_string escape_sequence template_literal_type jsx_text arguments array number".split())


def read(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads JavaScript, JSX or TSX."""
    _read(text, frame, reading, "tsx")


def read_typescript(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads TypeScript without JSX (angle-bracket casts). Declaration files hold types only and give nothing."""
    if not reading.source.path.endswith((".d.ts", ".d.mts", ".d.cts")):
        _read(text, frame, reading, "typescript")


def _read(text: Slice, frame: Frame, reading: Reading, grammar: str) -> None:
    hits = reading.hits(text.text)
    if not hits:
        return
    frame = frame if frame.unit else frame._replace(unit=text.span(0, len(text)))
    if frame.element in ("", "script") and frame.state == "active":
        first = text.span(*hits[0])
        block, unit, literals = frame.block or first, frame.unit or first, reading.present(text.text)
        reading.emit(Library(span=first, block=block, unit=unit, state=frame.state, via=frame.via, literals=literals))
    windows = _windows(text.text, hits)
    if len(windows) > MAX_WINDOWS:
        reading.notice(f"more than {MAX_WINDOWS} parts of a long script to look at")
    for begin, end in windows[:MAX_WINDOWS]:
        part = text if (begin, end) == (0, len(text)) else text.cut(begin, end)
        tree = parse(part.text, grammar, reading)
        if tree is not None:
            _look_around(Script(Code(part, tree, reading.effort), frame, reading))


def read_defaults(text: Slice, frame: Frame, reading: Reading) -> None:
    """Reads a component's script without hits: only for the ids that it gives its properties as defaults."""
    if len(text) > MAX_WHOLE or not has_defaults(text.text):
        return
    tree = parse(text.text, "typescript", reading)
    if tree is not None:
        frame = frame._replace(unit=text.span(0, len(text)), via=(*frame.via, "typescript"))
        look_at_defaults(Script(Code(text, tree, reading.effort), frame, reading))


def _windows(text: str, hits: list[Span]) -> list[Span]:
    """What to parse: everything, or in a very long text the lines or statements around the hits."""
    if len(text) <= MAX_WHOLE:
        return [(0, len(text))]
    windows: list[Span] = []
    for begin, end in hits:
        start = max(text.rfind("\n", 0, max(begin - _WINDOW, 0)), text.rfind(";", 0, max(begin - _WINDOW, 0))) + 1
        start = max(start, begin - 2 * _WINDOW, 0)
        stop = min(end + _WINDOW, len(text))
        if windows and start <= windows[-1][1]:
            if stop - windows[-1][0] <= MAX_WHOLE:
                windows[-1] = (windows[-1][0], stop)
                continue
            if end <= windows[-1][1]:
                continue
            start = windows[-1][1]
        windows.append((start, stop))
    return windows


HIT_COST = 300
"""What looking around any hit costs, in units of `Reading.effort`."""
MAX_NODES = 12_000
"""Places of one script that are looked at."""
MAX_REFUSED = 100
"""Hits that stood too deep in a tangle, after which no more are looked at."""
MAX_CHAIN = 8
"""Calls in one chain (`amplitude.getInstance().init()`) that are told."""


def _look_around(script: Script) -> None:
    """Looks at every hit: imports first, since they say what local names stand for."""
    nodes = [*_nodes(script)]
    for node in nodes:
        look_for_import(script, node)
    for node in nodes:
        if script.reading.at_end() or script.reading.is_spent() or not script.reading.effort(HIT_COST, "looks"):
            return
        _look(script, node)
    for node in nodes:
        if not script.reading.at_end() and (node.type in NAMES or node.type in _TEXTS or node.type in SETTING_NAMES):
            look_at_setting(script, node)
    look_at_defaults(script)


def _nodes(script: Script) -> Iterator[Node]:
    """The leaves in which hits stand, each once."""
    seen: set[tuple[int, int]] = set()
    refused = covered = 0
    for begin, end in script.reading.hits(script.code.text):
        if end <= covered or script.code.text[begin:end] == "this":  # what is called on it is a hit of its own
            continue
        if len(seen) >= MAX_NODES:
            script.reading.notice(f"more than {MAX_NODES} places to look at in one script")
            return
        if not script.reading.effort(cost_at(script.code.tree, begin), "hits"):
            refused += 1
            if refused > MAX_REFUSED:
                return
            continue
        for node in _leaves(script.code, begin, end):
            if (node.start_byte, node.end_byte) not in seen:
                seen.add((node.start_byte, node.end_byte))
                yield node
            covered = max(covered, node.end_byte if not node.named_child_count else 0)


def _leaves(code: Code, begin: int, end: int) -> list[Node]:
    """The leaves at both ends of a hit: a literal may span a name, a bracket and a string."""
    found = [node for node in (code.at(begin, begin + 1), code.at(end - 1, end)) if node is not None]
    return found[:1] if len(found) == 2 and found[0] == found[1] else found


def _look(script: Script, node: Node) -> None:
    if node.type in ("comment", "html_comment"):
        look_at_comment(script, node)
    elif node.type in NAMES:
        look_at_name(script, node)
    elif node.type in _TEXTS:
        look_at_text(script, node)
        look_at_argument(script, node)
        look_at_key(script, node)
