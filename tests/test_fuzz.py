"""Any bytes under any name: no exception, exact places, the same answer twice and with either line end.

PIXELLINT_FUZZ multiplies the number of examples (1 by default, which takes about ten seconds).
"""

import os
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.catalog import Catalog
from linter.check import FileReport, check_source
from linter.languages import ENDINGS, NAMES
from linter.leaflets import compile_index, load_leaflets
from linter.text import NotText, Source

TIMES = int(os.environ.get("PIXELLINT_FUZZ", "1"))
LEAFLETS = load_leaflets()
CATALOG = Catalog(compile_index(LEAFLETS))
CASES: list[dict[str, Any]] = [case for leaflet in LEAFLETS for case in leaflet.get("case", ())]
PATHS = [*(f"site/page.{ending}" for ending in ENDINGS), *(f"site/{name}" for name in NAMES), "site/page", "page.js.erb", "a.min.js"]

PIXELS = [
    "fbq('init','1029384756102938');", "fbq(", "fbq", "connect.facebook.net", "//connect.facebook.net/en_US/fbevents.js",
    "<script>fbq('track','Lead')</script>", "<img src='https://www.facebook.com/tr?id=1&ev=PageView'>", "gtag('config','G-ABCDE12345')",
    "https://www.googletagmanager.com/gtm.js?id=GTM-ABCD123", "ZmJxKCdpbml0JywnMTAyOTM4NDc1NjEwMjkzOCcpOw==", "data:text/html;base64,",
    "atob('", "String.fromCharCode(102,98,113,40,39,105,110,105,116,39,41)", "\\x66\\x62\\x71\\x28", "\\u0066\\u0062\\u0071(", "fbq&#40;",
    "%3Cscript%3E", "<amp-analytics type='facebookpixel'>", "react-facebook-pixel", "window.fbq=function(){", "dataLayer.push({",
]  # fmt: skip
MARKUP = [
    "<", ">", "</", "/>", "<!--", "-->", "<script", "<script>", "</script>", "<noscript>", "</noscript>", "<template>", "<style>", "<a ",
    "src=", "href=", "onclick=", "srcdoc=", "type=text/plain", "data-src=", "<![CDATA[", "]]>", "<?xml ?>", "<!DOCTYPE html>", "&lt;", "&#",
    "&amp;", "<iframe ", "<textarea>", "<plaintext>", "<svg>", "url(", "@import ", "/*", "*/",
]  # fmt: skip
TEMPLATES = [
    "{{", "}}", "{%", "%}", "{#", "#}", "{{{", "<%", "%>", "<%=", "<%--", "--%>", "{*", "*}", "{literal}",
    "{/literal}", "@if(", "@endif", "@{",
    "@", "${", "#{", "}", "{if false}", "{/if}", "{% if false %}", "{% endif %}", "{% comment %}", "{% endcomment %}", "{% raw %}", "@php",
    "@endphp", "<cfif>", "<#if>", "[#if]", "$!a.b", "#set(", "{#if false}", "{@html ", "---\n", "<!--#", "script.\n", "- ", ": ", "| ",
]  # fmt: skip
CODE = [
    "<?php ", "?>", "<?= ", "<<<EOT\n", "\nEOT;\n", "<<<'A'\n", "echo ", "$a = ", "if (false) {",
    "if (hasConsent()) {", "}", "{", "(", ")", "[", "]",
    ";", ",", "'", '"', "`", "\\", "\\'", '\\"', "'''", '"""', "//", "#", "--", "/*", "*/", "=>", "+", ".",
    "function a(){", "const a = ", "import a from ",
    "require(", "`${", "a=b", "key: ", "key = ", "```\n", "~~~\n", "    ", "\t", "\n", "\r\n", "\r", "\n\n",
    " ", "%q(", "<<~A\n", "INSERT INTO a VALUES (", "''",
]  # fmt: skip
ODD = [
    "\0",
    "\ufeff",
    "\ue000",
    "\u2028",
    "\u0130",
    "\x0c",
    "\x85",
    "\U0001f600",
    "é",
    "\ud800",
    "\u200b",
    "\ue100",
    "x" * 300,
    "(" * 40,
    "[" * 40,
]

