"""The documentation site: it builds, loads nothing from anybody, links lead somewhere, and nothing is left out."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from linter.catalog import load_catalog
from linter.cli import command
from linter.completion import commands_of
from linter.configuration_settings import SCHEMA, SETTINGS
from linter.kinds import KINDS
from linter.leaflets import load_leaflets
from linter.options import FORMATS
from tests.cli_support import pixellint

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
LOADS = {
    "script": ("src",), "link": ("href",), "img": ("src", "srcset"), "iframe": ("src", "srcdoc"), "source": ("src", "srcset"),
    "video": ("src", "poster"), "audio": ("src",), "embed": ("src",), "object": ("data",), "form": ("action",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"), "base": ("href",), "input": ("src",), "body": ("background",),
}  # fmt: skip
"""Attributes whose address a browser fetches, or sends something to, without a click on a link."""


class Html(NamedTuple):
    """One built page: what it loads, what it links to, and what can be linked to in it."""

    loads: list[str]
    links: list[str]
    ids: set[str]
    tags: set[str]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Html([], [], set(), set())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.page.tags.update({tag, *(f"{tag}.{name}" for name in given.get("class", "").split())})
        self.page.loads.extend(given[key] for key in LOADS.get(tag, ()) if key in given)
        self.page.loads.extend(re.findall(r"url\(\s*['\"]?([^'\")]+)", given.get("style", "")))
        if tag == "a" and "href" in given:
            self.page.links.append(given["href"])
        self.page.ids.update(given[key] for key in ("id", "name") if key in given)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site. Skips where MkDocs is not installed, outside of CI."""
    missing = [name for name in ("mkdocs", "material") if importlib.util.find_spec(name) is None]
    if missing and not os.environ.get("CI"):
        pytest.skip("THE DOCUMENTATION SITE IS NOT TESTED: mkdocs-material is not installed (pip install -e '.[dev,docs]')")
    folder = tmp_path_factory.mktemp("site")
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "NO_MKDOCS_2_WARNING": "1"}
    line = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(line, cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr
    return folder


@pytest.fixture(scope="module")
def built(site: Path) -> dict[str, Html]:
    """All pages, by their path in the site."""
    pages = {}
    for path in sorted(site.rglob("*.html")):
        parser = _Parser()
        parser.feed(path.read_text(encoding="utf-8"))
        pages[path.relative_to(site).as_posix()] = parser.page
    return pages


def test_nothing_is_loaded_from_another_host(built: dict[str, Html]) -> None:
    assert len(built) > 120
    for name, page in built.items():
        assert [url for url in page.loads if urlsplit(url).scheme not in ("", "data") or url.startswith("//")] == [], name
        # What makes the theme's own script load a library from elsewhere.
        assert not {tag for tag in page.tags if tag.endswith(".mermaid")}, name
        assert "script" in page.tags


def test_the_browser_is_told_to_load_nothing_from_elsewhere(site: Path, built: dict[str, Html]) -> None:
    policy = re.search(
        r'http-equiv="Content-Security-Policy" content="([^"]+)"', (DOCS / "overrides" / "main.html").read_text(encoding="utf-8")
    )
    assert policy
    assert policy[1].startswith("default-src 'self';")
    assert re.findall(r"https?:|\*|//", policy[1]) == []
    for name in built:
        text = (site / name).read_text(encoding="utf-8")
        assert text.find(policy[1]) < text.find("<script"), name
        assert text.find("<link") > text.find(policy[1]) > 0, name


def test_styles_and_scripts_ask_nobody(site: Path) -> None:
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"@import|url\(\s*['\"]?(?:https?:)?//[^)]*", styles) == []
    own = [*DOCS.rglob("*.css"), *DOCS.rglob("*.js"), *DOCS.rglob("*.html")]
    assert [path.name for path in own if re.search(r"(?:https?:)?//\w", path.read_text(encoding="utf-8"))] == []
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "font: false" in config
    assert not re.search(r"analytics|social|repo_url|site_url|cdn", config)


def test_links_and_anchors_lead_somewhere(site: Path, built: dict[str, Html]) -> None:
    wrong = []
    for name, page in built.items():
        for url in page.links if name != "404.html" else ():
            parts = urlsplit(url)
            if parts.scheme or parts.netloc:
                continue
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            where = os.path.relpath(os.path.normpath(target), site).replace(os.sep, "/")
            if not (site / where).is_file() or (parts.fragment and where in built and unquote(parts.fragment) not in built[where].ids):
                wrong.append(f"{name}: {url}")
    assert wrong == []


