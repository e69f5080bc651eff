"""What holds of every fix, over generated pages and scripts, and of writing it."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_support import git, pixellint
from fixing_support import fix, fixed_soundly, running, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_fuzz import CASES, soups, spliced

from linter.fixes.writing import write_change

TIMES = int(os.environ.get("PIXELLINT_FUZZ", "1"))

LOADER = """!function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?
n.callMethod.apply(n,arguments):n.queue.push(arguments)};if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version='2.0';n.queue=[];
t=b.createElement(e);t.async=!0;t.src=v;s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}(window,document,'script',
'https://connect.facebook.net/en_US/fbevents.js')"""
TIKTOK = """!function (w, d, t) {w.TiktokAnalyticsObject=t;var ttq=w[t]=w[t]||[];ttq.load=function(e){var o=d.createElement("script");
o.async=!0;o.src="https://analytics.tiktok.com/i18n/pixel/events.js?sdkid="+e+"&lib="+t;d.head.appendChild(o)};
ttq.load('CMPL5T7K9QX2ZR4VN8B0');ttq.page();}(window, document, 'ttq')"""
CLARITY = """(function(c,l,a,r,i,t,y){c[a]=c[a]||function(){(c[a].q=c[a].q||[]).push(arguments)};t=l.createElement(r);t.async=1;
t.src="https://www.clarity.ms/tag/"+i;y=l.getElementsByTagName(r)[0];y.parentNode.insertBefore(t,y);})(window,document,"clarity","script","abcd1234ef")"""
NOSCRIPT = '<noscript><img height="1" width="1" src="https://www.facebook.com/tr?id=220334455667788&ev=PageView&noscript=1"/></noscript>'

CALLS = [
    "fbq('track', 'Lead')",
    "fbq('track', 'Lead', {value: 1})",
    "window.fbq('trackCustom', 'A')",
    "fbq('init', '220334455667788')",
    "fbq('track', 'PageView')",
    "gtag('event', 'lead', {a: 1})",
    "ttq.track('Contact')",
    "clarity('set', 'a', 'b')",
    "fbq('consent', 'grant')",
]
AROUND = [
    "{}",
    "{}",
    "{}",
    "window.fbq && {}",
    "if (window.fbq) {}",
    "if (typeof fbq === 'function') {{ {} }}",
    "if (window.fbq) {{ {}; own(2) }}",
    "if (a) {}; else own(3)",
    "if (a) own(3); else {}",
    "if (a) {}",
    "for (var i = 0; i < 2; i++) {}",
    "while (more()) {}",
    "try {{ {} }} catch (e) {{}}",
    "try {{ {}; own(4) }} catch (e) {{ own(5) }}",
    "var sent = {}",
    "own({})",
    "{}, own(6)",
    "own(6), {}",
    "a ? {} : own(7)",
    "a && {}",
    "void {}",
    "!{}",
    "return_ = {}",
    "el.onclick = function () {{ {} }}",
    "el.addEventListener('click', function () {{ {}; own(8) }})",
    "el.addEventListener('click', () => {})",
    "el.addEventListener('click', () => {{ {} }})",
    "setTimeout(function () {{ {} }}, 50)",
    "$('#a').on('submit', function (e) {{ e.preventDefault(); {}; this.submit() }})",
    "function send() {{ {} }}",
    "const send = () => {}",
    "function go() {{ {}; return own(9) }}",
    "switch (a) {{ case 1: {}; break; default: own(1) }}",
    "label: {}",
    "do {} \n while (more())",
    "(function () {{ {} }})()",
    "own(1); {}",
    "// note\n{} // why",
    "/* one */ {} /* two */",
    "await_ = async () => {{ await {} }}",
    "export_ = {{ go() {{ {} }} }}",
]
OWN = [
    "own(1)",
    "var a = b",
    "let c = [1, 2]",
    "(function () { own(2) })()",
    "[1, 2].forEach(own)",
    "`x${own(3)}`",
    "/own/.test(a)",
    "+own(4)",
    "a++",
    "++a",
    "function f() { own(5) }",
    "if (a) own(6)",
    "if (a) { own(7) } else { own(8) }",
    "'use strict'",
    "var s = 'fbq(1)'",
    "// fbq('track', 'Old')",
    "/* nothing */",
    "const re = /fbq\\(/",
    "x = function () { return 1 }",
    "class A { go() { own(9) } }",
    "",
    "document.write('<b>own</b>')",
    "window.dataLayer = window.dataLayer || []",
    "function gtag(){dataLayer.push(arguments)}",
    "own(fbq)",
]
SEPARATORS = [";\n", ";\n", ";\n", "\n", "\n", ";", "; ", "\n\n", ";\n\n\n", " ;\n  "]
ELEMENTS = [
    "<script>{}</script>",
    "<script>\n{}\n</script>",
    "  <script type='text/javascript'>\n  {}\n  </script>",
    "<script async>{}</script>",
    "<!-- Meta Pixel Code -->\n<script>{}</script>\n" + NOSCRIPT + "\n<!-- End Meta Pixel Code -->",
    "<script>/* <![CDATA[ */ {} /* ]]> */</script>",
    "<script><!--\n{}\n//--></script>",
    "<script type='module'>{}</script>",
    "<script type='text/plain' data-cookieconsent='marketing'>{}</script>",
    "<script id='px'>{}</script>",
]
MARKUP = [
    "<p>own</p>",
    "<!-- own -->",
    "\n",
    "\n\n",
    "  ",
    "<link rel='stylesheet' href='a.css'>",
    "<script src='own.js'></script>",
    NOSCRIPT,
    "<noscript><p>own</p>" + NOSCRIPT[10:],
    '<link rel="preconnect" href="https://connect.facebook.net">',
    "<br/>",
    "<table><tr><td>own",
    "é ü",
    "<a href='#' onclick=\"fbq('track', 'Contact')\">x</a>",
    "<a href='#' onclick=\"own(1); fbq('track', 'Contact'); return false\">x</a>",
    '<form onsubmit=\'fbq("track", "Lead")\'><input name=a></form>',
    "<button onclick=\"return fbq('track', 'Lead')\">b</button>",
    "<script async src='https://connect.facebook.net/en_US/fbevents.js'></script>",
    "<img src='https://www.facebook.com/tr?id=1&ev=x'>",
    "<script async src='https://www.googletagmanager.com/gtag/js?id=G-ABCDE12345'></script>",
    "<pre>fbq('init', '1')</pre>",
    "<meta http-equiv='Content-Security-Policy' content=\"script-src 'self' connect.facebook.net; img-src *\">",
    "<!-- Facebook Pixel -->",
    "<amp-pixel src='https://www.facebook.com/tr?id=1&ev=PageView' layout='nodisplay'></amp-pixel>",
    "<textarea>",
    "</div>",
    "<style>a{}</style>",
]
WRAPPED: dict[str, list[tuple[str, str]]] = {
    "page.html": [("", ""), ("<!doctype html><html><head>", "</head><body></body></html>")],
    "header.php": [
        ("<?php if ($a): ?>", "<?php endif; ?>"),
        ("<?php get_header(); ?>\n", ""),
        ("<html>", "<?php wp_footer(); ?>"),
        ("<?php if ($a) { ?>\n", "\n<?php } ?>\n"),
    ],
    "base.twig": [("{% block head %}\n", "\n{% endblock %}"), ("{% if a %}", "{% else %}own{% endif %}"), ("{# note #}", "")],
    "theme.liquid": [("{% if settings.pixel %}\n", "\n{% endif %}"), ("{{ content_for_header }}", "")],
    "page.erb": [("<% if a %>", "<% end %>"), ("<%= yield %>", "")],
    "page.hbs": [("{{#if a}}", "{{/if}}"), ("{{{body}}}", "")],
    "page.blade.php": [("@if($a)\n", "\n@endif"), ("@section('head')\n", "\n@endsection")],
}
ENCODINGS = ["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-be"]


@st.composite
def calls(draw: st.DrawFn) -> str:
    """A call of a vendor, or its loader, in something."""
    call = draw(st.sampled_from([*CALLS, LOADER, LOADER, TIKTOK, CLARITY]))
    return draw(st.sampled_from(AROUND)).format(call) if call in CALLS or draw(st.integers(0, 4)) == 0 else call


@st.composite
def scripts(draw: st.DrawFn) -> str:
    """Own code and a vendor's, with or without semicolons."""
    parts = draw(st.lists(st.one_of(calls(), calls(), st.sampled_from(OWN)), min_size=1, max_size=7))
    return "".join(part + draw(st.sampled_from(SEPARATORS)) for part in parts)


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, str]:
    """The name and text of a page in HTML or a template language."""
    element = st.builds(lambda around, code: around.replace("{}", code), st.sampled_from(ELEMENTS), scripts())
    parts = draw(st.lists(st.one_of(element, element, st.sampled_from(MARKUP)), min_size=1, max_size=6))
    path = draw(st.sampled_from([*WRAPPED, "page.html"]))
    before, after = draw(st.sampled_from(WRAPPED[path]))
    at = draw(st.integers(0, len(parts)))
    inner = draw(st.sampled_from(["", "\n"]))
    return path, inner.join([*parts[:at], before, *parts[at:], after])


