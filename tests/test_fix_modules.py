"""Modules that do nothing once their pixel is gone: taken out of the files that import them, or kept with what stands in the way."""

from collections.abc import Mapping

import pytest
from fixing_support import CATALOG, fix
from hypothesis import given
from hypothesis import strategies as st

from linter.fixes.model import applied
from linter.fixes.module_inert import inert, open_module
from linter.fixes.whole_modules import Plan, plan
from linter.reach.site import Site

PIXEL = "export default function MetaPixel() {\n  return null\n}\n"
LAYOUT = (
    "import MetaPixel from './MetaPixel'\n\nexport default function Layout({ children }) {\n  return (\n    <main>\n"
    "      <MetaPixel />\n      {children}\n    </main>\n  )\n}\n"
)
PLAIN = "export default function Layout({ children }) {\n  return (\n    <main>\n      {children}\n    </main>\n  )\n}\n"
TRACK = (
    "export const FB_ID = ''\n\nexport const pageview = () => {\n}\n\nexport function event(name, options = {}) {\n  if (!name) return\n}\n"
)


def planned(files: Mapping[str, str], changed: str, unsafe: bool = False) -> tuple[dict[str, str], Plan]:
    made = plan(Site(files, lambda path: files[path]), [changed], ["meta-pixel"], CATALOG, unsafe)
    left = {path: applied(text, made.edits.get(path, ())) for path, text in files.items() if path not in made.deleted}
    return left, made


INERT = {
    PIXEL: {"default": "component"},
    TRACK: {"FB_ID": "constant", "pageview": "function", "event": "function"},
    "'use client'\nimport { useEffect } from 'react'\nconst P = () => { useEffect(() => {}, []); return null }\nexport default P\n": {
        "default": "component"
    },
    "import { usePathname } from 'next/navigation'\nexport function P() { const p = usePathname(); if (!p) return null; return <></> }": {
        "P": "component"
    },
    (
        "import { useRef, useEffect } from 'react'\n"
        "export const P = () => { const a = useRef(1); useEffect(() => { if (a.current) { a.current = 2; return } }); return null }"
    ): {"P": "component"},
    "export const P = () => <Suspense fallback={null}></Suspense>": {"P": "component"},
    "const f = () => {}\nconst g = 1\nexport { f as track, g }": {"track": "function", "g": "constant"},
    "export async function send(a) { console.log('sent', a) }": {"send": "function"},
    "export type A = string\nexport const b = () => {}": {"A": "type", "b": "function"},
    "P.displayName = 'P'\nfunction P() {}\nexport default P": {"default": "component"},
}
NOT_INERT = [
    "export default () => <p />", "own()\nexport default () => null", "import './own.css'\nexport default () => null",
    "import { useOwn } from './own'\nexport default () => { useOwn(); return null }",
    "export const f = () => own()", "export const f = () => 1",
    "import { useEffect } from 'react'\nexport default () => { useEffect(() => { own() }, []); return null }", "export * from './x'",
    "export const a = own()", "export default class P {}", "export const f = () => { throw 1 }", "export function* f() {}",
    "export default {", "",
    "export const P = ({ children }) => <>{children}</>", "export const f = (a) => { a.b = 1 }",
    "let a = 1\nexport const f = () => { a = 2 }",
]  # fmt: skip


@pytest.mark.parametrize(("code", "exports"), INERT.items())
def test_what_does_nothing(code: str, exports: dict[str, str]) -> None:
    jsx = open_module("a.tsx", code)
    module = inert(jsx) if jsx is not None else None
    assert module is not None
    assert module.exports == exports


@pytest.mark.parametrize("code", NOT_INERT)
def test_what_does_something(code: str) -> None:
    jsx = open_module("a.tsx", code)
    assert jsx is None or inert(jsx) is None


def test_a_component() -> None:
    left, made = planned({"MetaPixel.jsx": PIXEL, "Layout.jsx": LAYOUT}, "MetaPixel.jsx")
    assert left == {"Layout.jsx": PLAIN}
    assert made.deleted == ("MetaPixel.jsx",)
    assert not made.unsafe
    assert not made.refused


WAYS = {
    "loaded later": "import dynamic from 'next/dynamic'\nconst MetaPixel = dynamic(() => import('./MetaPixel'), { ssr: false })\n\n"
    + PLAIN,
    "lazy": "import { lazy } from 'react'\nconst MetaPixel = lazy(() => import('./MetaPixel'))\n\n" + PLAIN,
    "by alias": "import Pixel from '@/MetaPixel'\n\n" + PLAIN,
    "for nothing": "import './MetaPixel'\n\n" + PLAIN,
}


@pytest.mark.parametrize("code", WAYS.values(), ids=WAYS)
def test_ways_to_import(code: str) -> None:
    name = "Pixel" if "import Pixel" in code else "MetaPixel"
    used = code.replace("{children}\n", f"{{children}}\n      <{name} />\n") if "import './" not in code else code
    left, made = planned({"src/MetaPixel.jsx": PIXEL, "src/Layout.jsx": used}, "src/MetaPixel.jsx")
    assert made.refused == {}
    assert left == {"src/Layout.jsx": PLAIN}


def test_an_index_that_hands_on() -> None:
    files = {
        "c/MetaPixel.jsx": PIXEL,
        "c/index.js": "export { default as MetaPixel } from './MetaPixel'\nexport { Header } from './Header'\n",
        "c/Header.jsx": "export const Header = () => <p />\n",
        "Layout.jsx": LAYOUT.replace("MetaPixel from './MetaPixel'", "{ Header, MetaPixel } from './c'").replace(
            "{children}\n", "{children}\n      <Header />\n"
        ),
    }
    left, made = planned(files, "c/MetaPixel.jsx")
    assert made.refused == {}
    assert left["c/index.js"] == "export { Header } from './Header'\n"
    assert left["Layout.jsx"] == "import { Header } from './c'\n\n" + PLAIN.replace("{children}\n", "{children}\n      <Header />\n")


