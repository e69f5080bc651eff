"""Node.js servers (Express, Koa, Fastify, hapi and their like): which view is filled in under which address."""

import posixpath
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from linter.reach.scripts import resolve_import, without_comments
from linter.reach.site import Site

_NO_SERVER = re.compile(
    r"(?:\A|/)(?:node_modules|public|dist|build|static|tests?|__tests__|bower_components|vendor|\.next|coverage)/|\.min\.js\Z|\.(?:test|spec)\."
)
_RENDER = re.compile(
    r"\b(?:res|response|resp|reply|ctx|this|h|rep|_res|r)\s*(?:\.\s*status\([^()]{0,60}\)\s*)?\.\s*(?:render|view|viewAsync)\(\s*"
    r"(?:(['\"`])([\w./@ -]{1,200})\1|(?=[\w`]))"
)
_ROUTE = re.compile(r"\b\w{1,60}\s*\.\s*(get|all|post|put|route|use)\(\s*(?:\[\s*)?(['\"`])([^'\"`\n]{0,200})\2([^;{}\n]{0,300})")
_HANDLER = re.compile(r"([\w.]{1,120})\s*\)*\s*\Z")
_METHOD = re.compile(r"\.get\(\s*(?:\w{1,60}\s*,\s*){0,5}([\w.]{1,120})\s*\)")
_DEFINED = re.compile(
    r"^[ \t]*(?:module\.)?exports\.(\w{1,80})\s*=|^(?:export\s+)?(?:const|let|var)\s+(\w{1,80})\s*=\s*(?:async\s*)?(?:function\b|\()"
    r"|^[ \t]*(?:export\s+)?(?:async\s+)?function\s+(\w{1,80})"
    r"|^[ \t]{2,8}(?!(?:if|for|while|switch|return|catch|function|next|await)\b)(?:static\s+)?(?:async\s+)?(\w{1,80})\s*"
    r"(?::\s*(?:async\s*)?(?:function\s*)?)?\((?:req|request|ctx|_req|_)\b",
    re.MULTILINE,
)
_REQUIRED = re.compile(
    r"(?:const|let|var)\s+(\w{1,60})\s*=\s*require\(\s*['\"]([^'\"\n]{1,200})['\"]|\bimport\s+(\w{1,60})\s+from\s*['\"]([^'\"\n]{1,200})['\"]"
)
_LAYOUT = re.compile(r"\blayout\s*:\s*(?:['\"]([\w./-]{1,200})['\"]|(false|null|''|\"\"))")
_SETTING = re.compile(
    r"\b(?:set\(\s*['\"](layout|views)['\"]\s*,|(defaultLayout|layoutsDir|partialsDir|viewsDir)\s*:|(layout)\s*:)\s*([^;\n]{0,200})"
)
_STATIC = re.compile(r"\b(?:express\.static|serveStatic|serve|fastifyStatic|koaStatic)\(\s*([^;\n]{0,200})")
_TEXT = re.compile(r"['\"`]([\w./-]{1,120})['\"`]")
MAX_DEPTH = 6


class Render(NamedTuple):
    """A view that a server fills in: its name, the file that asks for it, the address ("" where not written out) and layout.

    `layout` is None where the call says nothing of it and "" where it asks for none.
    """

    view: str
    asking: str
    address: str
    layout: str | None


