"""Findings to installations: which belong to one way in."""

from pathlib import Path

import pytest

from linter.discovery import Settings
from linter.findings import Finding
from linter.installations import Installation, installations
from linter.options import check_options
from linter.run import run
from linter.text import Place
from tests.cli_support import pixellint
from tests.containers import export, html

ID = "5039284756102938"
BASE = (
    "<script>!function(f,b,e,v){}(window,document,'script','https://connect.facebook.net/en_US/fbevents.js');\n"
    f"fbq('init', '{ID}'); fbq('track', 'PageView');</script>\n"
    f"<noscript><img src='https://www.facebook.com/tr?id={ID}&ev=PageView&noscript=1'></noscript>\n"
)


def site(folder: Path, **files: str | bytes) -> tuple[Installation, ...]:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return installations(run(check_options((".",)), Settings(str(folder), {}, 10_000_000)).findings)


def told(rows: tuple[Installation, ...]) -> list[tuple[str, str, str | None, str, int]]:
    return [(row.vendor, row.way, row.account, row.by, len(row.findings)) for row in rows]


def test_code_of_one_account_in_several_files_is_one(tmp_path: Path) -> None:
    rows = site(tmp_path, index_dot_html=BASE, book_dot_html=BASE, js__lead_dot_js="fbq('track', 'Lead');")
    assert told(rows) == [("meta-pixel", "code", ID, "book.html", 3)]


def test_two_accounts_are_two(tmp_path: Path) -> None:
    rows = site(tmp_path, index_dot_html=BASE, book_dot_html=BASE.replace(ID, "7039284756102931"))
    assert [row.account for row in rows] == [ID, "7039284756102931"]
    assert all(row.twins == () for row in rows)


def test_the_same_account_on_two_ways_is_said(tmp_path: Path) -> None:
    files = {"index_dot_html": BASE, "gtm_dot_json": export([html(1, "Base")])}
    rows = site(tmp_path, **files)
    assert told(rows) == [("meta-pixel", "code", ID, "index.html", 1), ("meta-pixel", "container", ID, "GTM-AB12CD3", 1)]
    assert [row.twins for row in rows] == [(2,), (1,)]
    out = pixellint("check", ".", cwd=tmp_path).out
    assert "2 installations (each is one way in, to be taken out as a whole):" in out
    assert "the same account also comes in by 2 (fired by the container GTM-AB12CD3): removing one leaves the other" in out


def test_each_finding_is_in_exactly_one(tmp_path: Path) -> None:
    hint = '<link rel="preconnect" href="https://connect.facebook.net">\n'
    site(tmp_path, index_dot_html=hint + BASE, a_dot_html=hint, gtm_dot_json=export([html(1, "Base")]))
    result = run(check_options((".",)), Settings(str(tmp_path), {}, 10_000_000))
    rows = installations(result.findings)
    assert sorted(number for row in rows for number in row.findings) == list(range(len(result.findings)))


def test_what_the_server_sends_is_told_by_the_category_of_its_leaflet(monkeypatch: pytest.MonkeyPatch) -> None:
    from linter.catalog import load_catalog

    place = Place(0, 1, 1)
    rows = [
        Finding(f"{vendor}/event-call", vendor, "event-call", "error", "active", path, place, place, (), None, "", "", (), path)
        for vendor, path in (("meta-capi", "a.php"), ("meta-pixel", "a.js"), ("of-nobody", "b.js"))
    ]
    calls = [row._replace(kind="init", rule=f"{row.vendor}/init") for row in rows]
    assert {row.vendor: row.way for row in installations(calls)} == {"meta-capi": "server", "meta-pixel": "code", "of-nobody": "code"}
    pixel = load_catalog().vendors["meta-pixel"]
    monkeypatch.setitem(load_catalog().vendors, "meta-pixel", pixel._replace(category="server-side"))
    assert {row.vendor: row.way for row in installations(calls)}["meta-pixel"] == "server"


def test_a_plugin_that_is_known_by_its_script_alone_is_told_as_one(tmp_path: Path) -> None:
    page = '<script src="https://www.example.com/wp-content/plugins/pixelyoursite/dist/scripts/public.js"></script>\n'
    for name in ("saved.html", "other.html"):
        (tmp_path / name).write_text(page, encoding="utf-8")
    assert "  1. Meta Pixel: brought by a plugin; 2 findings in 2 files\n" in pixellint("check", cwd=tmp_path).out