@st.composite
def written(draw: st.DrawFn, named: st.SearchStrategy[tuple[str, str]]) -> dict[str, bytes]:
    """A file in some encoding, with some line ends."""
    path, text = draw(named)
    text = text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))
    encoding = draw(st.sampled_from(ENCODINGS))
    data = text.encode(encoding, "replace")
    return {path: b"\xfe\xff" + data if encoding == "utf-16-be" else data}


script_files = st.tuples(st.sampled_from(["site.js", "app.ts"]), scripts())


def repeated(examples: int) -> Callable[[Any], Any]:
    """The number of examples of a test."""
    return settings(max_examples=examples * TIMES, suppress_health_check=list(HealthCheck))


class TestOfFixes:
    """What `fixing_support.fixed_soundly` asks of every fix."""

    @repeated(120)
    @given(written(pages()))
    def test_pages(self, files: dict[str, bytes]) -> None:
        fixed_soundly(files)

    @repeated(120)
    @given(written(script_files))
    def test_scripts(self, files: dict[str, bytes]) -> None:
        fixed_soundly(files)

    @repeated(40)
    @given(written(pages()), written(script_files))
    def test_a_page_and_its_scripts(self, one: dict[str, bytes], other: dict[str, bytes]) -> None:
        fixed_soundly(one | other)

    @repeated(40)
    @given(written(pages()), written(script_files))
    def test_fixes_that_a_person_should_look_over(self, one: dict[str, bytes], other: dict[str, bytes]) -> None:
        fixed_soundly(one | other, unsafe=True)

    @repeated(60)
    @given(spliced())
    def test_cut_up_cases(self, named: tuple[str, bytes]) -> None:
        fixed_soundly(dict([named]))

    @repeated(60)
    @given(st.sampled_from([*WRAPPED, "site.js", "a.json", "a.md", "a.vue", "a.tsx", "a.css", "a"]), soups)
    def test_token_soup(self, path: str, data: bytes) -> None:
        fixed_soundly({path: data})

    @repeated(60)
    @given(st.sampled_from(list(WRAPPED)), st.binary(max_size=300))
    def test_any_bytes(self, path: str, data: bytes) -> None:
        fixed_soundly({path: b"<script>fbq('track', 'Lead');" + data})

    @pytest.mark.parametrize("part", range(20))
    def test_cases_of_the_leaflets(self, part: int) -> None:
        for number, case in enumerate(CASES[part::20]):
            fixed_soundly({case["file"]: case["code"].encode()}, unsafe=number % 4 == part % 4)