paths = st.sampled_from(PATHS)
tokens = st.sampled_from([*PIXELS, *PIXELS, *MARKUP, *TEMPLATES, *CODE, *ODD])
soups = st.lists(tokens, max_size=40).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))


@st.composite
def spliced(draw: st.DrawFn) -> tuple[str, bytes]:
    """A leaflet's case, cut, with parts of another case and tokens put in, under its own name or another."""
    case, other = draw(st.sampled_from(CASES)), draw(st.sampled_from(CASES))
    code, part = case["code"], other["code"]
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(code)))
        begin = draw(st.integers(0, len(part)))
        inserted = draw(st.one_of(tokens, st.just(part[begin : begin + draw(st.integers(0, 200))])))
        code = code[:at] + inserted + code[at + draw(st.integers(0, 30)) :]
    code = code[: draw(st.integers(0, len(code)))] if draw(st.booleans()) else code
    path = draw(st.one_of(st.just(case["file"]), paths))
    return path, code.encode("utf-8", "surrogatepass")


def check(path: str, data: bytes) -> FileReport:
    """The report of a file, after what every report must hold was tested."""
    report = check_source(path, data, CATALOG, literals=None)
    assert check_source(path, data, CATALOG, literals=None) == report
    assert list(report.findings) == sorted(report.findings, key=lambda finding: finding.order)
    try:
        source = Source(path, data)
    except NotText:
        assert not report.findings
        return report
    starts = line_starts(source)
    for finding in report.findings:
        places = [(finding.start, finding.end), *((related.start, related.end) for related in finding.related)]
        for start, end in places:
            assert source.bom_length <= start.offset <= end.offset <= len(data)
            for place in (start, end):
                before = data[source.bom_length : place.offset].decode(source.encoding, "surrogatepass")
                line = bisect_right(starts, len(before))
                assert (place.line, place.column) == (line, len(before) - starts[line - 1] + 1)
    return report


def line_starts(source: Source) -> list[int]:
    """Where lines start, found in another way than `Source` does."""
    ends = [at + 1 for at, char in enumerate(source.text) if char == "\n" or (char == "\r" and source.text[at + 1 : at + 2] != "\n")]
    return [0, *ends]


def repeated(examples: int) -> Callable[[Any], Any]:
    """The number of examples of a test."""
    return settings(max_examples=examples * TIMES, suppress_health_check=list(HealthCheck))


@repeated(300)
@given(paths, st.binary(max_size=400))
def test_any_bytes(path: str, data: bytes) -> None:
    check(path, data)
    check(path, b"fbq('init','1');" + data)


@repeated(300)
@given(paths, st.text(max_size=300))
def test_any_text(path: str, text: str) -> None:
    check(path, f"fbq({text}".encode("utf-8", "surrogatepass"))


@repeated(1200)
@given(paths, soups)
def test_token_soup(path: str, data: bytes) -> None:
    check(path, data)


@repeated(1200)
@given(spliced())
def test_cut_and_spliced_cases(example: tuple[str, bytes]) -> None:
    check(*example)


@repeated(100)
@given(st.sampled_from(CASES), st.sampled_from(["utf-16-le", "utf-16-be", "utf-8-sig", "latin-1"]))
def test_cases_in_other_encodings(case: dict[str, Any], encoding: str) -> None:
    data = case["code"].encode(encoding, "replace")
    check(case["file"], {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"") + data)


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case['file']}: {case['name']}") for case in CASES[:: max(1, 12 // TIMES)]])
def test_either_line_end_gives_the_same(case: dict[str, Any]) -> None:
    code = case["code"].replace("\r\n", "\n")
    unix, windows = (code.replace("\n", end).encode() for end in ("\n", "\r\n"))
    assert told(case["file"], unix) == told(case["file"], windows)


def told(path: str, data: bytes) -> list[tuple[Any, ...]]:
    """Rule, state, place by line and column, and underlined text of each finding, line ends aside."""
    rows = []
    for finding in check(path, data).findings:
        text = data[finding.start.offset : finding.end.offset].replace(b"\r\n", b"\n")
        rows.append((finding.rule, finding.state, finding.account, finding.start[:2], finding.end[:2], text, len(finding.related)))
    return rows
