"""The HTML report: what it tells, that it is a whole and accessible page, and that no text of a file becomes markup."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.agreements import Agreement
from linter.catalog import load_catalog
from linter.evidence import State
from linter.findings import Finding, Related, Result, Severity, Skipped, Suppressed
from linter.reach.model import Form, Page
from linter.reach.rows import Carried, PageRow
from linter.reports import html_style, html_vendors, vendors
from linter.reports.html import render
from linter.reports.html_markup import Markup, element, joined, link
from linter.reports.html_style import DARK, LIGHT, STYLE
from linter.text import Place
from tests.cli_support import finding, pixellint, same_as_snapshot, tree
from tests.test_reports import HOSTILE, some

VOID = {"meta", "br"}
MARKUP = "<script>alert(1)</script><img src=x onerror=y>\"'&lt;"


class Document(HTMLParser):
    """A page as a browser takes it: elements with their attributes and texts, and whether all are closed in order."""

    def __init__(self, told: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.misplaced: list[str] = []
        self.feed(told)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if not self.open or self.open.pop() != tag:
            self.misplaced.append(tag)

    def handle_data(self, data: str) -> None:
        """Text in the innermost element."""
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of all elements of a name."""
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self) -> str:
        """What the page says."""
        return " ".join(" ".join(text for tag, text in self.texts if tag != "style").split())


def page_row(number: int, kind: str = "other", state: State = "active", **more: str) -> PageRow:
    """A page with the pixel."""
    form = Form("appointment", "Calendly", "book.html", 3, tuple(f"field {count}" for count in range(10)))
    carried = (
        Carried("meta-pixel", "meta-pixel/init", "header.php:3", state, (f"page{number}.html:12", "header.php:3"), without_js=True),
        Carried("meta-pixel", "meta-pixel/init", "header.php:3", "consent-gated", (f"page{number}.html",), scope="on all pages"),
    )
    forms = (form,) if kind == "appointment" else ()
    return PageRow(
        Page(f"page{number}.html", f"page{number}.html", more.get("title", ""), kind, forms, more.get("stands_for", "")), carried
    )


def full() -> Result:
    """A result with something of everything."""
    pages = (page_row(1), page_row(2, "appointment", title="Book <b>now</b>"), page_row(3, stands_for="every post"))
    agreement = Agreement("callrail", "2026-02-01", "2027-02-01", "contract 17")
    call = finding("call.html", b"fbq", 0, "note")._replace(rule="callrail/loader", vendor="callrail", kind="loader", agreement=agreement)
    aside = Suppressed(finding("aside.html", b"fbq", 0), "agreed with <b>counsel</b>", "2027-01-01", "comment")
    failed = Skipped("locked.html", "unreadable: Permission denied", failed=True)
    found = sorted((*some().findings, call), key=lambda row: row.order)
    return Result(tuple(found), (*some().skipped, failed), 120, pages, (aside,), 2)