STOCK = f"<script>{LOADER};\nfbq('init', '220334455667788');\nfbq('track', 'PageView');\n</script>\n{NOSCRIPT}\n"


class TestBytes:
    """What is left is as it was."""

    @pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_encodings_and_line_ends(self, encoding: str, ends: str) -> None:
        before = f"<!doctype html>\n<title>Zähne</title>\n{STOCK}<p>Prüfung\n".replace("\n", ends).encode(encoding)
        result = fixed_soundly({"a.html": before})
        assert result.files["a.html"] == "<!doctype html>\n<title>Zähne</title>\n<p>Prüfung\n".replace("\n", ends).encode(encoding)

    @pytest.mark.parametrize("last", ["", "\n", "\n\n", "\r\n", " "])
    def test_the_end_of_the_file(self, last: str) -> None:
        before = f"own(1);\nfbq('track', 'Lead');\nown(2);{last}"
        assert fixed_soundly({"a.js": before.encode()}).files["a.js"] == f"own(1);\nown(2);{last}".encode()

    @pytest.mark.parametrize("odd", ["\0", "\u2028", "\x0c", "\x85", "\ud800", "\U0001f600", "\ue000", "\u200b"])
    def test_odd_characters(self, odd: str) -> None:
        before = f"<p>{odd}</p>\n{STOCK}<p>{odd}".encode("utf-8", "surrogatepass")
        result = fixed_soundly({"a.html": before})
        assert result.files["a.html"] in (before, f"<p>{odd}</p>\n<p>{odd}".encode("utf-8", "surrogatepass"))

    @pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\u2028"])
    def test_statements_that_only_a_line_end_parts(self, ends: str) -> None:
        before = "own(1)\nif (typeof fbq === 'function') { fbq('track', 'Lead') }\nown(2)\n".replace("\n", ends)
        after = fixed_soundly({"a.js": before.encode()}).files["a.js"].decode()
        assert list(filter(None, after.split(ends))) == ["own(1)", "own(2)"]

    def test_the_clean_are_not_touched(self) -> None:
        assert not fix({"a.html": b"<p>Nothing</p>", "b.js": b"own(1)"}).fixes.changes
        assert running(told({"a.html": b"<p>Nothing</p>"})) == []


