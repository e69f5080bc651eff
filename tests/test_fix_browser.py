"""`--fix` as a visitor's browser sees it: before, pages send data to vendors; after, they do not, and work as they did.

PIXELLINT_BROWSER=required in the environment makes a browser that is missing a failure; otherwise these tests are skipped, with a warning.
"""

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from browser import Browser, program
from browsing import Visit, visit
from cli_support import pixellint

EXAMPLES = Path(__file__).parent.parent / "examples"
TRACKED = sorted((EXAMPLES / "tracked-site").glob("*.html"))
PRACTICE = sorted((EXAMPLES / "practice-site").glob("*.html"))
META = (".facebook.com", ".facebook.net")
MISSING = "no Chromium: pages are not tried in a browser before and after --fix (install the package chromium)"
pytestmark = pytest.mark.filterwarnings("default:no Chromium")

STANDINS = {
    "https://code.jquery.com/jquery-3.7.1.min.js": (
        "text/javascript",
        """window.$ = window.jQuery = function (what) {
          if (typeof what === 'function') return void document.addEventListener('DOMContentLoaded', what);
          var all = document.querySelectorAll(what), each = function (act) { all.forEach(act); return self; };
          var self = {
            on: function (name, act) { return each(function (one) { one.addEventListener(name, act); }); },
            addClass: function (name) { return each(function (one) { one.classList.add(name); }); }
          };
          return self;
        };""",
    ),
    "https://cdn.ampproject.org/v0.js": (
        "text/javascript",
        """(function (act) {
          document.readyState === 'loading' ? addEventListener('DOMContentLoaded', act) : act();
        })(function () {
          document.querySelectorAll('amp-pixel').forEach(function (one) { new Image().src = one.getAttribute('src'); });
          document.querySelectorAll('amp-analytics[type=facebookpixel]').forEach(function (one) {
            var id = JSON.parse(one.querySelector('script').textContent).vars.pixelId;
            new Image().src = 'https://www.facebook.com/tr?noscript=1&ev=PageView&id=' + id;
          });
        });""",
    ),
}
"""What stands in for the libraries that pages load from elsewhere."""


class Sites(NamedTuple):
    """The folders of a site before and after, and what the fix printed."""

    before: Path
    after: Path
    told: str


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for all pages."""
    path = program()
    try:
        if path is None:
            raise RuntimeError("not installed")
        running = Browser(path)
    except (RuntimeError, OSError) as error:
        if os.environ.get("PIXELLINT_BROWSER") == "required":
            pytest.fail(f"{MISSING}: {error}")
        warnings.warn(f"{MISSING}: {error}", stacklevel=1)
        pytest.skip(f"{MISSING}: {error}")
    yield running
    running.close()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sites]:
    """The example sites, before and after."""
    return {name: fixed(EXAMPLES / name, tmp_path_factory.mktemp(name)) for name in ("practice-site", "tracked-site")}


def fixed(site: Path, room: Path) -> Sites:
    """A site and its copy on which `--fix` was let loose."""
    shutil.copytree(site, room / "before")
    shutil.copytree(site, room / "after")
    outcome = pixellint("check", ".", "--fix", cwd=room / "after")
    return Sites(room / "before", room / "after", outcome.out + outcome.err)


def of_meta(went: Visit) -> list[str]:
    """The hosts of Meta's that a page turned to."""
    return sorted(host for host in went.hosts() if f".{host}".endswith(META))


def compare(browser: Browser, sites: Sites, page: str) -> tuple[Visit, Visit]:
    """A page before and after, of which everything that is not the vendors' must be the same."""
    before, after = (visit(browser, folder, page, answers=STANDINS) for folder in (sites.before, sites.after))
    assert set(after.errors) <= set(before.errors), f"new errors on {page}"
    assert after.seen == before.seen
    assert [sent.split(" ")[:2] for sent in after.sent] == [sent.split(" ")[:2] for sent in before.sent]
    assert after.sent == before.sent
    assert after.hosts() - set(after.connected) <= before.hosts()
    return before, after


