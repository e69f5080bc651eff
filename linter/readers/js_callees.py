"""What a function does with a string that it is given, told by the function's name."""

import re

from tree_sitter import Node

from linter.readers.js_names import Names
from linter.readers.js_roles import MENTION, Use, role_of_object
from linter.readers.js_values import Code

MAX_NAME = 80
"""Characters at the end of a callee's path by which it is told what it does."""


def _last(words: str) -> re.Pattern[str]:
    """A pattern for paths whose last part is one of `words`, which may be patterns themselves."""
    return re.compile(rf"(?:^|\.)(?:{'|'.join(words.split())})\Z")


_MENTION = _last(
    "includes indexOf lastIndexOf startsWith endsWith match matchAll test search has is querySelector(?:All)? matches closest "
    "getElementById log info warn error debug trace assert group time Error TypeError RegExp it describe expect toBe toEqual "
    "toContain toMatch equal strictEqual deepEqual exec split replace replaceAll createElement __ t i18n gettext waitForResponse "
    "waitForRequest route intercept"
)
_FETCHES = _last("fetch sendBeacon axios ajax get post put request open send got ky superagent needle \\$fetch ofetch httpGet httpPost")
_SCRIPTS = _last(
    r"importScripts getScript \w*(?:load|add|inject|insert|append|create|import|lazy)\w*(?:Script|Js|JS|js)\w* \w*[sS]cript\w* "
    "Worker SharedWorker register require requirejs import"
)
_WRITES = _last(
    "write writeln html append prepend before after appendTo prependTo insertAdjacentHTML createContextualFragment parseHTML "
    "\\$ jQuery raw safeHtml"
)
_RUNS = _last("eval Function setTimeout setInterval execScript globalEval createTextNode runInThisContext inline addInlineScript")
_IMAGES = _last(r"Image \w*[pP]ixel\w* \w*[bB]eacon\w*")


def use_in_call(node: Node, arguments: Node, code: Code, names: Names) -> Use:
    """What is done with `node`, one of the `arguments` of a call."""
    call = arguments.parent
    if call is None:
        return MENTION
    callee = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    name = (names.path(callee) or "") if callee is not None else ""
    name = name[-MAX_NAME:]
    if not name and callee is not None and callee.type in ("member_expression", "subscript_expression"):
        last = callee.child_by_field_name("property")
        name = "." + code.of(last) if last is not None else ""
    if callee is not None and callee.type == "import":
        return Use("script")
    if name.startswith("console.") or (_MENTION.search(name) and not name.endswith(("$.get", "$.post"))):
        return MENTION
    if _RUNS.search(name):
        return Use("code", runs=True)
    if _WRITES.search(name):
        return Use("code", runs=True, writes=True)
    if _SCRIPTS.search(name):
        return Use("script", runs=True, writes=True)
    if name.endswith("setAttribute") and callee is not None:
        return _set_attribute(node, arguments, callee, code)
    if _FETCHES.search(name):
        return Use("request")
    if _IMAGES.search(name):
        return Use("image")
    return Use("code", runs=True, writes=True)


def _set_attribute(node: Node, arguments: Node, callee: Node, code: Code) -> Use:
    first = arguments.named_children[0]
    if first == node or code.of(first).strip("'\"`") not in ("src", "href", "data-src", "srcdoc", "action"):
        return MENTION
    this = callee.child_by_field_name("object")
    return Use(role_of_object(this, code), writes=True)
