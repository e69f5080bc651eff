"""Build output that is committed beside its sources: each page is listed once."""

import pytest

from linter.findings import Finding
from linter.reach.follow import Reached, follow
from linter.text import Place

HTML = "<!doctype html><title>{}</title>"
NEXT = {
    "package.json": '{"dependencies": {"next": "*"}}',
    "pages/_app.js": "import '../lib/pixel'\nexport default ({ Component }) => <Component/>",
    "pages/index.js": "export default () => <p/>",
    "pages/book.js": "export default () => <p/>",
    "pages/team/[name].js": "export default () => <p/>",
    "lib/pixel.js": "fbq('init', '1')",
}
OUT = {
    "index.html": HTML.format("Home"),
    "book.html": HTML.format("Book"),
    "team/ann/index.html": HTML.format("Ann"),
    "old/index.html": HTML.format("Old"),
}


def reached(files: dict[str, str], *wanted: str) -> Reached:
    place = Place(1, 1, 0)
    findings = [Finding("a/b", "a", "init", "error", "active", path, place, place, (), None, "", "", (), path) for path in wanted]
    return follow(findings, files, files.__getitem__)


def below(folder: str, files: dict[str, str]) -> dict[str, str]:
    return {f"{folder}/{path}": text for path, text in files.items()}


def chains(found: Reached, path: str) -> dict[str, tuple[str, ...]]:
    return {way.page: way.chain for way in found.arrivals[path]}


def test_without_build_output_the_routes_are_the_pages() -> None:
    assert [page.path for page in reached(NEXT).pages] == ["/", "/book", "/team/[name]"]


@pytest.mark.parametrize("folder", ["out", "dist", "build"])
def test_a_built_page_stands_for_its_route(folder: str) -> None:
    found = reached(
        NEXT | below(folder, OUT) | {f"{folder}/book.html": "<!doctype html><script>1</script>"}, "lib/pixel.js", f"{folder}/book.html"
    )
    titles = {"book.html": "", "index.html": "Home", "old/index.html": "Old", "team/ann/index.html": "Ann"}
    assert {page.path: page.title for page in found.pages} == below(folder, titles)
    assert chains(found, "lib/pixel.js") == {
        f"{folder}/book.html": ("pages/book.js:1 (every page)", "pages/_app.js:1", "lib/pixel.js"),
        f"{folder}/index.html": ("pages/index.js:1 (every page)", "pages/_app.js:1", "lib/pixel.js"),
        f"{folder}/team/ann/index.html": ("pages/team/[name].js:1 (every page)", "pages/_app.js:1", "lib/pixel.js"),
    }
    assert chains(found, f"{folder}/book.html") == {f"{folder}/book.html": (f"{folder}/book.html",)}


def test_a_folder_without_a_home_page_and_another_site_are_no_build_output() -> None:
    only = {"out/book.html": OUT["book.html"]}
    assert len(reached(NEXT | only).pages) == 4
    assert len(reached(below("a", NEXT) | below("b/out", OUT)).pages) == 3 + 4
    assert len(reached(below("a", NEXT) | below("a/out", OUT)).pages) == 4


def test_what_a_framework_copies_is_no_build_output() -> None:
    assert len(reached(NEXT | below("public", OUT)).pages) == 3 + 4


def test_docs_is_build_output_where_a_configuration_says_so() -> None:
    assert len(reached(NEXT | below("docs", OUT)).pages) == 3 + 4
    assert len(reached(NEXT | below("docs", OUT) | {"next.config.js": "module.exports = { distDir: 'docs' }"}).pages) == 4


def test_a_file_that_both_pull_in_gets_there_once() -> None:
    files = NEXT | below("out", OUT) | {"out/index.html": HTML.format("Home") + "<script src='../lib/pixel.js'></script>"}
    assert chains(reached(files, "lib/pixel.js"), "lib/pixel.js")["out/index.html"] == ("out/index.html:1", "lib/pixel.js")


def test_generators() -> None:
    hugo = {
        "hugo.toml": "",
        "content/_index.md": "+++\n+++\n",
        "content/about.md": "+++\ntitle = 'About'\n+++\n",
        "content/news/a.md": "+++\n+++\n",
        "layouts/_default/single.html": "<html>",
        "layouts/index.html": "<html>",
        "layouts/_default/list.html": "<html>",
    }
    public = {path: HTML.format("") for path in ("index.html", "about/index.html", "news/index.html", "news/a/index.html")}
    assert {page.path for page in reached(hugo | below("public", public)).pages} == set(below("public", public))
    jekyll = {
        "_config.yml": "",
        "index.md": "---\nlayout: a\n---\n",
        "_posts/2020-01-02-hello.md": "---\nlayout: a\n---\n",
        "_layouts/a.html": "<html>",
    }
    built = {path: HTML.format("") for path in ("index.html", "news/2020/01/02/hello.html")}
    assert {page.path for page in reached(jekyll | below("_site", built)).pages} == set(below("_site", built))


def test_what_a_script_makes_of_a_built_page_is_told_by_its_source() -> None:
    form = "<form><input name='name'/><textarea name='message'/></form>"
    rest = {path: text for path, text in NEXT.items() if path != "pages/book.js"}
    files = rest | below("out", OUT) | {"pages/book.jsx": f"export default () => {form}"}
    (page,) = [page for page in reached(files).pages if page.path == "out/book.html"]
    assert [(one.kind, one.path) for one in page.forms] == [("contact", "pages/book.jsx")]
