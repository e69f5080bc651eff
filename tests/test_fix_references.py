"""Uses of a vendor's functions: those that would throw or hold up other code without them, and those that would not."""

import pytest

from linter.catalog import load_catalog
from linter.fixes.recorded import Recorded, record
from linter.fixes.references import defines, uses

CATALOG = load_catalog()
NAMES = frozenset({"fbq", "_fbq"})


def recorded(code: str, path: str) -> Recorded:
    found = record(path, code.encode(), CATALOG)
    assert found is not None
    return found


def unguarded(code: str, path: str = "a.js", names: frozenset[str] = NAMES) -> list[str]:
    found = recorded(code, path)
    return [code[slice(*use.span)] for use in uses(found.source, found.parts, names) if not use.guarded]


def defined(code: str, path: str = "a.js") -> frozenset[str]:
    found = recorded(code, path)
    return defines(found.source, found.parts, NAMES)


@pytest.mark.parametrize(
    "code",
    [
        "if (window.fbq) { fbq('track', 'A'); }",
        "if (typeof fbq === 'function') fbq('track', 'A');",
        "if (typeof fbq !== 'undefined' && x) { fbq('track', 'A'); }",
        "if (typeof fbq === 'undefined') { load(); } else { fbq('track', 'A'); }",
        "if (typeof window !== 'undefined' && (window as any).fbq) { (window as any).fbq('track', 'A'); }",
        "if (!window.fbq) { load(); }",
        "function f() { if (!window.fbq) return; fbq('track', 'A'); }",
        "function f() { if (typeof fbq !== 'function') { return; } fbq('track', 'A'); }",
        "window.fbq && fbq('track', 'A');",
        "typeof fbq === 'function' && fbq('track', 'A');",
        "!window.fbq || fbq('track', 'A');",
        "window.fbq ? fbq('track', 'A') : other();",
        "window.fbq?.('track', 'A');",
        "window.fbq?.push([]);",
        "try { fbq('track', 'A'); } catch (e) {}",
        "try { a(); fbq('track', 'A'); } catch (e) { console.log(e); }",
        "// fbq('track', 'A')\nconst a = 'call fbq now';",
        "function f(fbq) { fbq('track', 'A'); }",
        "import { fbq } from './pixel';\nfbq('track', 'A');",
        "const fbq = (...a) => queue.push(a);\nexport const f = () => fbq('track', 'A');",
        "window.fbq = window.fbq || function () {};\nfbq('track', 'A');",
        "this.fbq('track', 'A'); api.fbq();",
        "declare global { interface Window { fbq: (...a: any[]) => void } }\nexport {};",
        "const a = { fbq: 1 };",
        "if (window.fbq) { }",
        "function f() { if (window.fbq) return; }",
        "function f() { a(); if (window.fbq) { return; } }",
    ],
)
def test_what_does_no_harm(code: str) -> None:
    path = "a.ts" if " as any" in code or "declare" in code else "a.js"
    assert unguarded(code, path) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("fbq('track', 'A');", ["fbq"]),
        ("window.fbq('track', 'A');", ["window.fbq"]),
        ("window['fbq']('track', 'A');", ["window['fbq']"]),
        ("var w = window;\nw.fbq('track', 'A');", ["w.fbq"]),
        ("fbq?.('track', 'A');", ["fbq"]),
        ("if (fbq) { fbq('track', 'A'); }", ["fbq"]),
        ("fbq && fbq('track', 'A');", ["fbq"]),
        ("if (x) { fbq('track', 'A'); }", ["fbq"]),
        ("if (window.fbq) { load(); } else { fbq('track', 'A'); }", ["window.fbq", "fbq"]),
        ("if (window.fbq) { fbq('track', 'A'); book(); }", ["window.fbq"]),
        ("function f() { if (!window.fbq) return; fbq('track', 'A'); book(); }", ["window.fbq"]),
        ("while (!window.fbq) { wait(); }", ["window.fbq"]),
        ("function f() { if (window.fbq) return; load(); }", ["window.fbq"]),
        ("try { fbq('track', 'A'); book(); } catch (e) {}", ["fbq"]),
        ("try { fbq('track', 'A'); } catch (e) { alert(e); }", ["fbq"]),
        ("try { setTimeout(function () { fbq('track', 'A'); }); } catch (e) {}", ["fbq"]),
        ("on('x', fbq);", ["fbq"]),
        ("const send = window.fbq;\nsend('track', 'A');", ["window.fbq"]),
    ],
)
def test_what_would_be_missing(code: str, found: list[str]) -> None:
    assert unguarded(code) == found


def test_handlers_and_scripts_of_a_page() -> None:
    page = "<a onclick=\"fbq('track', 'A')\">a</a>\n<script>\nif (window.fbq) fbq('track', 'B');\n</script>\n<p>fbq('x')</p>\n"
    assert unguarded(page, "a.html") == ["fbq"]


def test_short_names_in_files_with_nothing_else() -> None:
    names = frozenset({"hj"})
    assert unguarded("hj('event', 'x');", "a.js", names) == ["hj"]
    assert unguarded("<script>\nhj('event', 'x');\n</script><p>hj</p>", "a.html", names) == ["hj"]
    assert unguarded("<a onclick=\"hj('event', 'x')\" title='hj'>a</a>", "a.html", names) == ["hj"]
    assert unguarded("<!-- hj('a') --><p>hj</p>", "a.html", names) == []


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("window.fbq = window.fbq || function () {};", {"fbq"}),
        ("function fbq() {}", {"fbq"}),
        ("var fbq = function () {};", {"fbq"}),
        ("!function(f){var n=f.fbq=function(){};if(!f._fbq)f._fbq=n;}(window);", {"fbq", "_fbq"}),
        ("(function () { var fbq = 1; use(fbq); })();", set()),
        ("import fbq from './x';", set()),
        ("fbq('track', 'A');", set()),
    ],
)
def test_what_a_file_defines(code: str, names: set[str]) -> None:
    assert defined(code) == names


@pytest.mark.parametrize("code", ["fbq(" * 4000, "fbq();\n" * 6000, "if (window.fbq) {" * 900 + "fbq()" + "}" * 900, "\udcff fbq"])
def test_hostile_scripts(code: str) -> None:
    found = record("a.js", code.encode("utf-8", "surrogateescape"), CATALOG)
    assert found is None or isinstance(uses(found.source, found.parts, NAMES), list)
