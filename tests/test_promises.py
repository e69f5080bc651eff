"""One test, or a few, for each promise that the linter makes; each fails if the promise is broken.

1. It is offline: opens no socket, runs and imports nothing from what it reads, writes nothing.
2. Every file in scope is read or listed; a named path that is not there is an error.
3. Every finding stands exactly where the pixel is in the file on disk, however it is wrapped, and says how it was reached.
4. One snippet is one finding.
5. Only what would run is an error.
6. (Fixes: there are none yet, so nothing is written at all; see 1.)
7. No legal conclusions.
8. Same input, same bytes out.
"""

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from linter.catalog import load_catalog
from linter.check import check_source
from linter.evidence import State
from linter.findings import Finding
from linter.kinds import KINDS
from linter.wording import help_text, message
from tests.cli_support import ENV, Outcome, git, pixellint, tree
from tests.test_leaflets import VERDICTS
from tests.workspace import Encoded, Link, Mode, Pipe, snapshot, workspace

ROOT = Path(__file__).parent.parent
SITE = ROOT / "examples" / "practice-site"
ID = "1029384756102938"
CALL = f"fbq('init', '{ID}')"
SCRIPT = f"<script>{CALL};</script>"
STOCK = f"""!function(f,b,e,v,n,t,s)
{{if(f.fbq)return;n=f.fbq=function(){{n.callMethod?
n.callMethod.apply(n,arguments):n.queue.push(arguments)}};
if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version='2.0';
n.queue=[];t=b.createElement(e);t.async=!0;
t.src=v;s=b.getElementsByTagName(e)[0];
s.parentNode.insertBefore(t,s)}}(window, document,'script',
'https://connect.facebook.net/en_US/fbevents.js');
fbq('init', '{ID}');
fbq('track', 'PageView');
"""
IMAGE = f'<noscript><img height="1" width="1" alt="" src="https://www.facebook.com/tr?id={ID}&ev=PageView&noscript=1"></noscript>'
SNIPPET = f"<script>\n{STOCK}</script>\n{IMAGE}\n"


def findings(path: str, code: str | bytes) -> list[Finding]:
    """The findings of one file, none of it left unread."""
    report = check_source(path, code.encode() if isinstance(code, str) else code)
    assert report.skipped == ()
    return list(report.findings)


def program(folder: Path) -> list[str]:
    """`pixellint` as an installed program: its own folder, not the current one, is where Python looks first."""
    folder.mkdir(exist_ok=True)
    script = folder / "pixellint"
    script.write_text("import sys\nfrom linter.__main__ import main_entry\nsys.exit(main_entry())\n", encoding="utf-8")
    return [sys.executable, str(script)]


# ---------------------------------------------------------------- 1. offline

WATCH = """
import os, sys

OUTSIDE = ("socket.", "ftplib.", "http.", "urllib.", "smtplib.", "os.exec", "os.posix_spawn", "os.startfile", "os.system", "pty.")
CHANGES = ("shutil.", "tempfile.", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink", "os.utime")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

def refused(event, args):
    if event == "subprocess.Popen":
        return os.path.basename(os.fsdecode(args[0])) not in ("git", "git.exe")
    if event == "import":
        return args[1] and os.fsdecode(args[1]).startswith(TREE)
    if event == "exec":
        return os.fsdecode(getattr(args[0], "co_filename", "")).startswith(TREE)
    if event == "open":
        return isinstance(args[2], int) and args[2] & WRITING and args[0] != os.devnull
    return event.startswith(OUTSIDE + CHANGES)

def watch(event, args):
    if refused(event, args):
        os.write(2, f"REFUSED {event} {args}\\n".encode())
        os._exit(99)

TREE = sys.argv[1]
sys.dont_write_bytecode = True
sys.addaudithook(watch)
from linter.__main__ import main
sys.exit(main(sys.argv[2:], sys.stdin, sys.stdout, sys.stderr, os.environ, TREE))
"""
TRAP = "import os\nos._exit(98)\n"
TRAPS = dict.fromkeys(
    """
    sitecustomize.py usercustomize.py json.py typer.py click.py pathspec.py tree_sitter.py hyperscan.py conftest.py setup.py pixellint.py
    linter/__init__.py linter/readers/html.py linter/readers/php.py rules/__init__.py encodings/__init__.py
    """.split(),
    TRAP,
)


