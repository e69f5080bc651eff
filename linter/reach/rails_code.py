"""What a Rails application's Ruby files say: addresses of actions, layouts of controllers, helpers that write scripts."""

import posixpath
import re
from typing import NamedTuple

from linter.reach.nested import inside, under
from linter.reach.site import Site

_COMMENT = re.compile(r"^[ \t]*#[^\n]*|[ \t]#[ \t][^\n]*", re.MULTILINE)
_VERB = re.compile(
    r"\A(?:get|match|post)\b\s*\(?\s*(?:['\"]([^'\"]{0,200})['\"]|:(\w{1,80}))\s*(?:(?:=>|,\s*:?to\s*(?::|=>)|,\s*:?action\s*(?::|=>))\s*['\":]([\w/]{1,100})(?:#(\w{1,80}))?)?"
)
_ROOT = re.compile(r"\Aroot\b\s*\(?\s*(?::?to\s*(?::|=>)\s*)?['\"]([\w/]{1,100})#(\w{1,80})['\"]")
_RESOURCES = re.compile(r"\A(resources?)\b\s*\(?\s*((?::\w{1,80}\s*,?\s*){1,20})([^\n]*)")
_SCOPE = re.compile(r"\A(namespace|scope)\b\s*\(?\s*(?::?path\s*(?::|=>)\s*)?(?:['\"]/?([\w/:().-]{0,100})['\"]|:(\w{1,80}))?([^\n]*)")
_MODULE = re.compile(r":?module\s*(?::|=>)\s*['\":](\w[\w/]{0,80})")
_BLOCK = re.compile(r"\A(?:if|unless|case|begin|def|class|module|while)\b|\bdo\b\s*(?:\|[^|]*\|)?\s*\Z")
_CLASS = re.compile(r"^[ \t]*class\s+([\w:]{1,150})\s*<\s*([\w:]{1,150})", re.MULTILINE)
_LAYOUT = re.compile(r"^[ \t]*layout\s*\(?\s*(?:['\"]([\w./-]{1,150})['\"]|:(\w{1,80}\??)|(false|nil))([^\n]*)", re.MULTILINE)
_DEF = re.compile(r"^[ \t]*def\s+(?:self\.)?([\w?!]{1,100})", re.MULTILINE)
_RENDER_LAYOUT = re.compile(r"\brender\b[^\n]{0,300}?\blayout:?\s*(?:=>)?\s*(?:['\"]([\w./-]{1,150})['\"]|(false|nil|:\w+))")
_TEXT = re.compile(r"['\"]([\w./-]{1,100})['\"]")
_WRITES_SCRIPT = re.compile(r"<script|javascript_tag|javascript_include_tag|content_tag\(?\s*:script|tag\.script|%script|fbq\(|gtag\(")
_MANY = {"index": "", "new": "/new", "show": "/:id", "edit": "/:id/edit"}
_ONE = {"show": "", "new": "/new", "edit": "/edit"}


class _Frame(NamedTuple):
    path: str
    module: str
    controller: str


def addresses_of(code: str) -> dict[str, str]:
    """`controller/action` -> its first address, of a routes file."""
    found: dict[str, str] = {}
    frames = [_Frame("", "", "")]
    for line in _COMMENT.sub("", code).splitlines():
        line = line.strip()
        if line == "end" or line.startswith("end "):
            frames = frames[:-1] or frames
            continue
        if len(frames) < 60:
            inner = _read_line(line, frames[-1], found)
            if _BLOCK.search(line):
                frames.append(inner)
    return found