@pytest.fixture
def leaflet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A leaflet that does not change."""
    chapters = {"what": "What\nit is.", "why": "Why it matters.", "how_in": "How.", "remove": "Take it out.", "instead": "Use this."}
    monkeypatch.setattr(vendors, "load_leaflet", lambda vendor: {"text": chapters, "sources": []})


class TestWhatItTells:
    """The contents."""

    def test_whole(self, leaflet: None) -> None:
        same_as_snapshot("report.html", render(full()).replace(STYLE, "(style)").replace("><", ">\n<"))

    def test_of_each_vendor_who_it_is_and_its_agreement_with_source_and_date(self, tmp_path: Path) -> None:
        codes = {
            "a": "<script src='//connect.facebook.net/en_US/fbevents.js'></script>",
            "b": "<script src='//cdn.callrail.com/x.js'></script>",
        }
        codes["c"] = "<script src='https://www.googletagmanager.com/gtag/js?id=G-MPL7ST4X2Q'></script>"
        tree(tmp_path, {f"{name}.html": code for name, code in codes.items()})
        document = json.loads(pixellint("check", "--format", "json", cwd=tmp_path).out)
        page = Document(pixellint("check", "--format", "html", cwd=tmp_path).out)
        assert len(document["summary"]["vendor"]) >= 2
        for name in document["summary"]["vendor"]:
            vendor = load_catalog().vendors[name]
            assert vendor.consequence in page.text()
            assert vendor.baa_statement.removeprefix("Not verified: ")[1:] in page.text()
            for title, url, date in vendor.baa_sources:
                assert f"{title} , seen {date}" in page.text() or f"{title}, seen {date}" in page.text()
                assert url in [row.get("href") for row in page.all("a")]

    def test_pages_and_forms(self) -> None:
        text = Document(render(full())).text()
        assert (
            "Of 3 pages that were recognised, 3 carry trackers. 1 is on a sensitive matter or with a form; 1 of these carry trackers."
            in text
        )
        assert "Pages with Meta Pixel: 3 of 3" in text
        assert text.index("page2.html Book") < text.index("page1.html")
        assert "appointment and booking pages appointment form (Calendly): field 0, field 1, field 2" in text
        assert "field 7 … runs, without JavaScript too page2.html:12 → header.php:3 stands in the page itself (on all pages)" in text
        assert "page3.html stands for every post" in text

    def test_no_more_pages_than_can_be_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(html_vendors, "MAX_PAGES", 2)
        assert "And 1 more, which pixellint pages lists." in Document(render(full())).text()

    def test_without_pages(self) -> None:
        text = Document(render(some())).text()
        assert "Not followed: the files were checked one by one" in text
        assert "not followed" in text
        other = full()._replace(pages=(PageRow(Page("a", "a"), ()),))
        assert "None of the 1 page that were recognised pulls this code in." in Document(render(other)).text()

    def test_installations_and_plans(self) -> None:
        text = Document(render(full())).text()
        assert text.count("remove the snippet with its noscript part and all calls of it in one change") >= 1
        assert "Hand them to whoever looks after it." in text

    def test_what_was_not_read(self) -> None:
        text = Document(render(full())).text()
        assert (
            "These could not be read, or not to their end, so what is in them is not known: locked.html : unreadable: Permission denied"
            in text
        )
        assert "binary: 2 excluded by default: 1 All 3, one by one logo.png : binary: .png" in text
        assert "120 files read, and nothing left out." in Document(render(full()._replace(skipped=()))).text()

    def test_agreements_suppressions_and_baselines(self) -> None:
        text = Document(render(full())).text()
        assert "not verified; an agreement is named in the configuration" in text
        assert "the label is one level lower" in text
        assert "The configuration names an agreement of 2026-02-01 (contract 17), until 2027-02-01" in text
        assert "agreed with <b>counsel</b> 2027-01-01 a comment" in text
        assert "2 findings that a baseline lists as known are left out as well." in text
        assert "set aside" not in Document(render(some())).text()

    def test_nothing_found(self) -> None:
        page = Document(render(Result((), (), 3)))
        assert "No tracker was found. 3 files of this website were read." in page.text()
        assert "no proof about the website" in page.text()
        assert [row["id"] for row in page.all("section")] == ["summary", "unread", "limits", "words"]
        failed = Document(render(Result((), (Skipped("a", "unreadable: x", failed=True),), 1)))
        assert "No tracker was found in what could be read, but not everything could. 1 file of this website was read." in failed.text()
        assert "1 finding by rules that were not selected is left out." in Document(render(Result((), (), 1), hidden=1)).text()

    def test_what_files_cannot_show(self) -> None:
        page = Document(render(Result((), (), 3)))
        assert "https://themarkup.org/blacklight" in [row.get("href") for row in page.all("a")]
        assert "Tag Manager container holds that is not exported" in page.text()

    def test_no_legal_conclusions(self) -> None:
        text = Document(render(full())).text().lower()
        assert not re.search(r"violat|illegal|unlawful|non-?complian|breach|must comply", text)
        assert "it is no legal advice and does not say whether a law was broken" in text

    def test_no_time_and_no_place_of_this_machine(self, tmp_path: Path) -> None:
        site = tree(tmp_path / "site", {"a.html": "<script>fbq('init', '1029384756102938');</script>"})
        told = pixellint("check", ".", "--format", "html", cwd=site).out
        assert str(tmp_path) not in told
        assert told == pixellint("check", ".", "--format", "html", cwd=site).out

    def test_it_is_no_finding_itself(self, tmp_path: Path) -> None:
        site = Path(__file__).parent.parent / "examples" / "practice-site"
        pixellint("check", ".", "--output", f"html:{tmp_path / 'report.html'}", "--output", f"markdown:{tmp_path / 'report.md'}", cwd=site)
        assert json.loads(pixellint("check", ".", "--format", "json", cwd=tmp_path).out)["findings"] == []


@pytest.fixture(scope="module")
def page() -> Document:
    """A report with something of everything."""
    return Document(render(full()))


class TestThePage:
    """Whole, self-contained, accessible."""

    def test_whole(self, page: Document) -> None:
        assert render(full()).startswith('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">')
        assert (page.open, page.misplaced) == ([], [])
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        named = [attributes["aria-labelledby"] for _, attributes in page.elements if "aria-labelledby" in attributes]
        targets = [row["href"][1:] for row in page.all("a") if row["href"].startswith("#")]
        assert set(named) | set(targets) <= set(ids)

    def test_nothing_is_loaded_and_nothing_runs(self, page: Document) -> None:
        assert {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe", "object", "form", "base", "svg", "video"} == set()
        attributes = {name for _, row in page.elements for name in row}
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "srcset", "style", "background", "action")]
        assert not re.search(r"url\(|@import|expression|behavior", STYLE)
        policy = next(row["content"] for row in page.all("meta") if row.get("http-equiv") == "Content-Security-Policy")
        assert policy.startswith("default-src 'none'")
        assert {row["rel"] for row in page.all("a") if row["href"].startswith("https:")} == {"noopener noreferrer"}

    def test_landmarks_and_headings(self, page: Document) -> None:
        names = [tag for tag, _ in page.elements]
        assert [names.count(tag) for tag in ("header", "nav", "main", "footer", "h1", "title")] == [1] * 6
        levels = [int(tag[1]) for tag in names if re.fullmatch(r"h[1-6]", tag)]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert names[names.index("body") + 1] == "a"
        assert page.all("a")[0] == {"href": "#report", "class": "skip"}
        assert page.all("nav")[0] == {"aria-label": "Contents"}

    def test_tables(self, page: Document) -> None:
        names = [tag for tag, _ in page.elements]
        assert names.count("table") == names.count("caption") >= 4
        assert all(row.get("scope") in ("col", "row") for row in page.all("th"))
        assert all(row.get("data-label") for row in page.all("td"))

    def test_nothing_is_told_by_color_alone(self, page: Document) -> None:
        badges = [index for index, (_, row) in enumerate(page.elements) if "badge" in row.get("class", "")]
        assert len(badges) > 5
        assert {text for tag, text in page.texts if tag == "span"} >= {"Error", "Warning", "Note"}

    @pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
    def test_contrast(self, colors: dict[str, str]) -> None:
        pairs = [(name, ground) for name in ("ink", "soft", "link") for ground in ("paper", "panel")]
        pairs += [(f"on-{name}", name) for name in ("error", "warning", "mark")] + [("note", "paper")]
        assert {
            pair: round(contrast(colors[pair[0]], colors[pair[1]]), 2) for pair in pairs if contrast(colors[pair[0]], colors[pair[1]]) < 4.5
        } == {}

    def test_both_schemes_and_print(self) -> None:
        assert set(LIGHT) == set(DARK)
        used = set(re.findall(r"var\(--([\w-]+)\)", STYLE))
        assert used == set(LIGHT)
        assert "@media (prefers-color-scheme:dark)" in STYLE
        assert "@media print" in STYLE
        assert STYLE.count("{") == STYLE.count("}")
        assert html_style.STYLE.isascii()


def contrast(one: str, other: str) -> float:
    """The ratio that WCAG defines."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    """Of a color `#rrggbb`, as WCAG defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def hostile(words: str, severity: Severity = "error") -> Result:
    """A result in which every text is `words`."""
    related = Related(words, Place(1, 1, 0), Place(1, 1, 0), words)
    found: Finding = finding(words, b"fbq", 0, severity)._replace(
        message=words, help=words, account=words, related=(related,), via=(words,), lines=(words,)
    )
    page = Page(words, words, words, words, (Form(words, words, words, 1, (words,)),), words)
    pages = (PageRow(page, (Carried("meta-pixel", words, words, "active", (words, words), scope=words),)),)
    aside = Suppressed(found, words, words, "configuration")
    return Result((found,), (Skipped(words, words, failed=True), Skipped(words, words)), 1, pages, (aside,))


