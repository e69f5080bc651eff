"""Reach: static pages, links, chains, containers, and what reaches do to findings."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.gtm.model import Scope
from linter.reach.containers import may_fire
from linter.reach.model import Link, Page
from linter.reach.scripts import script_links
from linter.reach.site import Site
from linter.reach.spread import Spread
from linter.reach.static import StaticStack
from tests.cli_support import pixellint
from tests.containers import export, html

PIXEL = "fbq('init', '5039284756102938'); fbq('track', 'PageView');"


def site(**files: str) -> Site:
    texts = {name.replace("__", "/").replace("_dot_", "."): text for name, text in files.items()}
    return Site(texts, lambda path: texts[path])


def arrivals(where: Site, wanted: str) -> dict[str, tuple[tuple[str, ...], str]]:
    stack = StaticStack(where)
    spread = Spread(where, [stack])
    return {page.path: (way.chain, way.state) for page in stack.pages() for path, way in spread.arrivals(page, [wanted]) if path == wanted}


def page(body: str) -> str:
    return f"<!doctype html>\n<title>A &amp; B</title>\n{body}\n"


def test_a_script_gets_onto_the_pages_that_load_it() -> None:
    where = site(
        index_dot_html=page('<script src="js/pixel.js?v=2"></script>'),
        deep__book_dot_html=page('<script defer src="/js/pixel.js"></script>'),
        clean_dot_html=page('<!-- <script src="js/pixel.js"></script> --><a href="js/pixel.js">x</a>'),
        js__pixel_dot_js=PIXEL,
    )
    assert arrivals(where, "js/pixel.js") == {
        "index.html": (("index.html:3", "js/pixel.js"), "active"),
        "deep/book.html": (("deep/book.html:3", "js/pixel.js"), "active"),
    }


def test_chains_go_over_scripts_that_add_scripts() -> None:
    where = site(
        index_dot_html=page("<script>\nvar s = document.createElement('script');\ns.src = 'js/loader.js';\n</script>"),
        js__loader_dot_js="// import './dead.js'\nimport { start } from './pixel';\n",
        js__pixel_dot_js=PIXEL,
        js__dead_dot_js=PIXEL,
    )
    assert arrivals(where, "js/pixel.js") == {"index.html": (("index.html:5", "js/loader.js:2", "js/pixel.js"), "active")}
    assert arrivals(where, "js/dead.js") == {}


def test_a_parked_script_is_gated_and_a_data_script_is_none() -> None:
    where = site(
        a_dot_html=page('<script type="text/plain" data-cookieconsent="marketing" src="p.js"></script>'),
        b_dot_html=page('<script type="application/json" src="p.js"></script>'),
        c_dot_html=page('<script type="text/plain" src="p.js"></script><script src="p.js"></script>'),
        p_dot_js=PIXEL,
    )
    assert {name: state for name, (_, state) in arrivals(where, "p.js").items()} == {"a.html": "consent-gated", "c.html": "active"}


def test_frames_includes_and_fetched_parts() -> None:
    where = site(
        a_dot_html=page('<iframe src="part.html"></iframe>'),
        b_dot_html=page('<!--#include virtual="/part.html" -->'),
        c_dot_html=page("<script>fetch('part.html').then(r => r.text())</script>"),
        d_dot_html=page("<script>location.href = 'part.html'</script>"),
        e_dot_html=page('<div w3-include-html="part.html"></div>'),
        part_dot_html="<script>" + PIXEL + "</script>",
    )
    assert sorted(arrivals(where, "part.html")) == ["a.html", "b.html", "c.html", "e.html"]


def test_pages_are_whole_files() -> None:
    where = site(index_dot_html=page(""), _includes__head_dot_html=page(""), part_dot_html="<p>x", t_dot_html=page("{% if x %}"))
    assert [(row.path, row.title) for row in StaticStack(where).pages()] == [("index.html", "A & B")]


def test_cycles_end() -> None:
    where = site(index_dot_html=page('<script src="a.js"></script>'), a_dot_js="import './b.js'", b_dot_js="import './a.js'")
    assert list(arrivals(where, "b.js")) == ["index.html"]


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.sampled_from("<script>=\"'/ src.js-!#import(from`*\\\n")),
    st.text(st.sampled_from("import'from\"./a.js`\\\n(*)"), max_size=80),
)
def test_no_text_breaks_the_links(markup: str, code: str) -> None:
    where = site(index_dot_html=markup, a_dot_js=code)
    for path in where.files:
        assert all(isinstance(link, Link) for link in StaticStack(where).links(path, where.text(path)))
    assert all(link.target in where.files for link in script_links(code, "a.js", where))


class Grid:
    """A stack whose every file pulls in the next two."""

    def pages(self) -> list[Page]:
        return [Page("0", "0")]

    def complete(self) -> bool:
        return True

    def covers(self, path: str) -> bool:
        return True

    def links(self, path: str, text: str) -> list[Link]:
        return [Link(str(int(path) + step), "include", 1) for step in (1, 2) if int(path) + step < 4000]


def test_the_shortest_way_is_told_and_work_is_bounded() -> None:
    where = Site([str(n) for n in range(4000)], lambda path: "")
    ways = dict(Spread(where, [Grid()]).arrivals(Page("0", "0"), ["4"]))
    assert ways["4"].chain == ("0:1", "2:1", "4")


@pytest.mark.parametrize(
    ("conditions", "page", "may"),
    [
        (('path contains "/contact"',), "contact/index.html", True),
        (('path contains "/contact"',), "index.html", False),
        (('path does not contain "/contact"',), "contact.html", False),
        (('path is "/"',), "index.html", True),
        (('path is "/"',), "a/index.html", False),
        (('{{Thing}} is "x"',), "a.html", True),
    ],
)
def test_where_a_tag_may_fire(conditions: tuple[str, ...], page: str, may: bool) -> None:
    assert may_fire(Scope("pages-matching", "", conditions), page) is may


def write(folder: Path, **files: str | bytes) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


LOADER = '<script async src="https://www.googletagmanager.com/gtm.js?id=GTM-AB12CD3"></script>'


def test_check_says_what_a_finding_reaches(tmp_path: Path) -> None:
    write(
        tmp_path,
        index_dot_html=page('<script src="js/pixel.js"></script>'),
        appointment_dot_html=page('<script src="js/pixel.js"></script>'),
        legal_dot_html=page(""),
        js__pixel_dot_js=PIXEL,
    )
    document = json.loads(pixellint("check", "--format", "json", ".", cwd=tmp_path).out)
    (found,) = document["findings"]
    assert found["reaches"] == ["appointment.html", "index.html"]
    assert "it gets onto 2 of 3 pages, among them appointment.html (appointment)" in found["message"]
    rows = {row["page"]: [one["chain"] for one in row["vendors"]] for row in document["pages"]}
    assert rows == {
        "appointment.html": [["appointment.html:3", "js/pixel.js"]],
        "index.html": [["index.html:3", "js/pixel.js"]],
        "legal.html": [],
    }


def test_a_file_that_no_page_pulls_in_looks_like_dead_code(tmp_path: Path) -> None:
    write(tmp_path, index_dot_html=page(""), js__pixel_dot_js=PIXEL)
    (found,) = json.loads(pixellint("check", "--format", "json", ".", cwd=tmp_path).out)["findings"]
    assert (found["severity"], found["reaches"]) == ("warning", [])
    assert "it looks like dead code" in found["message"]


def test_a_container_reaches_the_pages_that_load_it(tmp_path: Path) -> None:
    write(tmp_path, index_dot_html=page(LOADER), clean_dot_html=page(""), gtm_dot_json=export([html(1, "Base")]))
    document = json.loads(pixellint("check", "--format", "json", ".", cwd=tmp_path).out)
    rows = {row["page"]: [(one["vendor"], one["chain"]) for one in row["vendors"]] for row in document["pages"]}
    assert rows["clean.html"] == []
    assert rows["index.html"] == [
        ("google-tag-manager", ["index.html"]),
        ("meta-pixel", ["index.html:3 (loads GTM-AB12CD3)", "gtm.json:22 (tag Base)"]),
    ]


def test_analytics_on_a_booking_page_are_an_error(tmp_path: Path) -> None:
    code = '<script async src="https://www.googletagmanager.com/gtag/js?id=G-AB12CD34EF"></script>'
    code += '<script>gtag("config", "G-AB12CD34EF")</script>'
    write(tmp_path, news_dot_html=page(code))
    assert "warning[google-analytics/base-code]" in pixellint("check", ".", cwd=tmp_path).out
    write(tmp_path, book_appointment_dot_html=page(code))
    assert "book_appointment.html:3" not in pixellint("check", "news.html", cwd=tmp_path).out
    assert "error[google-analytics/base-code]" in pixellint("check", ".", cwd=tmp_path).out


@pytest.mark.parametrize("format", ["text", "json", "csv", "markdown"])
def test_pages_in_every_format(tmp_path: Path, format: str) -> None:
    write(tmp_path, index_dot_html=page('<script src="pixel.js"></script>'), portal_dot_html=page(""), pixel_dot_js=PIXEL)
    done = pixellint("pages", "--format", format, ".", cwd=tmp_path)
    assert done.status == 1
    for word in ("index.html", "portal", "meta-pixel"):
        assert word in done.out
    only = pixellint("pages", "--only", "sensitive", "--format", format, ".", cwd=tmp_path)
    assert ("portal.html" in only.out, "index.html" in only.out) == (True, False)
    assert only.status == 1


def test_pages_says_what_is_wrong(tmp_path: Path) -> None:
    write(tmp_path, a_dot_txt="x")
    assert "no page was found" in pixellint("pages", ".", cwd=tmp_path).err
    assert pixellint("pages", "--format", "xml", cwd=tmp_path).status == 2
    assert pixellint("pages", "--only", "x", cwd=tmp_path).status == 2


def test_absolute_paths_are_followed_like_relative_ones(tmp_path: Path) -> None:
    write(
        tmp_path,
        index_dot_html=page('<script src="js/a.js"></script>'),
        js__a_dot_js="import './p'",
        js__p_dot_js=PIXEL,
        package_dot_json="{}",
    )
    (row,) = json.loads(pixellint("check", "--format", "json", str(tmp_path), cwd="/").out)["pages"]
    top = str(tmp_path)
    told = [one["chain"] for one in row["vendors"]]
    assert [[step.removeprefix(top.lstrip("/")).removeprefix(top).lstrip("/") for step in chain] for chain in told] == [
        ["index.html:3", "js/a.js:1", "js/p.js"]
    ]
