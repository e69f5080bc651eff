"""`check --fix`, `--diff` and the suggestions of reports, through the program."""

import json
import os
import stat
from base64 import b64encode
from hashlib import sha256, sha384
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.cli_support import git, pixellint, tree

SNIPPET = """\
<!-- Meta Pixel Code -->
<script>
!function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?
n.callMethod.apply(n,arguments):n.queue.push(arguments)};if(!f._fbq)f._fbq=n;
n.push=n;n.loaded=!0;n.version='2.0';n.queue=[];t=b.createElement(e);t.async=!0;
t.src=v;s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}(window,
document,'script','https://connect.facebook.net/en_US/fbevents.js');
fbq('init', '1029384756102938');
fbq('track', 'PageView');
</script>
<noscript><img height="1" width="1" src="https://www.facebook.com/tr?id=1029384756102938&ev=PageView&noscript=1"></noscript>
<!-- End Meta Pixel Code -->
"""
PAGE = f"<!doctype html>\n<html><head>\n<title>Zähne</title>\n{SNIPPET}</head>\n<body><p>Hello</p></body></html>\n"
CLEAN = "<!doctype html>\n<html><head>\n<title>Zähne</title>\n</head>\n<body><p>Hello</p></body></html>\n"
CALL = "menu.open();\nfbq('track', 'Lead');\nmenu.close();\n"
HARD = "const sent = fbq('track', 'Lead');\nshow(sent);\n"


def files(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}


def test_a_site_is_clean_afterwards(tmp_path: Path) -> None:
    tree(tmp_path, {"index.html": PAGE, "js/menu.js": CALL})
    outcome = pixellint("check", "--fix", cwd=tmp_path)
    assert outcome.status == 0
    assert outcome.err == "pixellint: fixed 2 findings in 2 files\n"
    assert outcome.out.startswith("No tracking pixels found; 2 files read.\n")
    assert files(tmp_path) == {"index.html": CLEAN, "js/menu.js": "menu.open();\nmenu.close();\n"}


def test_twice_is_once(tmp_path: Path) -> None:
    tree(tmp_path, {"index.html": PAGE})
    pixellint("check", "--fix", cwd=tmp_path)
    before = files(tmp_path)
    outcome = pixellint("check", "--fix", cwd=tmp_path)
    assert (outcome.status, outcome.err, files(tmp_path)) == (0, "pixellint: fixed nothing\n", before)


def test_a_loader_stays_where_something_would_miss_it(tmp_path: Path) -> None:
    tree(tmp_path, {"header.html": SNIPPET, "js/form.js": HARD})
    outcome = pixellint("check", "--fix", cwd=tmp_path)
    assert outcome.status == 1
    assert files(tmp_path) == {"header.html": SNIPPET, "js/form.js": HARD}
    assert "header.html:7:20 meta-pixel/base-code: fbq is still used in js/form.js:1, and would be missing there" in outcome.out


def test_files_that_were_not_named_count_too(tmp_path: Path) -> None:
    tree(tmp_path, {"header.html": SNIPPET, "js/form.js": HARD, "js/menu.js": CALL})
    assert pixellint("check", "--fix", "header.html", cwd=tmp_path).status == 1
    assert files(tmp_path) == {"header.html": SNIPPET, "js/form.js": HARD, "js/menu.js": CALL}


def test_one_page_does_not_hold_up_another(tmp_path: Path) -> None:
    tree(tmp_path, {"index.html": PAGE, "book.html": PAGE.replace("</script>", HARD + "</script>", 1)})
    pixellint("check", "--fix", cwd=tmp_path)
    assert files(tmp_path)["index.html"] == CLEAN
    assert "fbevents.js" in files(tmp_path)["book.html"]