def test_no_socket_no_foreign_code_no_writing(tmp_path: Path) -> None:
    """With a watch on everything that Python would do: sockets, programs other than git, imports, writing."""
    site = tree(tmp_path / "site", {**TRAPS, "index.html": SNIPPET, "big.js": f"{CALL};\n" * 50})
    git(site, "init")
    watch = tmp_path / "watch.py"
    watch.write_text(WATCH, encoding="utf-8")
    for words in (
        ["check"],
        ["check", "--format", "json", str(SITE)],
        ["check", "--color", "always", "-v", "index.html"],
        ["rule", "meta-pixel"],
        ["vendors"],
    ):
        done = subprocess.run(
            [sys.executable, str(watch), str(site), *words],
            cwd=site,
            env={**ENV, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (1 if words[0] == "check" else 0, b"")
        assert done.stdout


def test_the_watch_sees_what_it_is_for(tmp_path: Path) -> None:
    """The test above would notice."""
    (tmp_path / "trap.py").write_text(TRAP, encoding="utf-8")
    attempts = {
        "import socket; socket.socket()": "socket.__new__",
        "import subprocess; subprocess.run([sys.executable, '-V'])": "subprocess.Popen",
        "sys.path.insert(0, TREE); import trap": "exec",
        "open(os.path.join(TREE, 'x'), 'w')": "open",
        "os.mkdir(os.path.join(TREE, 'y'))": "os.mkdir",
    }
    for code, event in attempts.items():
        watched = WATCH.partition("from linter")[0] + code
        done = subprocess.run([sys.executable, "-c", watched, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr.split()[1]) == (99, event)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_modules_in_the_repository_are_not_imported(tmp_path: Path, jobs: str) -> None:
    site = tree(tmp_path / "site", {**TRAPS, "index.html": SNIPPET, "a.js": CALL})
    command = [*program(tmp_path / "bin"), "check", "--jobs", jobs]
    done = subprocess.run(command, cwd=site, env={**ENV, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_check_leaves_no_trace(tmp_path: Path) -> None:
    site = tree(
        tmp_path / "site", {"index.html": SNIPPET, "a.php": f"<?php echo '{SCRIPT}';", "node_modules/a.js": CALL, "photo.png": b"\x89PNG\0"}
    )
    git(site, "init")
    git(site, "add", "--all")
    before, index = snapshot(site), (site / ".git" / "index").read_bytes()
    for words in (["check"], ["check", "--jobs", "2", "--format", "json"], ["check", "-v", "index.html"]):
        done = subprocess.run(
            [*program(tmp_path / "bin"), *words], cwd=site, env={**ENV, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False
        )
        assert done.returncode == 1
    assert (snapshot(site), (site / ".git" / "index").read_bytes()) == (before, index)


# ---------------------------------------------------------------- 2. nothing is skipped in silence


def report(root: Path, *words: str) -> dict[str, Any]:
    """The JSON document of a check."""
    document: dict[str, Any] = json.loads(pixellint("check", "--format", "json", *words, cwd=root).out)
    return document


ODD = {
    "index.html": SCRIPT,
    "utf16.html": Encoded(SCRIPT, "utf-16-le", bom=True),
    "utf16be.html": Encoded(SCRIPT, "utf-16-be", bom=True),
    "bom.js": Encoded(CALL, "utf-8", bom=True),
    "latin.php": SCRIPT.encode() + b" caf\xe9 \x93quoted\x94",
    "broken-utf8.html": SCRIPT.encode() + b"\xff\xfe\xc3\x28",
    "crlf.html": SCRIPT.replace(">", ">\r\n"),
    "mac.html": SCRIPT.replace(">", ">\r"),
    "no-ending": "<!doctype html>" + SCRIPT,
    "odd ünd\nname\udcff.html": SCRIPT,
    ".hidden/page.html": SCRIPT,
    "UPPER.HTML": SCRIPT,
    "app.min.js": CALL,
    "a/b/c/d/deep.html": SCRIPT,
    "assets/vendor/own.js": CALL,
    "raw.html": SCRIPT.encode() + b"\0\1\2",
    "photo.jpg": SCRIPT,
    "font.woff2": b"wOF2\0\0",
    "large.html": SCRIPT + " " * 5000,
    "node_modules/x/index.js": CALL,
    "link.html": Link("index.html"),
    "outside.html": Link("../outside.html"),
    "broken.html": Link("nowhere"),
    "loop": Link("."),
    "pipe": Pipe(),
    "shut.html": Mode(SCRIPT, 0o000),
}
"""A file of every odd kind; each that is read has a finding, so that what is not told of is told from what is lost."""


@pytest.mark.skipif(os.name == "nt", reason="needs links and named pipes")
def test_every_file_in_scope_is_read_or_listed(tmp_path: Path) -> None:
    workspace(tmp_path, {"outside.html": SCRIPT})
    root = workspace(tmp_path / "site", ODD)
    document = report(root, "--max-size", "5kb")
    told = {row["path"] for row in (*document["findings"], *document["skipped"])}
    expected = {name.replace("\udcff", "\\xff").replace("node_modules/x/index.js", "node_modules") for name in ODD}
    # A link to a file that is read is that file.
    assert expected - told == {"link.html"}
    assert told <= expected
    assert all(row["reason"] for row in document["skipped"])


def test_a_clean_file_counts_as_read(tmp_path: Path) -> None:
    root = workspace(tmp_path, {"a.html": "<p>", "b.css": "a{}", "c.php": "<?php", "empty.js": "", "d/e.json": "{}"})
    summary = report(root)["summary"]
    assert (summary["files_read"], summary["skipped"]) == (5, 0)


@pytest.mark.parametrize("name", ["nope.html", "nope/", "index.html/x", "nul\0l"])
def test_a_named_path_that_is_not_there_is_an_error(tmp_path: Path, name: str) -> None:
    workspace(tmp_path, {"index.html": "<p>"})
    outcome = pixellint("check", "index.html", name, cwd=tmp_path)
    assert outcome.status == 2
    assert "missing" in outcome.err


def test_what_was_not_fully_analysed_is_told(tmp_path: Path) -> None:
    page = SCRIPT
    for _ in range(9):
        page = f'<iframe srcdoc="{page.replace("&", "&amp;").replace(chr(34), "&quot;")}"></iframe>'
    outcome = pixellint("check", "--format", "json", "deep.html", cwd=tree(tmp_path, {"deep.html": page}))
    document = json.loads(outcome.out)
    assert (outcome.status, document["findings"]) == (2, [])
    assert document["skipped"] == [{"path": "deep.html", "reason": "not fully analysed: nested too deeply"}]
    assert "not fully analysed" in outcome.err


# ---------------------------------------------------------------- 3. every finding is exact


class Wrapped(NamedTuple):
    """A pixel in layers. `@` in `layers` is where `raw` stands, the text that must be underlined; `via` is how it was reached."""

    path: str
    layers: str
    raw: str
    via: str

    @property
    def code(self) -> str:
        """The whole file."""
        return self.layers.replace("@", self.raw)


def escaped(text: str) -> str:
    """Every character as a JavaScript or JSON escape."""
    return "".join(f"\\u{ord(character):04x}" for character in text)


def entities(text: str) -> str:
    """Every character that is no letter as a character reference."""
    return "".join(character if character.isalpha() else f"&#{ord(character)};" for character in text)


DOUBLE = f'fbq("init", "{ID}")'
IN_JSON = json.dumps(DOUBLE)[1:-1]
PACKED = base64.b64encode(f"{CALL};".encode()).decode()
PACKED_CALL, PACKED_REST = PACKED[: (len(CALL) * 8 - 1) // 6 + 1], PACKED[(len(CALL) * 8 - 1) // 6 + 1 :]
NESTED = [
    Wrapped("a.html", "<p>é 日本 😀</p>\n<script>@;</script>", CALL, "html > script"),
    Wrapped("a.html", '<a onclick="@">', entities(CALL), "html > handler > javascript"),
    Wrapped("a.html", '<a onclick="@">', DOUBLE.replace('"', "&quot;"), "html > handler > javascript"),
    Wrapped("a.html", f'<script src="data:text/javascript;base64,@{PACKED_REST}"></script>', PACKED_CALL, "html > data-url > javascript"),
    Wrapped("a.json", '{"head": "\\u003Cscript>@<\\/script>"}', IN_JSON, "json > html > script"),
    Wrapped("a.json", f'{{"head": "{escaped("<script>")}@{escaped("</script>")}"}}', escaped(CALL), "json > html > script"),
    Wrapped("a.yaml", "head: |\n  <b>x</b>\n  <script>@</script>\n", CALL, "yaml > html > script"),
    Wrapped("a.toml", "head = '''\n<script>@</script>'''\n", CALL, "toml > html > script"),
    Wrapped("a.js", 'el.innerHTML = "<script>@</script>";', IN_JSON, "javascript > string > html > script"),
    Wrapped("a.js", f"eval(atob('@{PACKED_REST}'));", PACKED_CALL, "javascript > string > javascript"),
    Wrapped("a.php", "<?php add_action('wp_head', function () { echo \"<script>@;</script>\"; });", IN_JSON, "php > html > script"),
    Wrapped("a.php", "<?php echo <<<HTML\n<b>é</b><script>@</script>\nHTML;\n", CALL, "php > html > script"),
    Wrapped("a.php", "<?php if ($a): ?>\n<script>@</script>\n<?php endif; ?>", CALL, "php > html > script"),
    Wrapped("a.xml", "<item><content><![CDATA[<script>@</script>]]></content></item>", CALL, "xml > html > script"),
    Wrapped("a.sql", "INSERT INTO t VALUES (1, '<script>@</script>');\n", CALL.replace("'", "''"), "sql > html > script"),
    Wrapped("a.md", "# A title\n\n<script>@</script>\n", CALL, "markdown > html > script"),
    Wrapped("a.vue", '<template><div @click="@"/></template>'.replace("@", "v-on:", 1), CALL, "vue > html > handler > javascript"),
    Wrapped("a.liquid", "{% if a %}\n<script>@</script>{% endif %}", CALL, "liquid > html > script"),
    Wrapped("a.twig", "<b>{{ é }}</b><script>@</script>", CALL, "twig > html > script"),
    Wrapped("a.pug", "script.\n  @;\n", CALL, "pug > html > script"),
    Wrapped("a.rb", 'x = "<script>@</script>"\n', CALL, "ruby > html > script"),
]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"]


def place_of(data: bytes, encoding: str, raw: str) -> tuple[int, int, int, int]:
    """Line, column, byte offset of `raw` in a file, and the offset of its end, found without the linter."""
    bom = 3 if encoding == "utf-8-sig" else 2 if encoding.startswith("utf-16") else 0
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    text = data[bom:].decode(name)
    at = text.index(raw)
    before = re.split(r"\r\n|\r|\n", text[:at])
    begin = bom + len(text[:at].encode(name))
    return len(before), len(before[-1]) + 1, begin, begin + len(raw.encode(name))


def encoded(code: str, encoding: str) -> bytes | None:
    """A file's bytes, with a byte order mark for UTF-16; None if the encoding lacks a character."""
    try:
        data = code.encode(encoding)
    except UnicodeEncodeError:
        return None
    return {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"") + data


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("wrapped", NESTED, ids=[f"{wrapped.path} {number}" for number, wrapped in enumerate(NESTED)])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_the_place_is_exact_however_the_pixel_is_wrapped(wrapped: Wrapped, encoding: str, line_end: str) -> None:
    code = wrapped.code.replace("\n", line_end)
    data = encoded(code, encoding)
    if data is None:
        return
    (found,) = findings(wrapped.path, data)
    line, column, begin, end = place_of(data, encoding, wrapped.raw)
    assert (found.start.offset, found.end.offset) == (begin, end)
    assert (found.start.line, found.start.column) == (line, column)
    assert (found.rule, found.account) == ("meta-pixel/init", ID)
    assert " > ".join(found.via) == wrapped.via


# ---------------------------------------------------------------- 4. one snippet, one finding

ONE = {
    "page.html": SNIPPET,
    "minified.html": SNIPPET.replace("\n", ""),
    "header.php": f"<?php wp_head(); ?>\n{SNIPPET}<?php body_class(); ?>",
    "functions.php": f"<?php add_action('wp_head', function () {{ ?>\n{SNIPPET}<?php }});",
    "heredoc.php": f"<?php echo <<<'HTML'\n{SNIPPET}\nHTML;\n",
    "theme.liquid": f"{{% if settings.pixel %}}\n{SNIPPET}{{% endif %}}",
    "base.twig": f"{{% block head %}}\n{SNIPPET}{{% endblock %}}",
    "settings.json": json.dumps({"codeinjection_head": SNIPPET}),
    "config.yml": "head: |\n" + "".join(f"  {line}\n" for line in SNIPPET.splitlines()),
    "post.md": f"A post.\n\n{SNIPPET}",
    "export.xml": f"<item><content><![CDATA[{SNIPPET}]]></content></item>",
    "layout.tsx": f"export const Head = () => <Script id='p'>{{`{STOCK}`}}</Script>;",
    "Layout.astro": f"---\nconst a = 1;\n---\n<html><head>{SNIPPET.replace('<script>', '<script is:inline>')}</head></html>",
    "pixel.js": STOCK,
}


@pytest.mark.parametrize("path", ONE)
def test_one_snippet_is_one_finding(path: str) -> None:
    (found,) = findings(path, ONE[path])
    assert (found.rule, found.account, found.state) == ("meta-pixel/base-code", ID, "active")
    assert len(found.related) == (3 if "noscript" in ONE[path] else 2)
    assert all(found.path == related.path == path for related in found.related)


def test_two_accounts_are_two_findings() -> None:
    two = findings("two.html", SNIPPET + SNIPPET.replace(ID, "5647382910564738"))
    assert [found.account for found in two] == [ID, "5647382910564738"]


# ---------------------------------------------------------------- 5. only what would run is an error

PROSE = {
    "fence.md": f"How it works:\n\n```html\n{SNIPPET}```\n\nCall `{CALL}`.\n",
    "indented.md": f"Paste:\n\n    {SCRIPT}\n",
    "sample.html": f"<p>Paste this:</p>\n<pre><code>{SNIPPET.replace('&', '&amp;').replace('<', '&lt;')}</code></pre>",
    "prose.html": "<p>We no longer use the Meta Pixel (fbq, fbevents.js) nor connect.facebook.net.</p>",
    "textarea.html": f"<textarea>{SNIPPET}</textarea>",
    "title.html": f"<title>{CALL}</title>",
    "fbq.d.ts": "declare function fbq(command: 'init', id: string): void;\ndeclare global { interface Window { fbq: typeof fbq } }\n",
    "blocklist.txt": "||facebook.com/tr^\n||connect.facebook.net/*/fbevents.js\n",
    "blocklist.json": json.dumps({"block": ["connect.facebook.net", "facebook.com/tr", "analytics.tiktok.com"]}),
    "share.html": '<a href="https://www.facebook.com/sharer/sharer.php?u=https://example.com">Share</a> <a href="https://www.facebook.com/maplestreet">Us</a>',
    "string.js": "const help = \"Paste fbq('init', your id) into the head.\";\n",
    "regex.js": "const pixels = [/connect\\.facebook\\.net/, /fbq\\(/];\n",
    "delete.js": "delete window.fbq; window._fbq = undefined;\n",
    "check.js": "if (typeof fbq === 'undefined') { console.log('no pixel, good'); }\n",
    "note.php": "<?php\n// The Meta Pixel (fbq) was removed in 2024, do not add fbevents.js again.\n",
    "note.css": "/* facebook.com/tr */ a { color: red }\n",
}


@pytest.mark.parametrize("path", PROSE)
def test_what_only_speaks_of_pixels_is_no_error(path: str) -> None:
    assert [found.rule for found in findings(path, PROSE[path]) if found.severity != "note"] == []


DORMANT = {
    "comment.html": f"<!-- {SNIPPET} -->",
    "comment.js": f"// {CALL};\n",
    "block.js": f"/*\n{CALL};\n*/\n",
    "comment.php": f"<?php\n// echo '<script>{DOUBLE}</script>';\n",
    "comment.liquid": f"{{% comment %}}{SCRIPT}{{% endcomment %}}",
    "comment.twig": f"{{# {SCRIPT} #}}",
    "comment.hbs": f"{{{{!-- {SCRIPT} --}}}}",
    "comment.erb": f"<%# {CALL} %>",
    "comment.blade.php": f"{{{{-- {SCRIPT} --}}}}",
    "comment.tsx": f"export const A = () => {{ /* {CALL}; */ return <div/>; }};",
    "never.js": f"if (false) {{ {CALL}; }}\n",
    "never.php": f"<?php if (false): ?>{SCRIPT}<?php endif; ?>",
}


@pytest.mark.parametrize("path", DORMANT)
def test_what_is_switched_off_is_a_note(path: str) -> None:
    assert {(found.state, found.severity) for found in findings(path, DORMANT[path])} == {("dormant", "note")}


GATED = {
    "cookiebot.html": f'<script type="text/plain" data-cookieconsent="marketing">{CALL};</script>',
    "onetrust.html": f'<script type="text/plain" class="optanon-category-C0004">{CALL};</script>',
    "complianz.html": f'<script type="text/plain" data-service="facebook" data-category="marketing">{CALL};</script>',
    "klaro.html": f'<script type="text/plain" data-type="application/javascript" data-name="facebook">{CALL};</script>',
    "iubenda.html": f'<script type="text/plain" class="_iub_cs_activate-inline">{CALL};</script>',
    "termly.html": f'<script type="text/plain" data-categories="advertising">{CALL};</script>',
    "usercentrics.html": f'<script type="text/plain" data-usercentrics="Facebook Pixel">{CALL};</script>',
}


@pytest.mark.parametrize("path", GATED)
def test_what_waits_for_consent_is_a_warning_and_never_nothing(path: str) -> None:
    (found,) = findings(path, GATED[path])
    assert (found.state, found.severity) == ("consent-gated", "warning")
    assert "consent is not an agreement" in found.message


def test_an_image_beside_a_gated_script_is_not_gated() -> None:
    states = {found.kind: found.state for found in findings("a.html", GATED["cookiebot.html"] + IMAGE)}
    assert states == {"init": "consent-gated", "noscript-image": "active"}


def test_the_same_code_live_is_an_error() -> None:
    """So that the tests above do not pass because nothing is ever found."""
    assert [found.severity for found in findings("a.html", SCRIPT)] == ["error"]


# ---------------------------------------------------------------- 7. no legal conclusions


@pytest.mark.parametrize("state", ["active", "consent-gated", "dormant"])
def test_no_sentence_of_a_finding_draws_a_legal_conclusion(state: State) -> None:
    for vendor in load_catalog().vendors.values():
        for kind in KINDS:
            for placeholder in (False, True):
                told = f"{message(vendor, kind, state, ID, placeholder)}. {help_text(vendor, kind)}"
                assert not VERDICTS.search(told), told
                assert told.startswith(vendor.name)
                assert "\n" not in told


def test_a_message_says_vendor_path_and_consequence() -> None:
    (found,) = findings("a.html", SCRIPT)
    assert found.message.startswith("Meta Pixel is started here")
    assert "tells Meta" in found.message
    assert "signs no BAA" in found.message
    assert "pixellint rule meta-pixel/init" in found.help


# ---------------------------------------------------------------- 8. same input, same bytes out


def run(site: Path, tmp_path: Path, *words: str, **env: str) -> Outcome:
    """The program in a process of its own."""
    done = subprocess.run(
        [*program(tmp_path / "bin"), "check", *words],
        cwd=site,
        env={**ENV, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        check=False,
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("format", ["json", "text"])
def test_same_bytes_whatever_jobs_hashes_and_order(tmp_path: Path, format: str) -> None:
    files = {f"site{number % 3}/{name}": code for number, (name, code) in enumerate({**ONE, **DORMANT, **GATED, **PROSE}.items())}
    site = workspace(tmp_path / "site", files)
    words = ["--format", format]
    expected = run(site, tmp_path, *words, "--jobs", "1", PYTHONHASHSEED="0")
    assert (expected.status, expected.err) == (1, "")
    assert run(site, tmp_path, *words, "--jobs", "2", PYTHONHASHSEED="1") == expected
    assert run(site, tmp_path, *words, "--jobs", "3", "site2", "site0", "site1", "site0", PYTHONHASHSEED="2", LC_ALL="C") == expected
    git(site, "init")
    assert run(site, tmp_path, *words, TZ="Asia/Tokyo", PYTHONUTF8="1") == expected


def test_findings_are_sorted_and_have_fingerprints_of_their_own(tmp_path: Path) -> None:
    document = report(workspace(tmp_path, {"b.html": SNIPPET, "a.html": f"<script>{CALL};\n{CALL};</script>", "a/c.js": f"{CALL};\n"}))
    places = [(row["path"], row["start"]["offset"]) for row in document["findings"]]
    assert places == sorted(places)
    prints = [row["fingerprint"] for row in document["findings"]]
    assert len(set(prints)) == len(prints)


def test_a_fingerprint_outlives_lines_that_move() -> None:
    (before,) = findings("a.html", SCRIPT)
    (after,) = findings("a.html", "\n\n<p>more</p>\n" + SCRIPT)
    assert before.fingerprint == after.fingerprint
