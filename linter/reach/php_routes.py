"""Routes of PHP frameworks: which address shows which template."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.reach.php_text import php_of
from linter.reach.php_views import Views, views_in
from linter.reach.site import Site

_VERB = re.compile(
    r"(?:\bRoute(?:Facade)?::|\bVolt::|\$(?:app|router?|routes|group|r|api|slim|this->router)\s?->|\)\s*+->)(?P<verb>get|post|any|match|map|view|inertia|resource|livewire|fallback|route|controller)\s*+\(",
    re.IGNORECASE,
)
_MAKES = re.compile(r"\bRoute(?:Facade)?::|\bVolt::|\$(?:app|router?|routes|group|r|api|slim|this->router)\s?->", re.IGNORECASE)
_ACTION = re.compile(
    r"\[\s*+\\?(?P<class>[\w\\]++)::class\s*+,\s*+['\"](?P<function>\w++)['\"]|['\"]\\?(?P<at>[\w\\]++)(?:(?:@|::?)(?P<named>\w++))?+['\"]"
    r"|(?<![\w\\])\\?(?P<alone>[A-Z][\w\\]*+)::class"
)
_ADDRESS = re.compile(r"\s*+(?:\[[^\]]{0,100}\]\s*+,\s*+)?(?:uri:\s*+)?(?:'([^'\n]{0,200})'|\"([^\"\n]{0,200})\")\s*+,?")
_LITERAL = re.compile(r"\s*+(?:'([^'\n]{1,200})'|\"([^\"\n]{1,200})\")")
_PREFIX = re.compile(
    r"(?:(?:\bprefix\s*+\(\s*+|['\"]prefix['\"]\s*+=>\s*+|->group\s*+\(\s*+)['\"](?P<prefix>[\w/{}:.-]{0,100})['\"]"
    r"|\bcontroller\s*+\(\s*+\\?(?P<controller>[\w\\]++)::class)(?P<rest>[^;{]{0,300}?)\b(?:function|fn)\b[^{;]{0,200}\{"
)
_CONTROLLER = re.compile(r"\bcontroller\s*+\(\s*+\\?([\w\\]++)::class")
_BRACKET = re.compile(r"'(?:[^'\\]|\\.)*+'|\"(?:[^\"\\]|\\.)*+\"|[{}()]", re.DOTALL)
_DECLARED = re.compile(
    r"[#@](?:(?<=#)\[)?(?:\w++\\)*+(?P<mark>Route|Template)\s*+\((?P<given>[^\])]{0,400}+)|c(?<![\w$]c)lass\s++(?P<class>\w++)"
    r"|f(?<![\w$]f)unction\s++&?(?P<function>\w++)\s*+\("
)
_TEXT = re.compile(r"'([^'\n]{0,200})'|\"([^\"\n]{0,200})\"")
_YAML = re.compile(r"^[ \t]+(path|template|controller|_controller)\s*+:\s*+['\"]?([^'\"\n#]{1,200})|^(\S[^:\n]{0,80}):", re.MULTILINE)
_HUMP = re.compile(r"([A-Z])")
_RESOURCE = {"index": "", "create": "/create", "show": "/{id}", "edit": "/{id}/edit"}
_WORDS = ("Route", "view", "View", "render", "nertia", "Template", "->get(", "->map(")
MAX_CALL = 2500
"""Characters of a call that sets a route."""
MAX_READ = 500_000
"""Characters of all such calls of one file."""
MAX_GROUPS = 200
MAX_CALLS = 1000


class Route(NamedTuple):
    """An address, and the name of the template it shows, as it is written in the file `asking`."""

    address: str
    template: str
    asking: str


_AUTH = re.compile(r"\bAuth::routes\s*+\(|\bFortify::|\bUi\\")
_AUTH_VIEWS = (
    ("/login", "auth.login"),
    ("/register", "auth.register"),
    ("/password/reset", "auth.passwords.email"),
    ("/password/reset/{token}", "auth.passwords.reset"),
    ("/email/verify", "auth.verify"),
)
"""What `Auth::routes()` of Laravel sets, by the names of laravel/ui."""


class _Group(NamedTuple):
    begin: int
    end: int
    prefix: str
    controller: str


class _Action(NamedTuple):
    address: str
    name: str
    function: str
    asking: str


class Routes:
    """The routes that PHP files and YAML settings of a site set."""

    def __init__(self, site: Site, paths: Iterable[str]) -> None:
        self.views = Views()
        self._rows: dict[Route, None] = {}
        self._actions: list[_Action] = []
        self._whole: list[_Action] = []
        for path in sorted(paths):
            text = site.text(path)
            if "Controller" in path or any(word in text for word in _WORDS):
                code = php_of(text).code
                self.views.read(code, path)
                if _MAKES.search(code):
                    self._read_calls(code, path)
                if "Route" in text or "Template" in text:
                    self._read_declared(text if "@Route" in text or "@Template" in text else code, path)
        for path in sorted(site.files):
            if path.endswith((".yaml", ".yml")) and "rout" in path:
                self._read_yaml(site.text(path), path)

    def rows(self) -> list[Route]:
        """All routes that show a template."""
        found = dict(self._rows)
        for action in (*self._actions, *self._implied()):
            for template in self.views.shown_by(action.name, action.function):
                found[Route(action.address, template, action.asking)] = None
        return list(found)

    def _implied(self) -> Iterator[_Action]:
        """The routes of `Route::controller('users', 'UserController')`: `getEdit` is `/users/edit`."""
        for action in self._whole:
            for function in self.views.functions_of(action.name):
                if function.startswith(("get", "any")) and len(function) > 3:
                    tail = _HUMP.sub(r"-\1", function[3:4].lower() + function[4:]).lower()
                    yield action._replace(address=action.address.rstrip("/") + ("" if tail == "index" else f"/{tail}"), function=function)

    def classes(self) -> frozenset[str]:
        """The classes that routes name."""
        return frozenset(action.name for action in (*self._actions, *self._whole))

    def _read_calls(self, code: str, path: str) -> None:
        """`Route::get('/a', ...)`, `$app->get('/a', function ...)`."""
        groups: list[_Group] | None = None
        budget = MAX_READ
        if _AUTH.search(code):
            for address, template in _AUTH_VIEWS:
                self._row(address, template, path)
        for match in list(_VERB.finditer(code))[:MAX_CALLS]:
            given = _ADDRESS.match(code, match.end())
            if given is None:
                continue
            groups = list(_groups(code)) if groups is None else groups
            inside = [group for group in groups if group.begin <= match.start() < group.end]
            prefix = "".join(f"/{group.prefix.strip('/')}" for group in inside if group.prefix.strip("/"))
            address = "/" + f"{prefix}/{(given[1] or given[2] or '').strip('/')}".strip("/")
            controller = next((group.controller for group in reversed(inside) if group.controller), "")
            rest = code[given.end() : _end(code, given.end())]
            self._read_call(match["verb"].lower(), address, rest, path, controller)
            budget -= len(rest)
            if budget < 0:
                return

    def _read_call(self, verb: str, address: str, rest: str, path: str, controller: str) -> None:
        direct = _LITERAL.match(rest) if verb in ("view", "inertia", "route") else None
        if direct:
            self._row(address, direct[1] or direct[2], path)
            return
        for view in views_in(rest):
            if not view.open:
                self._row(address, view.name, path)
        grouped = _LITERAL.match(rest) if controller else None
        if grouped:
            self._actions.append(_Action(address, controller, grouped[1] or grouped[2], path))
            return
        action = _ACTION.search(rest[:300])
        if action is None:
            return
        name = (action["class"] or action["at"] or action["alone"]).rpartition("\\")[2]
        if verb == "controller":
            self._whole.append(_Action(address, name, "", path))
        elif verb == "resource":
            for function, tail in _RESOURCE.items():
                self._actions.append(_Action(address + tail, name, function, path))
        else:
            self._actions.append(_Action(address, name, action["function"] or action["named"] or "", path))

    def _row(self, address: str, template: str, path: str) -> None:
        self._rows[Route(address, template, path)] = None

    def _read_declared(self, code: str, path: str) -> None:
        """`#[Route('/a')]` and `@Route("/a")` before classes and functions."""
        name = base = template = ""
        ahead: list[str] = []
        for match in _DECLARED.finditer(code):
            if match["mark"] == "Template":
                template = next(_texts(match["given"]), "")
            elif match["mark"]:
                ahead += _addresses(match["given"])
            elif match["class"]:
                name, base, ahead = match["class"], ahead[0].rstrip("/") if ahead else "", []
            else:
                for address in ahead:
                    self._actions.append(_Action("/" + f"{base}/{address.strip('/')}".strip("/"), name, match["function"], path))
                if template:
                    self.views.show(name, match["function"], template, path)
                ahead, template = [], ""

    def _read_yaml(self, text: str, path: str) -> None:
        address = template = ""
        for match in _YAML.finditer(text):
            if match[3]:
                address = template = ""
                continue
            value = match[2].strip()
            address = value if match[1] == "path" else address
            template = value if match[1] == "template" else template
            if match[1].endswith("controller") and address and "::" in value:
                name, _, function = value.rpartition("\\")[2].partition("::")
                self._actions.append(_Action(address, name, function, path))
            if address and template:
                self._row(address, template, path)


def _addresses(given: str) -> list[str]:
    """The addresses of a declared route: its first text, or all of a table of languages."""
    texts = list(_texts(given))
    if "=>" in given:
        return [text for text in texts if text.startswith("/")][:8]
    return [text for text in texts if text.startswith("/") or not text][:1] or texts[:1]


def _texts(code: str) -> Iterator[str]:
    for match in _TEXT.finditer(code):
        yield match[1] if match[1] is not None else match[2]


def _groups(code: str) -> Iterator[_Group]:
    """Where groups of routes with a common beginning or controller begin and end."""
    for match in list(_PREFIX.finditer(code))[:MAX_GROUPS]:
        controller = match["controller"] or next(iter(_CONTROLLER.findall(match["rest"])), "")
        depth = 1
        for bracket in _BRACKET.finditer(code, match.end()):
            depth += {"{": 1, "}": -1}.get(bracket[0], 0)
            if depth == 0:
                yield _Group(match.end(), bracket.start(), match["prefix"] or "", controller.rpartition("\\")[2])
                break


def _end(code: str, offset: int) -> int:
    """Where the call ends whose inside holds an offset."""
    depth = 0
    for bracket in _BRACKET.finditer(code, offset, offset + MAX_CALL):
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(bracket[0], 0)
        if depth < 0:
            return bracket.start()
    return min(len(code), offset + MAX_CALL)