def test_a_script_that_runs_only_as_it_is_stays(tmp_path: Path) -> None:
    body = "\nmenu();\nfbq('track', 'Lead');\n"
    inline = b64encode(sha256(body.encode()).digest()).decode()
    whole = b64encode(sha384(CALL.encode()).digest()).decode()
    site = {
        "a.html": f"<!doctype html>\n<script>{body}</script>\n",
        "b.html": f'<script src="js/menu.js" integrity="sha384-{whole}"></script>\n',
        "js/menu.js": CALL,
        "_headers": f"/*\n  Content-Security-Policy: script-src 'self' 'sha256-{inline}'\n",
    }
    tree(tmp_path, site)
    out = pixellint("check", "--fix", cwd=tmp_path).out
    assert files(tmp_path) == site
    assert "a.html:4:1 meta-pixel/event-call: the hash of its script stands in _headers" in out
    assert "js/menu.js:2:1 meta-pixel/event-call: the hash of its script stands in b.html" in out


def test_a_diff_is_shown_and_nothing_written(tmp_path: Path) -> None:
    tree(tmp_path, {"js/menu.js": CALL})
    outcome = pixellint("check", "--diff", cwd=tmp_path)
    assert outcome.out == ("--- a/js/menu.js\n+++ b/js/menu.js\n@@ -1,3 +1,2 @@\n menu.open();\n-fbq('track', 'Lead');\n menu.close();\n")
    assert outcome.err == "pixellint: would fix 1 finding in 1 file\n"
    assert outcome.status == 1
    assert files(tmp_path) == {"js/menu.js": CALL}


def test_a_file_that_is_empty_then_is_told(tmp_path: Path) -> None:
    tree(tmp_path, {"js/pixel.js": "fbq('track', 'Lead');\n"})
    assert "now: js/pixel.js is empty; delete it, and what loads it" in pixellint("check", "--fix", cwd=tmp_path).err
    assert files(tmp_path) == {"js/pixel.js": ""}


def test_what_git_could_not_give_back_stays(tmp_path: Path) -> None:
    tree(tmp_path, {"saved.html": PAGE, "staged.html": PAGE, "changed.html": CLEAN, "new.html": PAGE})
    git(tmp_path, "init")
    git(tmp_path, "add", "saved.html", "changed.html")
    git(tmp_path, "commit", "-m", "x")
    git(tmp_path, "add", "staged.html")
    (tmp_path / "changed.html").write_bytes(PAGE.encode())
    outcome = pixellint("check", "--fix", cwd=tmp_path)
    assert files(tmp_path) == {"saved.html": CLEAN, "staged.html": CLEAN, "changed.html": PAGE, "new.html": PAGE}
    assert outcome.status == 1
    why = "it has changes that git could not give back; stage or commit it, or add --allow-dirty"
    assert f"  changed.html:10:20 meta-pixel/base-code: {why}\n  new.html:10:20 meta-pixel/base-code: {why}\n" in outcome.out
    git(tmp_path, "checkout", "--", "saved.html", "staged.html")
    assert files(tmp_path)["staged.html"] == PAGE
    assert pixellint("check", "--fix", "--allow-dirty", cwd=tmp_path).status == 0
    assert set(files(tmp_path).values()) == {CLEAN}


def test_only_what_is_selected_goes(tmp_path: Path) -> None:
    both = "fbq('track', 'Lead');\nttq.track('Lead');\n"
    tree(tmp_path, {"a.js": both})
    pixellint("check", "--fix", "--select", "tiktok/*", cwd=tmp_path)
    assert files(tmp_path) == {"a.js": "fbq('track', 'Lead');\n"}


def test_notes_and_what_does_not_run_stay(tmp_path: Path) -> None:
    site = {
        "NOTES.md": "# Old site\n\n<script>fbq('track', 'Lead');</script>\n",
        "a.html": "<!-- <script>fbq('track', 'Lead');</script> -->\n",
        "tests/a.test.js": CALL,
        "wp-content/plugins/booking/js/a.js": CALL,
    }
    tree(tmp_path, site)
    assert (
        "NOTES.md:3:9 meta-pixel/event-call: it is in a note among the code, which is no page"
        in pixellint("check", "--fix", cwd=tmp_path).out
    )
    assert files(tmp_path) == site


