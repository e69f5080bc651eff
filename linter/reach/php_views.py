"""Which templates the PHP code of a framework shows: by its classes and functions."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from typing import NamedTuple

# Each alternative begins with a letter of its own, and looks back only then: the search skips over everything else.
_TOKEN = re.compile(
    r"c(?<![\w$]c)lass\s++(?P<class>\w++)|f(?<![\w$]f)unction\s++&?(?P<function>\w++)\s*+\("
    r"|(?P<show>v(?<![\w$]v)iew\s*+\(\s*+\)\s*+->\s*+make\s*+\(|v(?<![:>$\w]v)iew\s*+\(|i(?<![:>$\w]i)nertia\s*+\("
    r"|V(?<!\wV)iew(?:Factory)?::(?:make|first)\s*+\(|I(?<!\wI)nertia::render\s*+\("
    r"|->(?:render|renderForm|renderResponse|renderView|renderBlock|view|make|fetch|display)\s*+\()"
)
_MENTION = re.compile(
    r"c(?<![\w$]c)lass\s++(?P<class>\w++)|f(?<![\w$]f)unction\s++&?(?P<function>\w++)\s*+\("
    r"|'(?P<mention>[A-Za-z][\w-]*+(?:[./][\w-]++)++)'"
)
_NO_VIEW = re.compile(
    r"(?:route|trans|trans_choice|__|config|lang|redirect|to|url|asset|session|with|error|info|validate|can|authorize|env)\s*+\(\s*+\Z|=>\s*+\Z"
)
_WORDS = ("view", "View", "render", "nertia", "Template", "response(", "make(", "fetch(", "display(")
_NAME = re.compile(
    r"\s*+(?:\$\w++\s*+,\s*+|\[\s*+|template:\s*+|view:\s*+)?(?:'(?P<single>[^'\n]{1,200})'|\"(?P<double>[^\"\n]{1,200})\")\s*+(?P<more>[.]?)"
)
_VARIABLE = re.compile(r"\s*+\$(?!this)")


class View(NamedTuple):
    """A template that code shows at an offset. `open`: the name goes on with what is not known."""

    name: str
    offset: int
    open: bool


class Views:
    """The templates that the classes of a site show. `open`: names that go on with what is not known, by the file that has them."""

    def __init__(self) -> None:
        self._shown: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._mentioned: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._named: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.open: dict[str, str] = {}
        self.dynamic = False

    def read(self, code: str, path: str) -> None:
        """Takes in the templates that the code of a file shows."""
        if not any(word in code for word in _WORDS):
            return
        shown = len(self._shown)
        name = function = ""
        for match in _TOKEN.finditer(code):
            if match["class"]:
                name, function = match["class"], ""
            elif match["function"]:
                function = match["function"]
            elif view := _view(code, match):
                if view.open:
                    self.open.setdefault(view.name, path)
                else:
                    self.show(name, function, view.name, path)
            elif _VARIABLE.match(code, match.end()):
                self.dynamic = True
        if len(self._shown) == shown or "response()->" in code:
            self._mentions(code)

    def _mentions(self, code: str) -> None:
        """Takes in the dotted names in a file that shows templates by calls that are not known."""
        name = function = ""
        for match in _MENTION.finditer(code):
            if match["class"]:
                name, function = match["class"], ""
            elif match["function"]:
                function = match["function"]
            elif not _NO_VIEW.search(code[max(match.start() - 40, 0) : match.start()]):
                self._mentioned[name, function].append(match["mention"])

    def show(self, name: str, function: str, template: str, path: str) -> None:
        """A function of a class shows a template."""
        self._shown[name, function].append(template)
        self._named[template].append((name, path))

    def named(self, routed: Container[str] = ()) -> Iterator[tuple[str, str]]:
        """The templates that code names, with the file that does, but for what classes show that `routed` has."""
        for template, rows in self._named.items():
            paths = [path for name, path in rows if name not in routed]
            if paths:
                yield template, paths[0]

    def shown_by(self, name: str, function: str) -> list[str]:
        """What a function of a class shows; without a function, what its page is made by.

        Where it shows nothing by a call that is known: the dotted names in it, which may be templates.
        """
        names = [function] if function else ["__invoke", "render", "index"]
        shown = next((found for each in names if (found := self._shown.get((name, each)))), [])
        return shown or [text for each in names for text in self._mentioned.get((name, each), ())]

    def functions_of(self, name: str) -> list[str]:
        """The functions of a class that may show something."""
        return list(dict.fromkeys(function for each, function in (*self._shown, *self._mentioned) if each == name))


def views_in(code: str) -> Iterator[View]:
    """The templates that a piece of code shows."""
    for match in _TOKEN.finditer(code):
        if match["show"] and (view := _view(code, match)):
            yield view


def _view(code: str, call: re.Match[str]) -> View | None:
    given = _NAME.match(code, call.end())
    if given is None:
        return None
    name = given["single"] or given["double"]
    partial = bool(given["more"]) or (given["double"] is not None and "$" in name)
    return View(name.partition("$")[0].rstrip("{") if partial else name, call.start(), partial)