def test_links_elsewhere_are_https_and_to_real_hosts(built: dict[str, Html]) -> None:
    outside = {url for page in built.values() for url in page.links if urlsplit(url).netloc}
    assert len(outside) > 200
    assert sorted(url for url in outside if not re.match(r"https?://[\w.-]+\.[a-z]{2,}(?:[/?#]|$)", url)) == []
    written = {url for text in PAGES.values() for url in re.findall(r"\]\((http[^)]+)", text)}
    assert [url for url in written if not url.startswith("https://")] == []


def test_each_vendor_and_each_kind_has_its_page(site: Path, built: dict[str, Html]) -> None:
    vendors = load_catalog().vendors
    assert {f"vendors/{vendor}.html" for vendor in vendors} | {"vendors/index.html"} == {
        name for name in built if name.startswith("vendors/")
    }
    assert {f"kinds/{kind}.html" for kind in KINDS} | {"kinds/index.html"} == {name for name in built if name.startswith("kinds/")}
    assert {f"{vendor}.html" for vendor in vendors} <= set(built["vendors/index.html"].links)
    assert {f"{kind}.html" for kind in KINDS} <= set(built["kinds/index.html"].links)
    assert (site / "configuration.schema.json").read_text(encoding="utf-8") == SCHEMA.read_text(encoding="utf-8")


def words(text: str) -> str:
    """What a person reads of a page."""
    import html

    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", text))).split())


def test_a_vendor_s_page_has_all_that_its_leaflet_says(site: Path) -> None:
    for leaflet in load_leaflets():
        text = words((site / "vendors" / f"{leaflet['id']}.html").read_text(encoding="utf-8"))
        said = [leaflet["name"], leaflet["company"], leaflet["consequence"], *leaflet["text"].values(), str(leaflet["last_reviewed"])]
        said += [source["title"] for source in (*leaflet["sources"], *leaflet["baa"].get("sources", ()))]
        said += [case["name"] for case in leaflet["case"]]
        assert [one for one in said if " ".join(one.split()) not in text] == [], leaflet["id"]
        assert [rule for rule in load_catalog().vendors[leaflet["id"]].rules if rule not in text] == []
        assert "What is no finding" in text


def test_no_page_names_a_path_of_this_machine(site: Path) -> None:
    private = {str(ROOT), str(site), sys.prefix, os.path.expanduser("~") + "/"} - {"/", "//"}
    for path in site.rglob("*"):
        if path.suffix in (".html", ".json", ".xml", ".css"):
            text = path.read_text(encoding="utf-8")
            assert [one for one in private if one in text] == [], path.name


def squeezed(text: str) -> str:
    """A text without the blanks that colouring puts between words."""
    return re.sub(r"\s+", "", text)


def test_settings_options_inputs_and_formats_are_all_there(site: Path) -> None:
    names = ("configuration", "commands", "ci", "outputs", "exit-statuses")
    configuration, commands, ci, outputs, statuses = (words((site / f"{name}.html").read_text(encoding="utf-8")) for name in names)
    assert [key for key, field in SETTINGS.fields.items() if f"{key} " not in configuration or field.help not in configuration] == []
    for one in commands_of(command()):
        assert f"pixellint {one.name}" in commands
        assert [name for option in one.options for name in option.names if name not in commands] == []
    action: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    for name, row in {**action["inputs"], **action["outputs"]}.items():
        assert f"{name} {' '.join(row['description'].split())}" in ci
    for path in sorted((ROOT / "examples" / "ci").glob("*.yml")):
        assert squeezed(path.read_text(encoding="utf-8")) in squeezed(ci), path.name
    assert [name for name in FORMATS if name not in outputs] == []
    assert "interrupted" in statuses


def test_every_page_is_in_the_menu() -> None:
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]
    assert sorted(re.findall(r"- (?:Home: )?([\w-]+\.md)", menu)) == sorted(PAGES)


def test_the_problem_matcher_matches(tmp_path: Path) -> None:
    body = re.search(r'```json title="\.vscode/tasks\.json"\n(.*?)^```', PAGES["editors.md"], re.M | re.S)
    assert body
    task = json.loads(body[1])["tasks"][0]
    (tmp_path / "a.html").write_text("<script>fbq('init', '1029384756102938');</script>\n", encoding="utf-8")
    out = pixellint(*task["args"], cwd=tmp_path).out
    pattern = task["problemMatcher"]["pattern"]
    match = re.search(pattern["regexp"], out, re.M)
    assert match
    assert match.group(*(pattern[key] for key in ("file", "line", "column", "severity", "code"))) == (
        "a.html",
        "1",
        "9",
        "error",
        "meta-pixel/init",
    )