class ExpressRoutes:
    """What all server-side scripts of a site say of views and addresses."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.dynamic = False
        self.settings: dict[str, str] = {}
        self.statics: list[str] = []
        self.texts: set[str] = set()
        self._codes = {path: code for path in site.below("", ".js", ".ts", ".mjs", ".cjs") if (code := self._server_code(path))}
        self._mounts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._handled: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for path, code in self._codes.items():
            self._read_settings(path, code)
            self._read_mounts(path, code)
            self.texts.update(text.removeprefix("./") for text in _TEXT.findall(code))

    def renders(self) -> Iterator[Render]:
        """Every view that is filled in, with its address where that is written out."""
        for path, code in self._codes.items():
            prefix = self._prefix(path, 0)
            routes = [match for match in _ROUTE.finditer(code) if match[1] != "use" and (match[3].startswith(("/", "*")) or not match[3])]
            starts = [match.start() for match in routes]
            defined = [(match.start(), next(group for group in match.groups() if group)) for match in _DEFINED.finditer(code)]
            places = [start for start, _ in defined]
            for match in _RENDER.finditer(code):
                if not match[2]:
                    self.dynamic = True
                    continue
                number = bisect_right(starts, match.start()) - 1
                owner = bisect_right(places, match.start()) - 1
                within = number >= 0 and (owner < 0 or places[owner] < starts[number])
                said = _LAYOUT.search(code[match.end() : match.end() + 300].partition("\n\n")[0].partition("render(")[0])
                layout = None if said is None else said[1] or ""
                addresses = (
                    [_joined(prefix, routes[number][3])] if within else self._addresses_of(defined[owner][1], path) if owner >= 0 else []
                )
                for address in addresses or [""]:
                    yield Render(match[2], path, address, layout)

    def _server_code(self, path: str) -> str:
        if _NO_SERVER.search(path):
            return ""
        text = self._site.text(path)
        if not any(word in text for word in ("render(", ".view(", "express", "fastify", "koa", ".route(", "router")):
            return ""
        return without_comments(text)

    def _read_settings(self, path: str, code: str) -> None:
        for match in _SETTING.finditer(code):
            name = match[1] or match[2] or ("layout" if "expressLayouts" in code or "view options" in code else "")
            value = "/".join(_TEXT.findall(match[4]))
            if name and name not in self.settings and (value or "false" in match[4]):
                self.settings[name] = value
        for match in _STATIC.finditer(code):
            folder = "/".join(text.strip("./") for text in _TEXT.findall(match[1]))
            if folder:
                self.statics.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), folder)))

    def _read_mounts(self, path: str, code: str) -> None:
        """Routers under a prefix, and handlers that routes name."""
        asked = {match[1] or match[3]: match[2] or match[4] for match in _REQUIRED.finditer(code)}
        for match in _ROUTE.finditer(code):
            rest = match[4]
            if match[1] == "use":
                inline = re.search(r"require\(\s*['\"]([^'\"\n]{1,200})['\"]", rest)
                name = _HANDLER.search(rest.split(")")[0])
                module = inline[1] if inline else asked.get(name[1]) if name else None
                target = resolve_import(module, path, self._site) if module else None
                if target:
                    self._mounts[target].append((path, match[3]))
                continue
            handler = _METHOD.search(rest) if match[1] == "route" else _HANDLER.search(rest.rstrip(" ;)\n"))
            if handler and match[3].startswith("/"):
                owner, _, function = handler[1].rpartition(".")
                self._handled[function].append((path, match[3], asked.get(owner or function, owner)))

    def _addresses_of(self, function: str, path: str) -> list[str]:
        """The addresses whose routes name a function of this file."""
        stem = posixpath.basename(path).rsplit(".", 1)[0].lower()
        rows = self._handled.get(function, [])
        sure = [
            row
            for row in rows
            if row[0] == path or stem in row[2].lower() or (row[2] and resolve_import(row[2], row[0], self._site) == path)
        ]
        return [_joined(self._prefix(asking, 0), address) for asking, address, _ in (sure or (rows if len(rows) == 1 else []))[:20]]

    def _prefix(self, path: str, depth: int) -> str:
        """The address below which a file's routes are mounted, the first where there are several."""
        if path not in self._mounts or depth > MAX_DEPTH:
            return ""
        asking, prefix = self._mounts[path][0]
        return _joined(self._prefix(asking, depth + 1), prefix).rstrip("/")


def _joined(prefix: str, address: str) -> str:
    return "/" + "/".join(part for part in (prefix.strip("/"), address.strip("/")) if part)