def test_what_is_suppressed_stays(tmp_path: Path) -> None:
    hushed = "fbq('track', 'Lead'); // pixellint: ignore[meta-pixel/*]: test account\n"
    tree(tmp_path, {"a.js": hushed})
    assert pixellint("check", "--fix", cwd=tmp_path).status == 0
    assert files(tmp_path) == {"a.js": hushed}


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (b"\xef\xbb\xbfmenu();\r\nfbq('track', 'Lead');\r\n\r\n// \xc3\xa9", b"\xef\xbb\xbfmenu();\r\n\r\n// \xc3\xa9"),
        ("// Zähne\rfbq('track', 'Lead');\rmenu();\r".encode("cp1252"), "// Zähne\rmenu();\r".encode("cp1252")),
        ("// Zähne\nfbq('track', 'Lead');\nmenu();\n".encode("utf-16"), "// Zähne\nmenu();\n".encode("utf-16")),
    ],
)
def test_every_other_byte_stays(data: bytes, left: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(data)
    assert pixellint("check", "--fix", cwd=tmp_path).status == 0
    assert (tmp_path / "a.js").read_bytes() == left


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    tree(tmp_path, {"site/real.js": CALL, "outside.js": CALL})
    os.chmod(tmp_path / "site/real.js", 0o640)
    (tmp_path / "site/link.js").symlink_to("../outside.js")
    pixellint("check", "--fix", "site", cwd=tmp_path)
    assert stat.S_IMODE((tmp_path / "site/real.js").stat().st_mode) == 0o640
    assert (tmp_path / "site/real.js").read_text() == "menu.open();\nmenu.close();\n"
    assert (tmp_path / "outside.js").read_text() == CALL
    assert (tmp_path / "site/link.js").is_symlink()


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--fix", "-"), "--fix: standard input cannot be fixed; name the file"),
        (("--fix", "--staged"), "--fix and --staged exclude one another: fix the files, then stage them"),
        (("--unsafe-fixes",), "--unsafe-fixes goes with --fix or --diff"),
        (("--allow-dirty",), "--allow-dirty goes with --fix or --diff"),
    ],
)
def test_what_cannot_be_asked(words: tuple[str, ...], problem: str, tmp_path: Path) -> None:
    outcome = pixellint("check", *words, cwd=tmp_path, stdin="")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == f"pixellint: error: {problem}\n"


LAYOUT = """\
import MetaPixel from '../components/MetaPixel'
import Menu from '../components/Menu'

export default function Layout({ children }) {
  return (
    <html>
      <body>
        <Menu />
        <MetaPixel />
        {children}
      </body>
    </html>
  )
}
"""
MENU = "export default () => <nav />\n"
COMPONENT = """\
import Script from 'next/script'

export default function MetaPixel() {
  return (
    <Script id="fb-pixel">{`
      fbq('init', '1029384756102938');
      fbq('track', 'PageView');
    `}</Script>
  )
}
"""


