"""Where the names of PHP functions and the handles of scripts stand in a file, and which other files name them."""

import re
from collections.abc import Collection, Iterable, Iterator

from tree_sitter import Node

from linter.fixes.php_code import FUNCTIONS, Code, arguments, called, statement_of
from linter.fixes.php_print import ENQUEUES
from linter.readers.trees import ancestors

HOOKS = frozenset({"add_action", "remove_action"})
_ASKS = frozenset({"function_exists", "has_action", "is_callable"})
_FILES = re.compile(r".*\.(?:php\d?|phtml|inc|module|theme|install|twig|blade|tpl|latte|html?)", re.IGNORECASE)
MAX_USES = 200


def hooks_of(code: Code, function: Node) -> list[Node] | str:
    """The statements that hook a function up; or why they are not all there is of it."""
    name = function.child_by_field_name("name")
    if name is None:
        statement = statement_of(function)
        hooked = statement is not None and called(statement, code) == "add_action" and _holds(statement, function)
        return [statement] if hooked and statement is not None else "the function is not hooked up where it stands"
    found: list[Node] = []
    for use in _uses(code, code.of(name), function):
        if use.type == "comment":
            continue
        statement = _hook(code, use)
        if statement is None:
            return f"the function is used in line {use.start_point[0] + 1}"
        found += [statement] if statement.type == "expression_statement" else []
    return found if any(called(statement, code) == "add_action" for statement in found) else "the function is hooked up nowhere in the file"


def _holds(statement: Node, function: Node) -> bool:
    return any(argument == function for argument in arguments(statement))


def _uses(code: Code, name: str, function: Node) -> Iterator[Node]:
    """The nodes outside of a function in which its name stands."""
    word = re.compile(rf"(?<![\w$]){re.escape(name)}(?!\w)", re.IGNORECASE)
    for number, match in enumerate(word.finditer(code.text)):
        if function.start_byte <= match.start() < function.end_byte:
            continue
        around = code.at(match.span())
        if number > MAX_USES or not around:
            yield function
            return
        yield around[0]


def _hook(code: Code, use: Node) -> Node | None:
    """The statement that hooks up the function that a string names, or the call that only asks for it; None for any other use."""
    string = next((node for node in (use, use.parent) if node is not None and node.type in ("string", "encapsed_string")), None)
    if string is None:
        return None
    text = code.plain(string) or ""
    call = next((node for node in code.at((string.start_byte, string.end_byte)) if node.type == "function_call_expression"), None)
    name = called(call, code) if call is not None else ""
    if call is None or text.rpartition("\\")[2].lower() != code.of(use).rpartition("\\")[2].strip("'\"").lower():
        return None
    if name in _ASKS:
        return call if _wraps(call, code) else None
    statement = statement_of(string)
    if name not in HOOKS or statement is None or called(statement, code) not in HOOKS:
        return None
    return statement


def _wraps(call: Node, code: Code) -> bool:
    """Whether a call is the condition of an `if` without an alternative."""
    statement = next((node for node in ancestors(call) if node.type in ("if_statement", *FUNCTIONS)), None)
    if statement is None or statement.type != "if_statement":
        return False
    condition = statement.child_by_field_name("condition")
    asked = condition is not None and condition.start_byte <= call.start_byte and call.end_byte <= condition.end_byte
    return asked and statement.child_by_field_name("alternative") is None


def handle_of(code: Code, statement: Node) -> str:
    """The handle that a call enqueues or adds to, or ""."""
    given = arguments(statement)
    return (code.plain(given[0]) or "") if given and called(statement, code) in ENQUEUES else ""


def statements_of(code: Code, handle: str) -> list[Node] | int:
    """The statements that are about a script by its handle, or the line in which the handle stands otherwise."""
    quoted = re.compile(rf"(['\"]){re.escape(handle)}\1")
    found: dict[int, Node] = {}
    for match in quoted.finditer(code.text):
        around = code.at(match.span())
        if any(node.type == "comment" for node in around[:2]):
            continue
        statement = statement_of(around[0]) if around else None
        own = statement is not None and handle_of(code, statement) == handle and arguments(statement)[0].start_byte == match.start()
        if statement is None or not own or len(found) >= MAX_USES:
            return code.source.line_number(match.start())
        found[statement.start_byte] = statement
    return list(found.values())


def mentions(files: Iterable[tuple[str, str]], names: Collection[str], own: str) -> list[str]:
    """The paths of files other than `own` that name one of `names`: functions as words, handles (with quotes) as strings."""
    if not names:
        return []
    forms = [rf"['\"]{re.escape(name[1:-1])}['\"]" if name[:1] == "'" else rf"(?<![\w$]){re.escape(name)}(?!\w)" for name in sorted(names)]
    word = re.compile("|".join(forms), re.IGNORECASE)
    return [path for path, text in files if path != own and _FILES.fullmatch(path) and word.search(text)]


def function_around(code: Code, span: tuple[int, int]) -> Node | None:
    """The innermost function, named or not, that a place stands in; methods are none."""
    for node in code.at(span):
        if node.type in FUNCTIONS:
            return node
        if node.type == "method_declaration":
            return None
    return None