@pytest.mark.parametrize("words", [MARKUP, HOSTILE, '"><x>', "</style></title></script>", "a\nb\rc", "\ud800\udce9", ""])
def test_no_text_becomes_markup(words: str) -> None:
    told = render(hostile(words))
    page = Document(told)
    assert (page.open, page.misplaced) == ([], [])
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in Document(render(hostile("x"))).elements}
    assert told.encode("utf-8")
    assert not set("\x1b\u202e\u200b\x07") & set(told)


@given(st.text(st.characters(), min_size=1, max_size=20))
def test_any_text_stays_text(words: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vendors, "load_leaflet", lambda vendor: {})
        expected = [tag for tag, _ in Document(render(hostile("x"))).elements]
        page = Document(render(hostile(words)))
    assert [tag for tag, _ in page.elements] == expected
    assert page.misplaced == []


class TestMarkup:
    """Elements."""

    def test_what_is_no_markup_is_escaped(self) -> None:
        assert element("p", "<b>", Markup("<i>x</i>"), title='"') == '<p title="&quot;">&lt;b&gt;<i>x</i></p>'
        assert element("br", class_="") == "<br>"
        assert joined(["a", Markup("<br>")], " & ") == "a &amp; <br>"

    def test_links_lead_to_the_web_only(self) -> None:
        assert "href" in link("a", "https://example.org/?a=1&b=2")
        assert link("a", "javascript:alert(1)") == "a"