def _read_line(line: str, frame: _Frame, found: dict[str, str]) -> _Frame:
    """Notes the addresses of one line; what holds for the lines inside it, if it opens a block."""
    if match := _ROOT.match(line):
        found.setdefault(f"{frame.module}{match[1]}/{match[2]}", frame.path or "/")
    elif match := _VERB.match(line):
        written = match[1] if match[1] is not None else match[2]
        address = f"{frame.path}/{written.strip('/').replace('(.:format)', '')}"
        controller, action = (match[3], match[4]) if match[4] else (frame.controller, match[3] or written.rpartition("/")[2])
        if not match[3] and not frame.controller:
            controller = written.strip("/").rpartition("/")[0]
        found.setdefault(f"{frame.module}{controller}/{action}", address)
    elif match := _RESOURCES.match(line):
        names = [name.strip(" :,") for name in match[2].split(":") if name.strip(" :,")]
        for name in names:
            controller = f"{name}s" if match[1] == "resource" and not name.endswith("s") else name
            for action, tail in (_MANY if match[1] == "resources" else _ONE).items():
                found.setdefault(f"{frame.module}{controller}/{action}", f"{frame.path}/{name}{tail}")
        tail = f"/{names[-1]}/:id" if match[1] == "resources" else f"/{names[-1]}"
        return _Frame(frame.path + tail, frame.module, names[-1])
    elif match := _SCOPE.match(line):
        name = match[2] or match[3] or ""
        module = _MODULE.search(match[4])
        into = f"{name}/" if match[1] == "namespace" else f"{module[1]}/" if module else ""
        return _Frame(f"{frame.path}/{name}".rstrip("/"), frame.module + into, "")
    elif line.startswith("collection"):
        return frame._replace(path=frame.path.removesuffix("/:id"))
    return frame


class Controllers:
    """The layouts that controllers choose."""

    def __init__(self, site: Site, root: str) -> None:
        self._parents: dict[str, str] = {}
        self._layouts: dict[str, list[str]] = {}
        self.actions: dict[str, list[str]] = {}
        folder = under(root, "app/controllers")
        for path in site.below(folder, "_controller.rb"):
            name = (inside(path, folder) or "").removesuffix("_controller.rb")
            self._read(name, _COMMENT.sub("", site.text(path)))

    def chain(self, name: str) -> list[str]:
        """A controller and those it inherits from, by their paths (`admin/orders`), at most ten."""
        found: list[str] = []
        while name and name not in found and len(found) < 10:
            found.append(name)
            name = self._parents.get(name, "" if name == "application" else "application")
        return found

    def layouts(self, name: str) -> list[str] | None:
        """The layouts that a controller names, [] if it wants none, None if it does not say."""
        return self._layouts.get(name)

    def _read(self, name: str, code: str) -> None:
        match = _CLASS.search(code)
        if match:
            self._parents[name] = _path_of(match[2])
        bodies = [(found[1], found.start()) for found in _DEF.finditer(code)]
        ends = [start for _, start in bodies[1:]] + [len(code)]
        for (method, start), end in zip(bodies, ends, strict=False):
            said = _RENDER_LAYOUT.findall(code[start:end]) if end - start < 20_000 else []
            if said and not any(dynamic.startswith(":") for _, dynamic in said):
                self.actions[f"{name}/{method}"] = [layout for layout, _ in said if layout]
        for layout in _LAYOUT.finditer(code):
            if layout[2]:
                body = next((code[start:end] for (method, start), end in zip(bodies, ends, strict=False) if method == layout[2]), "")
                self._layouts[name] = _TEXT.findall(body[:2_000])
            elif "only" in layout[4] or "except" in layout[4]:
                actions = re.findall(r"\w+", layout[4].partition("only")[2]) if "only" in layout[4] else []
                for action in actions:
                    self.actions.setdefault(f"{name}/{action}", [layout[1]] if layout[1] else [])
            else:
                self._layouts[name] = [layout[1]] if layout[1] else []


def _path_of(class_name: str) -> str:
    """`Admin::BaseController` -> `admin/base`."""
    parts = class_name.removesuffix("Controller").strip(":").split("::")
    return "/".join(re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", part).lower() for part in parts)


def snake(class_name: str) -> str:
    """`Shared::HeaderComponent` -> `shared/header_component`."""
    return _path_of(class_name)


def writing_helpers(site: Site, root: str) -> dict[str, str]:
    """The helper methods that write scripts, and the files they stand in."""
    found: dict[str, str] = {}
    for path in site.below(under(root, "app/helpers"), ".rb"):
        code = _COMMENT.sub("", site.text(path))
        rows = list(_DEF.finditer(code))
        for row, following in zip(rows, [*rows[1:], None], strict=False):
            body = code[row.end() : following.start() if following else len(code)]
            if _WRITES_SCRIPT.search(body):
                found.setdefault(row[1], path)
    return found


def view_name(path: str) -> tuple[str, str]:
    """A view's controller and action by its path below the views: `pages/index.html.erb` -> (`pages`, `index`)."""
    return posixpath.dirname(path), posixpath.basename(path).partition(".")[0]