class TestConsent:
    """What a vendor is told of consent goes with its loader, never before it."""

    CALL = "if (yes) { own(1); fbq('consent', 'grant') }\n"

    def fixed(self, room: Path, page: str) -> tuple[str, str]:
        """The page and the script after the fix."""
        (room / "page.html").write_bytes(page.encode())
        (room / "consent.js").write_bytes(self.CALL.encode())
        pixellint("check", ".", "--fix", cwd=room)
        return (room / "page.html").read_text(encoding="utf-8"), (room / "consent.js").read_text(encoding="utf-8")

    def test_with_the_loader(self, tmp_path: Path) -> None:
        page, script = self.fixed(tmp_path, STOCK)
        assert (page, "fbq" in script, "own(1)" in script) == ("", False, True)

    def test_not_without_the_loader(self, tmp_path: Path) -> None:
        page, script = self.fixed(tmp_path, STOCK.replace("fbq('track'", "own(fbq); fbq('track'"))
        assert "fbevents.js" in page
        assert script == self.CALL


class TestWriting:
    """All of it or nothing."""

    @pytest.fixture
    def page(self, tmp_path: Path) -> Path:
        """A page with a pixel."""
        page = tmp_path / "page.html"
        page.write_bytes(f"<p>a</p>\n{STOCK}".encode())
        return page

    @pytest.mark.parametrize("name", ["fsync", "chmod", "replace", "open"])
    def test_whatever_fails_the_file_is_whole(self, name: str, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = page.read_bytes()

        def fail(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(f"linter.fixes.writing.os.{name}", fail)
        assert write_change(str(page), before, b"after", [str(page.parent)]) == "No space left on device"
        monkeypatch.undo()
        assert page.read_bytes() == before
        assert os.listdir(page.parent) == ["page.html"]

    def test_a_full_disk(self, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = page.read_bytes()
        real = os.write

        class Full:
            """A file that takes some bytes and no more."""

            def __init__(self, handle: int) -> None:
                self.handle = handle

            def __enter__(self) -> "Full":
                return self

            def __exit__(self, *_: object) -> None:
                os.close(self.handle)

            def write(self, data: bytes) -> None:
                real(self.handle, data[:2])
                raise OSError(28, "No space left on device")

        import builtins

        opened = builtins.open
        monkeypatch.setattr(
            "builtins.open", lambda file, *rest, **more: Full(file) if isinstance(file, int) else opened(file, *rest, **more)
        )
        problem = write_change(str(page), before, b"after", [str(page.parent)])
        monkeypatch.undo()
        assert problem == "No space left on device"
        assert page.read_bytes() == before
        assert os.listdir(page.parent) == ["page.html"]

    def test_an_interrupt_leaves_the_file_whole(self, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = page.read_bytes()

        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("linter.fixes.writing.os.replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_change(str(page), before, b"after", [str(page.parent)])
        monkeypatch.undo()
        assert page.read_bytes() == before
        assert os.listdir(page.parent) == ["page.html"]

    def test_the_command_says_so_and_fails(self, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = page.read_bytes()

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("linter.fixes.writing.os.replace", fail)
        outcome = pixellint("check", ".", "--fix", cwd=page.parent)
        assert outcome.status == 2
        assert "page.html: it was not fixed: No space left on device" in outcome.err
        assert page.read_bytes() == before

    @pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o664])
    def test_permissions(self, mode: int, page: Path) -> None:
        page.chmod(mode)
        assert pixellint("check", ".", "--fix", cwd=page.parent).status == 0
        assert page.read_bytes() == b"<p>a</p>\n"
        assert stat.S_IMODE(page.stat().st_mode) == mode

    def test_a_link_to_a_file_below(self, page: Path) -> None:
        link = page.parent / "link.html"
        link.symlink_to("page.html")
        pixellint("check", ".", "--fix", cwd=page.parent)
        assert link.is_symlink()
        assert page.read_bytes() == link.read_bytes() == b"<p>a</p>\n"

    def test_a_link_to_a_file_outside(self, page: Path) -> None:
        site = page.parent / "site"
        site.mkdir()
        (site / "link.html").symlink_to("../page.html")
        before = page.read_bytes()
        pixellint("check", "site", "--fix", cwd=page.parent)
        assert page.read_bytes() == before
        assert write_change(str(site / "link.html"), before, b"", [str(site)]) == "it is a link to a file outside of the named paths"
        assert page.read_bytes() == before

    def test_a_file_with_two_names(self, page: Path) -> None:
        os.link(page, page.parent / "other.html")
        before = page.read_bytes()
        outcome = pixellint("check", "page.html", "--fix", cwd=page.parent)
        assert "hard links" in outcome.err
        assert page.read_bytes() == before

    def test_a_file_that_may_not_be_written(self, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = page.read_bytes()
        page.chmod(0o444)
        monkeypatch.setattr("linter.fixes.writing.os.access", lambda path, mode: mode != os.W_OK)
        outcome = pixellint("check", ".", "--fix", cwd=page.parent)
        assert (outcome.status, "write-protected" in outcome.err) == (2, True)
        assert page.read_bytes() == before

    def test_a_file_that_was_changed_in_the_meantime(self, page: Path) -> None:
        before = page.read_bytes()
        page.write_bytes(before + b"\n<p>new</p>")
        assert write_change(str(page), before, b"", [str(page.parent)]) == "it was changed in the meantime; run again"
        assert page.read_bytes() == before + b"\n<p>new</p>"

    def test_what_is_no_file_any_more(self, page: Path) -> None:
        before = page.read_bytes()
        page.unlink()
        assert write_change(str(page), before, b"", [str(page.parent)])
        page.mkdir()
        assert write_change(str(page), before, b"", [str(page.parent)]) == "it is no regular file"
        assert os.listdir(page.parent) == ["page.html"]

    def test_files_that_were_not_named(self, page: Path) -> None:
        other = page.parent / "other"
        other.mkdir()
        (other / "page.html").write_bytes(page.read_bytes())
        before = page.read_bytes()
        pixellint("check", "other", "--fix", cwd=page.parent)
        assert page.read_bytes() == before
        assert (other / "page.html").read_bytes() == b"<p>a</p>\n"

    def test_a_diff_writes_nothing(self, page: Path) -> None:
        before = page.read_bytes()
        outcome = pixellint("check", ".", "--diff", cwd=page.parent)
        assert outcome.out.startswith("--- a/page.html\n+++ b/page.html\n@@ -1,")
        assert page.read_bytes() == before


class TestGit:
    """`--fix` leaves alone what git could not give back."""

    PAGE = f"<p>a</p>\n{STOCK}"
    SAID = "it has changes that git could not give back"

    @pytest.fixture
    def repository(self, tmp_path: Path) -> Path:
        """A repository with a page that is committed."""
        git(tmp_path, "init", "-q")
        (tmp_path / "page.html").write_bytes(self.PAGE.encode())
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", "x")
        return tmp_path

    def fixed(self, repository: Path, *options: str) -> bool:
        """Whether the page is fixed; if not, the reason is told."""
        outcome = pixellint("check", ".", "--fix", *options, cwd=repository)
        done = b"fbq" not in (repository / "page.html").read_bytes()
        assert done == (self.SAID not in outcome.out + outcome.err)
        return done

    def test_a_committed_page(self, repository: Path) -> None:
        assert self.fixed(repository)
        git(repository, "checkout", "page.html")
        assert (repository / "page.html").read_bytes() == self.PAGE.encode()

    def test_a_staged_page(self, repository: Path) -> None:
        (repository / "page.html").write_bytes(b"<b>new</b>\n" + self.PAGE.encode())
        git(repository, "add", "-A")
        assert self.fixed(repository)
        git(repository, "checkout", "page.html")
        assert (repository / "page.html").read_bytes() == b"<b>new</b>\n" + self.PAGE.encode()

    def test_a_changed_page(self, repository: Path) -> None:
        (repository / "page.html").write_bytes(b"<b>new</b>\n" + self.PAGE.encode())
        assert not self.fixed(repository)
        assert self.fixed(repository, "--allow-dirty")

    def test_a_page_staged_and_changed_again(self, repository: Path) -> None:
        (repository / "page.html").write_bytes(b"<b>new</b>\n" + self.PAGE.encode())
        git(repository, "add", "-A")
        (repository / "page.html").write_bytes(b"<b>newer</b>\n" + self.PAGE.encode())
        assert not self.fixed(repository)

    def test_a_page_that_git_does_not_know(self, repository: Path) -> None:
        (repository / "page.html").unlink()
        git(repository, "add", "-A")
        git(repository, "commit", "-qm", "y")
        (repository / "page.html").write_bytes(self.PAGE.encode())
        assert not self.fixed(repository)

    def test_a_page_that_git_ignores(self, repository: Path) -> None:
        (repository / "new.html").write_bytes(self.PAGE.encode())
        (repository / ".gitignore").write_text("new.html\n", encoding="utf-8")
        pixellint("check", "new.html", "--fix", cwd=repository)
        assert (repository / "new.html").read_bytes() == self.PAGE.encode()

    def test_one_changed_page_holds_no_other_back(self, repository: Path) -> None:
        (repository / "other.html").write_bytes(self.PAGE.encode())
        assert self.SAID in (done := pixellint("check", ".", "--fix", cwd=repository)).out + done.err
        assert (repository / "page.html").read_bytes() == b"<p>a</p>\n"
        assert (repository / "other.html").read_bytes() == self.PAGE.encode()

    def test_a_loader_waits_for_a_changed_page(self, repository: Path) -> None:
        (repository / "page.html").write_bytes(b"<script src='base.js'></script>\n<a onclick=\"fbq('track', 'Lead')\">a</a>\n")
        (repository / "base.js").write_bytes(f"{LOADER};\nfbq('init', '220334455667788');\n".encode())
        git(repository, "add", "base.js")
        before = (repository / "base.js").read_bytes()
        pixellint("check", ".", "--fix", cwd=repository)
        assert (repository / "base.js").read_bytes() == before
        git(repository, "add", "-A")
        assert self.fixed(repository)
        assert (repository / "base.js").read_bytes() == b""

    @pytest.mark.parametrize("setting", ["true", "input"])
    def test_line_ends_that_git_changes(self, setting: str, tmp_path: Path) -> None:
        git(tmp_path, "init", "-q")
        git(tmp_path, "config", "core.autocrlf", setting)
        (tmp_path / "page.html").write_bytes(self.PAGE.replace("\n", "\r\n").encode())
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", "x")
        assert self.fixed(tmp_path)
        assert (tmp_path / "page.html").read_bytes() == b"<p>a</p>\r\n"

    def test_no_repository(self, tmp_path: Path) -> None:
        (tmp_path / "page.html").write_bytes(self.PAGE.encode())
        assert self.fixed(tmp_path)

    def test_a_repository_without_a_commit(self, tmp_path: Path) -> None:
        git(tmp_path, "init", "-q")
        (tmp_path / "page.html").write_bytes(self.PAGE.encode())
        assert not self.fixed(tmp_path)
        git(tmp_path, "add", "-A")
        assert self.fixed(tmp_path)

    def test_a_broken_repository(self, tmp_path: Path) -> None:
        (tmp_path / ".git").write_text("gitdir: nowhere\n", encoding="utf-8")
        (tmp_path / "page.html").write_bytes(self.PAGE.encode())
        outcome = pixellint("check", "page.html", "--fix", cwd=tmp_path)
        assert (outcome.status, "--allow-dirty" in outcome.err) == (2, True)
        assert (tmp_path / "page.html").read_bytes() == self.PAGE.encode()
        assert self.fixed(tmp_path, "--allow-dirty")