def test_what_then_does_nothing_itself() -> None:
    files = {
        "MetaPixel.jsx": PIXEL,
        "Analytics.jsx": "import MetaPixel from './MetaPixel'\nexport const Analytics = () => <MetaPixel />\n",
        "Layout.jsx": LAYOUT.replace("MetaPixel from './MetaPixel'", "{ Analytics } from './Analytics'").replace(
            "<MetaPixel />", "<Analytics />"
        ),
    }
    left, made = planned(files, "MetaPixel.jsx")
    assert left == {"Layout.jsx": PLAIN}
    assert made.deleted == ("Analytics.jsx", "MetaPixel.jsx")


CALLS = {
    "event('Lead', { value: 1 })\n": "",
    "await event('Lead')\n": "",
    "if (a) event('Lead')\nelse own()\n": "if (a) {}\nelse own()\n",
    "a && event('Lead')\n": "",
    "router.events.on('routeChangeComplete', pageview)\nevent('a')\n": "",
    "const go = () => event('Lead')\n": "const go = () => {}\n",
}


@pytest.mark.parametrize(("code", "after"), CALLS.items())
@pytest.mark.parametrize("all_at_once", [False, True])
def test_functions(code: str, after: str, all_at_once: bool) -> None:
    head = "import { event, pageview } from './fpixel'\n"
    if all_at_once:
        head, code = "import * as fbq from './fpixel'\n", code.replace("event(", "fbq.event(").replace("pageview", "fbq.pageview")
    files = {"fpixel.js": TRACK, "page.js": head + code + "own()\n"}
    left, made = planned(files, "fpixel.js", unsafe=True)
    assert left == {"page.js": after + "own()\n"}
    assert made.unsafe == {"fpixel.js"}
    assert planned(files, "fpixel.js")[0] == files


STAYS = {
    "its result is used": ("import { event } from './fpixel'\nconst sent = event('a')\n", "`event` is more than called in page.js:2"),
    "arguments that do something": ("import { event } from './fpixel'\nevent(own())\n", "`event` is more than called in page.js:2"),
    "a constant": ("import { FB_ID } from './fpixel'\nown(FB_ID)\n", "`FB_ID` is used in page.js:2"),
    "handed on": ("import { event } from './fpixel'\nown(event)\n", "`event` is more than called in page.js:2"),
    "all of it": ("import * as fbq from './fpixel'\nown(fbq)\n", "`fbq` is used as a whole in page.js:1"),
    "asked for when running": ("const fbq = require('./fpixel')\n", "it is named otherwise than by an import in page.js:1"),
    "named in a string": ("jest.mock('./fpixel')\n", "it is named otherwise than by an import in page.js:1"),
    "what it does not export": ("import { other } from './fpixel'\n", "`other` is not what it exports in page.js:1"),
}


@pytest.mark.parametrize(("code", "why"), STAYS.values(), ids=STAYS)
def test_what_stays(code: str, why: str) -> None:
    files = {"fpixel.js": TRACK, "page.js": code}
    left, made = planned(files, "fpixel.js", unsafe=True)
    assert left == files
    assert made.refused == {"fpixel.js": why}


def test_what_a_framework_loads() -> None:
    for path in ("pages/pixel.jsx", "app/layout.tsx", "plugins/pixel.js"):
        left, made = planned({path: PIXEL}, path)
        assert path in left
        assert made.refused[path] == "the framework loads it by its place"
    assert planned({"lib/pixel.js": PIXEL}, "lib/pixel.js")[1].deleted == ()


def test_a_component_with_children_stays() -> None:
    files = {"MetaPixel.jsx": PIXEL, "Layout.jsx": LAYOUT.replace("<MetaPixel />", "<MetaPixel><p /></MetaPixel>")}
    left, made = planned(files, "MetaPixel.jsx")
    assert left == files
    assert made.refused == {"MetaPixel.jsx": "it also holds `<p>` in Layout.jsx:6"}


def test_after_the_fix_of_its_file() -> None:
    script = '<Script src="https://connect.facebook.net/en_US/fbevents.js" />'
    code = f"import Script from 'next/script'\n\nexport default function MetaPixel() {{\n  return {script}\n}}\n"
    result = fix({"MetaPixel.jsx": code.encode(), "Layout.jsx": LAYOUT.encode()})
    assert {path: data.decode() for path, data in result.files.items()} == {"Layout.jsx": PLAIN}
    assert [(change.path, change.deleted) for change in result.fixes.changes] == [("Layout.jsx", False), ("MetaPixel.jsx", True)]
    assert result.fixes.changes[1].after.decode() == PIXEL


SOUP = [
    "export ",
    "default ",
    "const a = ",
    "() => ",
    "null",
    "{",
    "}",
    "function f",
    "()",
    "return ",
    "<p />",
    "import ",
    "from './b'",
    "\n",
    ";",
    "useEffect(",
    ")",
]


@given(st.lists(st.sampled_from(SOUP), max_size=14), st.lists(st.sampled_from(SOUP), max_size=14))
def test_any_code(one: list[str], other: list[str]) -> None:
    files = {"a.js": "".join(one) + "\nimport './b'\n", "b.js": "".join(other)}
    for changed in files:
        left, made = planned(files, changed, unsafe=True)
        assert set(left) == set(files) - set(made.deleted)
        assert set(made.edits) <= set(left)