class TestModules:
    SITE: ClassVar = {
        "app/layout.jsx": LAYOUT,
        "components/MetaPixel.jsx": COMPONENT,
        "components/Menu.jsx": "export default () => <nav />\n",
    }

    def test_a_component_that_holds_nothing_but_the_pixel_goes(self, tmp_path: Path) -> None:
        tree(tmp_path, self.SITE)
        outcome = pixellint("check", "--fix", cwd=tmp_path)
        left = LAYOUT.replace("import MetaPixel from '../components/MetaPixel'\n", "").replace("        <MetaPixel />\n", "")
        assert files(tmp_path) == {"app/layout.jsx": left, "components/Menu.jsx": self.SITE["components/Menu.jsx"]}
        assert "components/MetaPixel.jsx did nothing any more and is deleted, with its imports" in outcome.err
        assert outcome.status == 0

    def test_what_it_would_do_is_shown(self, tmp_path: Path) -> None:
        tree(tmp_path, self.SITE)
        diff = pixellint("check", "--diff", cwd=tmp_path).out
        assert "-import MetaPixel from '../components/MetaPixel'\n" in diff
        assert "+++ /dev/null\n@@ -1,10 +0,0 @@\n-import Script from 'next/script'\n" in diff

    @pytest.mark.parametrize("named", ["components/MetaPixel.jsx", "app/layout.jsx"])
    def test_files_that_were_not_named_stay(self, named: str, tmp_path: Path) -> None:
        tree(tmp_path, self.SITE)
        pixellint("check", "--fix", named, cwd=tmp_path)
        changed = {path for path, text in files(tmp_path).items() if text != self.SITE[path]}
        assert changed <= {named}
        assert set(files(tmp_path)) == set(self.SITE)

    def test_unsaved_importers_hold_it(self, tmp_path: Path) -> None:
        tree(tmp_path, self.SITE)
        git(tmp_path, "init")
        git(tmp_path, "add", "components")
        git(tmp_path, "commit", "-m", "x")
        pixellint("check", "--fix", cwd=tmp_path)
        assert files(tmp_path)["app/layout.jsx"] == LAYOUT
        assert "return null" in files(tmp_path)["components/MetaPixel.jsx"]


class TestSuggestions:
    @pytest.fixture
    def site(self, tmp_path: Path) -> Path:
        tree(tmp_path, {"index.html": PAGE, "js/menu.js": "/* é𝒳 */ " + CALL})
        return tmp_path

    def test_sarif_fixes_are_what_fix_does(self, site: Path) -> None:
        log = json.loads(pixellint("check", "--format", "sarif", cwd=site).out)
        results = {row["ruleId"]: row for row in log["runs"][0]["results"]}
        (whole,) = results["meta-pixel/base-code"]["fixes"]
        assert [change["artifactLocation"]["uri"] for change in whole["artifactChanges"]] == ["index.html", "js/menu.js"]
        done = {
            change["artifactLocation"]["uri"]: replaced(site / change["artifactLocation"]["uri"], change["replacements"], "utf-16-le", 2)
            for change in whole["artifactChanges"]
        }
        pixellint("check", "--fix", cwd=site)
        assert done == files(site)

    def test_rdjson_suggests_what_is_in_one_file(self, site: Path) -> None:
        rows = json.loads(pixellint("check", "--format", "rdjson", cwd=site).out)["diagnostics"]
        suggested = {row["location"]["path"]: row.get("suggestions", []) for row in rows}
        assert suggested["index.html"] == []
        (one,) = suggested["js/menu.js"]
        ends = [{"startLine": row["start"]["line"], "startColumn": row["start"]["column"]} for row in (one["range"],)]
        edit = {**ends[0], "endLine": one["range"]["end"]["line"], "endColumn": one["range"]["end"]["column"]}
        text = replaced(site / "js/menu.js", [{"deletedRegion": edit, "insertedContent": {"text": one["text"]}}], "utf-8", 1)
        assert text == "/* é𝒳 */ menu.open();\nmenu.close();\n"


def replaced(path: Path, replacements: list[dict[str, Any]], encoding: str, unit: int) -> str:
    """The text of a file with replacements made, whose columns count units of an encoding."""
    lines = [line.encode(encoding) for line in path.read_bytes().decode().splitlines(keepends=True)]
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    data = b"".join(lines)
    for row in sorted(replacements, key=lambda row: -row["deletedRegion"]["startLine"]):
        region = row["deletedRegion"]
        begin = starts[region["startLine"] - 1] + (region["startColumn"] - 1) * unit
        end = starts[region["endLine"] - 1] + (region["endColumn"] - 1) * unit
        data = data[:begin] + row.get("insertedContent", {"text": ""})["text"].encode(encoding) + data[end:]
    return data.decode(encoding)