@pytest.mark.parametrize("page", [path.name for path in TRACKED])
def test_a_tracked_page_works_as_before_and_tells_meta_nothing(browser: Browser, sites: dict[str, Sites], page: str) -> None:
    before, after = compare(browser, sites["tracked-site"], page)
    assert of_meta(before)
    assert not of_meta(after), sites["tracked-site"].told


@pytest.mark.parametrize("page", [path.name for path in TRACKED])
def test_a_tracked_page_tells_meta_nothing_without_javascript(browser: Browser, sites: dict[str, Sites], page: str) -> None:
    before, after = (visit(browser, folder, page, scripts=False) for folder in sites["tracked-site"][:2])
    text = (sites["tracked-site"].before / page).read_text(encoding="utf-8")
    assert bool(of_meta(before)) == ("<noscript>" in text)
    assert not of_meta(after)


@pytest.mark.parametrize("page", [path.name for path in PRACTICE])
def test_a_page_of_the_practice_works_as_before(browser: Browser, sites: dict[str, Sites], page: str) -> None:
    before, after = compare(browser, sites["practice-site"], page)
    assert of_meta(before) == (["connect.facebook.net"] if page == "index.html" else [])
    assert not of_meta(after)


class TestTheDriver:
    """What the comparison rests on does happen: on the pages before the fix, by name."""

    @pytest.fixture
    def site(self, sites: dict[str, Sites]) -> Path:
        """The site after the fix."""
        return sites["tracked-site"].after

    def test_the_menu_opens(self, browser: Browser, site: Path) -> None:
        went = visit(browser, site, "index.html")
        assert "aria-expanded=false" in went.seen[0]
        assert "aria-expanded=true" in went.seen[-1]
        assert "id=menu class=open" in went.seen[-1]
        assert not went.errors

    def test_forms_are_sent(self, browser: Browser, site: Path) -> None:
        went = visit(browser, site, "book.html")
        assert [sent.split("?")[0] for sent in went.sent] == ["POST /booking", "POST /callback", "POST /reminder"]
        assert "email=someone%40example.org" in went.sent[0]

    def test_own_handlers_run(self, browser: Browser, site: Path) -> None:
        seen = visit(browser, site, "treatments.html").seen
        assert ["id=crowns hidden" in step for step in seen[:2]] == [True, False]
        assert "<SPAN id=phone>(555) 555-0199" in seen[0]

    def test_errors_are_seen(self, browser: Browser, tmp_path: Path) -> None:
        page = "<!doctype html><button type=button onclick='missing()'>x</button><script>console.error('one'); lost();</script>"
        (tmp_path / "a.html").write_text(page, encoding="utf-8")
        errors = visit(browser, tmp_path, "a.html").errors
        assert errors == ("one", "ReferenceError: lost is not defined", "ReferenceError: missing is not defined")

    def test_a_loader_that_goes_alone_is_seen(self, browser: Browser, tmp_path: Path) -> None:
        text = (EXAMPLES / "tracked-site" / "index.html").read_text(encoding="utf-8")
        begin, end = text.index("  <!-- Meta"), text.index("</head>")
        (tmp_path / "js").mkdir()
        shutil.copy(EXAMPLES / "tracked-site" / "js" / "site.js", tmp_path / "js")
        (tmp_path / "index.html").write_text(text[:begin] + text[end:], encoding="utf-8")
        went = visit(browser, tmp_path, "index.html")
        assert "ReferenceError: fbq is not defined" in went.errors
        assert "aria-expanded=true" not in went.seen[-1]


def test_nothing_is_left_of_meta_on_the_tracked_site(sites: dict[str, Sites]) -> None:
    outcome = pixellint("check", ".", "--format", "json", cwd=sites["tracked-site"].after)
    assert "meta-pixel/" not in outcome.out
    left = [
        path.name for path in sorted(sites["tracked-site"].after.rglob("*.*")) if path.name != "README.md" and b"fbq" in path.read_bytes()
    ]
    assert left == []
