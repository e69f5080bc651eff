"""Fixes of scripts: what goes, what stays, and why some of it cannot go."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.catalog import load_catalog
from linter.evidence import Library
from linter.fixes import scripts
from linter.fixes.model import Outcome, Task, applied
from linter.fixes.recorded import record

CATALOG = load_catalog()
STOCK = """!function(f,b,e,v,n,t,s)
{if(f.fbq)return;n=f.fbq=function(){n.callMethod?
n.callMethod.apply(n,arguments):n.queue.push(arguments)};
if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version='2.0';
n.queue=[];t=b.createElement(e);t.async=!0;
t.src=v;s=b.getElementsByTagName(e)[0];
s.parentNode.insertBefore(t,s)}(window, document,'script',
'https://connect.facebook.net/en_US/fbevents.js');
"""
CALLS = "fbq('init', '123456789012345');\nfbq('track', 'PageView');\n"


def task_of(path: str, code: str, vendors: tuple[str, ...] = ("meta-pixel",), unsafe: bool = False) -> Task:
    recorded = record(path, code.encode(), CATALOG)
    assert recorded is not None
    matches = [match for row in recorded.told if row.finding.state != "dormant" for match in row.matches]
    own = [match for match in matches if match.vendor in vendors and not isinstance(match.evidence, Library)]
    return Task(recorded.source, recorded.parts, tuple(own), CATALOG, unsafe)


def fix(code: str, path: str = "a.js", vendors: tuple[str, ...] = ("meta-pixel",), unsafe: bool = False) -> tuple[str, Outcome]:
    task = task_of(path, code, vendors, unsafe)
    outcome = scripts.fix(task)
    return applied(code, [edit for edits in outcome.edits.values() for edit in edits]), outcome


def fixed(code: str, path: str = "a.js", vendors: tuple[str, ...] = ("meta-pixel",), unsafe: bool = False) -> str:
    """The code after all fixes, none of which was refused."""
    after, outcome = fix(code, path, vendors, unsafe)
    assert outcome.refused == {}
    assert bool(outcome.unsafe) == unsafe
    return after


def refusals(code: str, path: str = "a.js", vendors: tuple[str, ...] = ("meta-pixel",)) -> list[str]:
    """Why nothing was fixed."""
    after, outcome = fix(code, path, vendors)
    assert after == code
    return sorted(set(outcome.refused.values()))


class TestLoaders:
    @pytest.mark.parametrize(
        "loader",
        [
            STOCK,
            STOCK.replace("\n", ""),
            STOCK.replace("if(f.fbq)return;", "/* once */ if(f.fbq)return;\n  // the queue\n"),
            STOCK.replace("!function", "(function").replace("}(window", "})(window"),
            STOCK.replace("!function(f,b,e,v,n,t,s)", "((f,b,e,v,n,t,s)=>").replace("}(window", "})(window"),
            STOCK.replace("fbevents.js'", "fbevents.js' /* the library */"),
            "(function () {\n  if (window.fbq) return;\n"
            "  var n = (window.fbq = function () { n.callMethod ? n.callMethod.apply(n, arguments) : n.queue.push(arguments); });\n"
            "  if (!window._fbq) window._fbq = n;\n  n.push = n; n.loaded = true; n.version = '2.0'; n.queue = [];\n"
            "  var s = document.createElement('script');\n  s.async = true;\n"
            "  s.src = 'https://connect.facebook.net/en_US/fbevents.js';\n"
            "  var first = document.getElementsByTagName('script')[0];\n  first.parentNode.insertBefore(s, first);\n})();\n",
            "var s = document.createElement('script');\ns.async = 1;\ns.src = '//connect.facebook.net/en_US/fbevents.js';\n"
            "s.onload = function () { fbq('init', '123456789012345'); };\ndocument.head.appendChild(s);\n",
            "var s = document.createElement('script');\ns.setAttribute('src', 'https://connect.facebook.net/en_US/fbevents.js');\n"
            "(document.head || document.body).append(s);\n",
            "window.fbq = window.fbq || function () { (window.fbq.queue = window.fbq.queue || []).push(arguments); };\n"
            "$.getScript('https://connect.facebook.net/en_US/fbevents.js', function () { fbq('init', '123456789012345'); });\n",
        ],
    )
    def test_every_form_of_it_goes(self, loader: str) -> None:
        assert fixed(f"before();\n{loader}{CALLS}after();\n") == "before();\nafter();\n"

    def test_a_script_with_nothing_else_is_emptied(self) -> None:
        code = f"<p>a</p>\n<script>\n{STOCK}{CALLS}</script>\n"
        after, outcome = fix(code, "a.html")
        assert (after, outcome.refused) == ("<p>a</p>\n<script>\n</script>\n", {})
        assert [code[begin:end] for begin, end in outcome.emptied] == [f"\n{STOCK}{CALLS}"]

    def test_a_script_with_other_code_is_not(self) -> None:
        after, outcome = fix(f"<script>\n{STOCK}{CALLS}start();\n</script>\n", "a.html")
        assert (after, outcome.emptied) == ("<script>\nstart();\n</script>\n", ())

    @pytest.mark.parametrize(
        ("vendor", "snippet"),
        [
            (
                "google-tag-manager",
                "(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':new Date().getTime(),event:'gtm.js'});"
                "var f=d.getElementsByTagName(s)[0],j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;"
                "j.src='https://www.googletagmanager.com/gtm.js?id='+i+dl;f.parentNode.insertBefore(j,f);"
                "})(window,document,'script','dataLayer','GTM-ABCD123');",
            ),
            (
                "google-analytics",
                "window.dataLayer = window.dataLayer || [];\nfunction gtag(){dataLayer.push(arguments);}\ngtag('js', new Date());\n"
                "gtag('config', 'G-ABCDEFGH12');",
            ),
            (
                "google-analytics",
                "(function(i,s,o,g,r,a,m){i['GoogleAnalyticsObject']=r;i[r]=i[r]||function(){(i[r].q=i[r].q||[]).push(arguments)},"
                "i[r].l=1*new Date();a=s.createElement(o),m=s.getElementsByTagName(o)[0];a.async=1;a.src=g;m.parentNode.insertBefore(a,m)"
                "})(window,document,'script','//www.google-analytics.com/analytics.js','ga');\nga('create', 'UA-12345678-1', 'auto');",
            ),
            (
                "microsoft-clarity",
                "(function(c,l,a,r,i,t,y){c[a]=c[a]||function(){(c[a].q=c[a].q||[]).push(arguments)};t=l.createElement(r);t.async=1;"
                't.src="https://www.clarity.ms/tag/"+i;y=l.getElementsByTagName(r)[0];y.parentNode.insertBefore(t,y);'
                '})(window, document, "clarity", "script", "t8r0mi7k1l");',
            ),
            (
                "hotjar",
                "(function(h,o,t,j,a,r){h.hj=h.hj||function(){(h.hj.q=h.hj.q||[]).push(arguments)};h._hjSettings={hjid:1234567,hjsv:6};"
                "a=o.getElementsByTagName('head')[0];r=o.createElement('script');r.async=1;r.src=t+h._hjSettings.hjid+j+h._hjSettings.hjsv;"
                "a.appendChild(r);})(window,document,'https://static.hotjar.com/c/hotjar-','.js?sv=');",
            ),
            (
                "microsoft-uet",
                '(function(w,d,t,r,u){var f,n,i;w[u]=w[u]||[],f=function(){var o={ti:"12345678"};o.q=w[u],w[u]=new UET(o),'
                'w[u].push("pageLoad")},n=d.createElement(t),n.src=r,n.async=1,n.onload=n.onreadystatechange=function(){var s='
                'this.readyState;s&&s!=="loaded"&&s!=="complete"||(f(),n.onload=n.onreadystatechange=null)},'
                'i=d.getElementsByTagName(t)[0],i.parentNode.insertBefore(n,i)})(window,document,"script","//bat.bing.com/bat.js","uetq");',
            ),
            (
                "tiktok",
                '!function (w, d, t) {w.TiktokAnalyticsObject=t;var ttq=w[t]=w[t]||[];ttq.methods=["page","track"],'
                "ttq.setAndDefer=function(t,e){t[e]=function(){t.push([e].concat(Array.prototype.slice.call(arguments,0)))}};"
                "for(var i=0;i<ttq.methods.length;i++)ttq.setAndDefer(ttq,ttq.methods[i]);ttq.instance=function(t){for(var e=ttq._i[t]||[],"
                "n=0;n<ttq.methods.length;n++)ttq.setAndDefer(e,ttq.methods[n]);return e},ttq.load=function(e,n){"
                'var i="https://analytics.tiktok.com/i18n/pixel/events.js";ttq._i=ttq._i||{},ttq._i[e]=[],ttq._i[e]._u=i,ttq._t=ttq._t||{},'
                'ttq._t[e]=+new Date,ttq._o=ttq._o||{},ttq._o[e]=n||{};var o=document.createElement("script");o.type="text/javascript",'
                'o.async=!0,o.src=i+"?sdkid="+e+"&lib="+t;var a=document.getElementsByTagName("script")[0];'
                "a.parentNode.insertBefore(o,a)};ttq.load('CABCDEFGHIJKLMNOPQRS');ttq.page();}(window, document, 'ttq');",
            ),
            (
                "linkedin",
                '_linkedin_partner_id = "1234567";\nwindow._linkedin_data_partner_ids = window._linkedin_data_partner_ids || [];\n'
                "window._linkedin_data_partner_ids.push(_linkedin_partner_id);\n(function(l) {\nif (!l){window.lintrk = function(a,b){"
                'window.lintrk.q.push([a,b])};\nwindow.lintrk.q=[]}\nvar s = document.getElementsByTagName("script")[0];\n'
                'var b = document.createElement("script");\nb.type = "text/javascript";b.async = true;\n'
                'b.src = "https://snap.licdn.com/li.lms-analytics/insight.min.js";\ns.parentNode.insertBefore(b, s);})(window.lintrk);',
            ),
            (
                "pinterest",
                "!function(e){if(!window.pintrk){window.pintrk = function () {"
                "window.pintrk.queue.push(Array.prototype.slice.call(arguments))};"
                'var n=window.pintrk;n.queue=[],n.version="3.0";var t=document.createElement("script");t.async=!0,t.src=e;'
                'var r=document.getElementsByTagName("script")[0];r.parentNode.insertBefore(t,r)}}("https://s.pinimg.com/ct/core.js");\n'
                "pintrk('load', '2612345678901');\npintrk('page');",
            ),
        ],
    )
    def test_other_vendors(self, vendor: str, snippet: str) -> None:
        assert fixed(f"before();\n{snippet}\nafter();\n", vendors=(vendor,)) == "before();\nafter();\n"

    @pytest.mark.parametrize(
        ("code", "reason"),
        [
            (STOCK.replace("n.queue=[];", "n.queue=[];f.ready=1;"), "it sets `f.ready`"),
            (STOCK.replace("n.queue=[];", "n.queue=[];start();"), "it calls `start`"),
            (STOCK.replace("n.queue=[];", "n.queue=[];b.title='x';"), "it sets `b.title`"),
            ("var s = document.createElement('script');\ns.src = 'https://connect.facebook.net/en_US/fbevents.js';\nuse(s);\n",
             "`s`, which it sets, is used by other code"),
            ("var s = document.createElement('script');\ns.src = 'https://connect.facebook.net/en_US/fbevents.js';\n"
             "s.src = other;\ndocument.head.appendChild(s);\n", "`s`, which it sets, is used by other code"),
            ("export const url = 'https://connect.facebook.net/en_US/fbevents.js';\n", "it is exported"),
            ("function url() { return 'https://connect.facebook.net/en_US/fbevents.js'; }\nload(url());\n", "its value is used"),
        ],
    )  # fmt: skip
    def test_what_does_more_stays(self, code: str, reason: str) -> None:
        assert reason in refusals(code)

    @pytest.mark.parametrize("body", ["var s = document.createElement('script'); s.src = src; document.head.appendChild(s);",
                                      "return new Promise((resolve) => { const s = document.createElement('script'); s.onload = resolve; "
                                      "s.src = src; document.body.append(s); });"])  # fmt: skip
    def test_a_helper_that_loads_other_scripts_too(self, body: str) -> None:
        helper = f"function load(src) {{ {body} }}\n"
        code = f"{helper}load('https://connect.facebook.net/en_US/fbevents.js');\nload('/js/app.js');\n"
        assert fixed(code) == f"{helper}load('/js/app.js');\n"

    @pytest.mark.parametrize("check", ["if (window.fbq) {{ {} }}\n", "function f() {{ if (!window.fbq) return; {} }}\n"])
    def test_checks_for_another_vendor_do_not_matter(self, check: str) -> None:
        code = check.format("ttq.track('Contact'); own(2);") + "fbq('track', 'Lead');\n"
        assert fixed(code, vendors=("meta-pixel", "tiktok")) == check.format("own(2);")

    def test_what_is_not_to_be_fixed_stays(self) -> None:
        code = "if (ok) { fbq('track', 'A'); fbq('consent', 'grant'); }\nfbq('track', 'B');\n"
        task = task_of("a.js", code)
        wanted = tuple(match for match in task.matches if match.kind == "event-call")
        outcome = scripts.fix(task._replace(matches=wanted))
        after = applied(code, [edit for edits in outcome.edits.values() for edit in edits])
        assert after == "if (ok) { fbq('consent', 'grant'); }\n"

    def test_what_visitors_see_is_left_to_a_person(self) -> None:
        code = (
            "var s = document.createElement('script');\ns.src = 'https://embed.tawk.to/5a1b2c3d4e5f6a7b8c9d0e1f/default';\n"
            "document.head.appendChild(s);\n"
        )
        assert refusals(code, vendors=("tawk",)) == ["it shows something on the page, which would be gone"]
        assert fixed(code, vendors=("tawk",), unsafe=True) == ""

    def test_members_that_are_others(self) -> None:
        code = "(function () { var o = { page: document.body }; fbq('track', 'A', { x: (o.page.title = 1) }); })();\n"
        assert refusals(code) == ["it sets `o.page.title`"]

    def test_names_that_another_script_uses_stay(self) -> None:
        code = (
            "<script>\nvar tag = document.createElement('script');\ntag.src = 'https://connect.facebook.net/en_US/fbevents.js';\n"
            "document.head.appendChild(tag);\n</script>\n<script>\nwindow.done = tag.src;\n</script>\n"
        )
        assert refusals(code, "a.html") == ["another script uses `tag`"]

    def test_names_that_another_script_has_of_its_own_do_not_matter(self) -> None:
        other = "<script>\n(function (s) { s(); })(f);\nvar t = 1;\n</script>\n"
        code = (
            "<script>\nvar s = document.createElement('script');\ns.src = 'https://connect.facebook.net/en_US/fbevents.js';\n"
            f"document.head.appendChild(s);\n</script>\n{other}"
        )
        assert fixed(code, "a.html") == f"<script>\n</script>\n{other}"


class TestStatements:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("fbq('track', 'Lead')\ngo()\n", "go()\n"),
            ("a();\nfbq('track', 'Lead');\nb();\n", "a();\nb();\n"),
            ("a(), fbq('track', 'Lead'), b();\n", "a(), b();\n"),
            ("fbq('track', 'A'), fbq('track', 'B'), b();\n", "b();\n"),
            ("a(), fbq('track', 'A'), fbq('track', 'B');\n", "a();\n"),
            ("ok() && fbq('track', 'Lead');\n", "ok();\n"),
            ("ok && fbq('track', 'Lead');\n", ""),
            ("c ? fbq('track', 'A') : other();\n", "c ? undefined : other();\n"),
            ("window.fbq?.('track', 'A');\n", ""),
            ("(window as any).fbq('track', 'A');\n", ""),
            ("async function f() { await fbq('track', 'A'); next(); }\n", "async function f() { next(); }\n"),
            ("function f() { return fbq('track', 'A'); }\n", "function f() { }\n"),
            ("function f(x) { a(x); return fbq('track', 'A'); }\n", "function f(x) { a(x); return; }\n"),
            ("const f = () => fbq('track', 'A');\n", "const f = () => {};\n"),
            ("if (a) fbq('track', 'A'); else b();\n", "if (a) {} else b();\n"),
            ("if (a) { b(); } else fbq('track', 'A');\n", "if (a) { b(); }\n"),
            ("if (window.fbq) { fbq('track', 'A'); } else { b(); }\n", "if (window.fbq) { } else { b(); }\n"),
            ("if (typeof fbq === 'function' && v > 1) { fbq('track', 'A', {value: v}); }\n", ""),
            ("if (typeof fbq !== 'undefined') fbq('track', 'A');\nb();\n", "b();\n"),
            ("window.fbq && window.fbq('track', 'A');\n", ""),
            ("try { fbq('track', 'A'); } catch (e) { console.log(e); }\n", ""),
            ("try { fbq('track', 'A'); b(); } catch (e) { console.log(e); }\n", "try { b(); } catch (e) { console.log(e); }\n"),
            ("for (const b of buttons) { fbq('track', 'A'); }\n", ""),
            ("switch (x) { case 1: fbq('track', 'A'); break; default: b(); }\n", "switch (x) { case 1: break; default: b(); }\n"),
            ("setTimeout(function () { fbq('track', 'A'); }, 100);\n", ""),
            ("document.addEventListener('DOMContentLoaded', function () { fbq('track', 'A'); });\n", ""),
            ("jQuery(function ($) { $('.b').click(function () { fbq('track', 'Contact'); }); });\n", ""),
            ("document.querySelectorAll('a').forEach((a) => a.addEventListener('click', () => fbq('track', 'Contact')));\n", ""),
            ("$('form').on('submit', function (e) { e.preventDefault(); fbq('track', 'Lead'); send(); });\n",
             "$('form').on('submit', function (e) { e.preventDefault(); send(); });\n"),
            ("fetch('/api').then(() => { fbq('track', 'A'); });\n", "fetch('/api').then(() => { });\n"),
            ("form.onsubmit = function () { fbq('track', 'A'); return false; };\n", "form.onsubmit = function () { return false; };\n"),
            ("var t = setInterval(function () { if (window.fbq) { clearInterval(t); fbq('track', 'A'); } }, 50);\n", ""),
            ("const fb = window.fbq;\nfb('track', 'Lead');\n", ""),
            ("const track = (...a) => fbq(...a);\ntrack('track', 'Lead');\n", "const track = (...a) => {};\n"),
            ("class A { go() { fbq('track', 'A'); this.b(); } }\n", "class A { go() { this.b(); } }\n"),
            ("use({ a: function () { fbq('track', 'Lead'); }, b: 1 });\n", "use({ a: function () { }, b: 1 });\n"),
            ("export function lead() { fbq('track', 'Lead'); }\n", "export function lead() { }\n"),
            ("function f() { if (!window.fbq) return; fbq('track', 'A'); }\nf();\n", "function f() { }\nf();\n"),
            ("window.addEventListener('load', f);\nfunction f() { fbq('track', 'A'); }\n",
             "window.addEventListener('load', f);\nfunction f() { }\n"),
            ("(function () { function f() { fbq('track', 'A'); } f(); menu(); })();\n", "(function () { menu(); })();\n"),
            ("fbq('track', 'A', { value: Number(x.value.trim()), id: Date.now() + Math.random(), c: cur() });\n"
             "function cur() { return document.documentElement.lang; }\n", "function cur() { return document.documentElement.lang; }\n"),
            ("(() => { const id = crypto.randomUUID(); fbq('track', 'A', {}, { eventID: id }); go(); })();\n", "(() => { go(); })();\n"),
            ("const id = crypto.randomUUID();\nfbq('track', 'A', {}, { eventID: id });\n", "const id = crypto.randomUUID();\n"),
            ("window._fbq = window._fbq || [];\nwindow._fbq.push(['track', 'A', {}]);\n", "window._fbq = window._fbq || [];\n"),
        ],
    )  # fmt: skip
    def test_calls(self, before: str, after: str) -> None:
        assert fixed(before) == after
        assert fixed(after) == after

    @pytest.mark.parametrize(
        ("code", "reason"),
        [
            ("const r = fbq('track', 'A');\nuse(r);\n", "`r`, which it sets, is used by other code"),
            ("fbq('track', 'Purchase', { value: total() });\n", "it calls `total`"),
            ("fbq('track', 'A', {}, { eventCallback: done });\n", "it hands over `done` to be called"),
            ("fbq('track', 'A', { n: i++ });\nvar i;\nuse(i);\n", "`i`, which it sets, is used by other code"),
            ("fbq('track', 'A', { n: (page.seen = 1) });\n", "it sets `page.seen`"),
            ("x = fbq('track', 'A') || 1;\n", "it sets `x`"),
            ("if (window.fbq) { fbq('track', 'A'); book(); }\n", "its guard also holds other code, which would not run any more"),
            ("window.fbq && (fbq('track', 'A'), book());\n", "its guard also holds other code, which would not run any more"),
            ("if (window.fbq) { b.onclick = function () { fbq('track', 'A'); book(); }; }\n",
             "its guard also holds other code, which would not run any more"),
            ("function f() { if (!window.fbq) return; fbq('track', 'A'); book(); }\n",
             "the code behind the check for the vendor's function would not run any more"),
            ("function f() { if (typeof fbq === 'undefined') { return; } if (x) { fbq('track', 'A'); } book(); }\n",
             "the code behind the check for the vendor's function would not run any more"),
            ("const f = (): boolean => fbq('track', 'A');\nuse(f);\n", "other scripts may call `f`"),
        ],
    )  # fmt: skip
    def test_what_cannot_go(self, code: str, reason: str) -> None:
        assert refusals(code) == [reason]

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("a()\nfbq('track', 'A');\n[1].map(b)\n", "a()\n;\n[1].map(b)\n"),
            ("a()\nfbq('track', 'A')\n(function () { b(); })()\n", None),
            ("a()\nfbq('track', 'A');\n(function () {})()\n", "a()\n;\n(function () {})()\n"),
            ("const f = function () {}\nfbq('track', 'A');\n`x`.trim()\n", "const f = function () {}\n;\n`x`.trim()\n"),
            ("function f() {}\nfbq('track', 'A');\n(b)()\n", "function f() {}\n(b)()\n"),
            ("a();\nfbq('track', 'A');\n(b)()\n", "a();\n(b)()\n"),
            ("a()\nfbq('track', 'A'); b()\n", "a()\nb()\n"),
        ],
    )
    def test_semicolons(self, before: str, after: str | None) -> None:
        if after is None:
            assert refusals(before)
        else:
            assert fixed(before) == after

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("if (window.fbq && ok) { fbq('track', 'A'); book(); }\n", "if (true && ok) { book(); }\n"),
            ("if (typeof fbq !== 'undefined') { fbq('track', 'A'); book(); }\n", "if (true) { book(); }\n"),
            ("function f() { if (!window.fbq) return; fbq('track', 'A'); book(); }\n", "function f() { book(); }\n"),
        ],
    )
    def test_checks_that_a_person_looks_over(self, before: str, after: str) -> None:
        assert fixed(before, unsafe=True) == after


class TestComments:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("// Meta Pixel\nfbq('track', 'A'); // track it\n// other\nnext();\n", "// other\nnext();\n"),
            ("/* Facebook Pixel Code */\nfbq('track', 'A');\n/* End Facebook Pixel Code */\nnext();\n", "next();\n"),
            ("// Send the form\nfbq('track', 'A');\nnext();\n", "// Send the form\nnext();\n"),
            ("/* eslint-disable no-undef */\nfbq('track', 'A');\nnext();\n", "/* eslint-disable no-undef */\nnext();\n"),
            ("// eslint-disable-next-line no-undef\nfbq('track', 'A');\nnext();\n", "next();\n"),
            ("// @ts-expect-error\nfbq('track', 'A');\nnext();\n", "next();\n"),
            ("  fbq('track', 'A'); // gtag('event', 'x')\nnext();\n", "  // gtag('event', 'x')\nnext();\n"),
            ("fbq('init', '123456789012345');\n\n// then the event\nfbq('track', 'A');\nnext();\n", "next();\n"),
            ("fbq('init', '123456789012345');\n// gtag('config', 'G-1');\nfbq('track', 'A');\n", "// gtag('config', 'G-1');\n"),
            ("a();\n\n// Meta Pixel\nfbq('track', 'A');\n\nb();\n", "a();\n\nb();\n"),
        ],
    )
    def test_those_that_belong_to_it_go(self, before: str, after: str) -> None:
        assert fixed(before) == after


class TestOtherFiles:
    @pytest.mark.parametrize(
        ("path", "before", "after"),
        [
            ("a.tsx", "export const B = () => <a onClick={() => fbq('track', 'Lead')} id=\"x\">a</a>;\n",
             "export const B = () => <a id=\"x\">a</a>;\n"),
            ("a.tsx", "export const B = () => <a onClick={() => { fbq('track', 'Lead'); go(); }}>a</a>;\n",
             "export const B = () => <a onClick={() => { go(); }}>a</a>;\n"),
            ("a.tsx", "import { useEffect, useState } from 'react';\nexport function P() {\n  const [a] = useState(0);\n\n"
             "  useEffect(() => { window.fbq('track', 'PageView'); }, []);\n  return a;\n}\n",
             "import { useState } from 'react';\nexport function P() {\n  const [a] = useState(0);\n\n  return a;\n}\n"),
            ("a.tsx", "import React, { useEffect } from 'react';\nexport function P() {\n"
             "  useEffect(() => { window.fbq('track', 'PageView'); }, []);\n  return null;\n}\n",
             "import React from 'react';\nexport function P() {\n  return null;\n}\n"),
            ("a.jsx", "import ReactPixel from 'react-facebook-pixel';\nimport x from 'y';\nReactPixel.init('123456789012345');\n"
             "ReactPixel.pageView();\nx();\n", "import x from 'y';\nx();\n"),
            ("a.jsx", f"export function P() {{\n  const s = document.createElement('script');\n  s.innerHTML = `{STOCK}{CALLS}`;\n"
             "  document.head.appendChild(s);\n}\n", "export function P() {\n}\n"),
            ("a.html", "<a onclick=\"fbq('track', 'A'); return true;\">y</a>\n", "<a onclick=\"return true;\">y</a>\n"),
            ("a.html", "<a onclick=\"fbq('track', 'A'); go();\">y</a>\n", "<a onclick=\"go();\">y</a>\n"),
            ("a.vue", "<script setup>\nconst { $fbq } = useNuxtApp();\nfunction go() { $fbq('track', 'Lead'); next(); }\n</script>\n"
             "<template><a @click=\"go\">a</a></template>\n",
             "<script setup>\nconst { $fbq } = useNuxtApp();\nfunction go() { next(); }\n</script>\n"
             "<template><a @click=\"go\">a</a></template>\n"),
            ("a.vue", "<script setup>\nconst go = () => { fbq('track', 'Lead'); };\n</script>\n"
             "<template><a @click=\"go\">a</a></template>\n", "<script setup>\nconst go = () => { };\n</script>\n"
             "<template><a @click=\"go\">a</a></template>\n"),
            ("a.php", "<?php get_header(); ?>\n<script>\nstart();\nfbq('track', '<?php echo $event; ?>');\n</script>\n",
             "<?php get_header(); ?>\n<script>\nstart();\n</script>\n"),
            ("a.liquid", "<script>\nstart();\nfbq('track', 'A', { value: {{ total | json }} });\n</script>\n",
             "<script>\nstart();\n</script>\n"),
            ("a.liquid", "<script>\nfbq('track', 'A');\n{% if a %}\nfbq('track', 'B');\n{% else %}\nfbq('track', 'C');\n{% endif %}\nb();\n"
             "</script>\n", "<script>\nb();\n</script>\n"),
            ("a.liquid", "<script>\n{% if a %}\nfbq('track', 'B');\n{% else %}\nb();\n{% endif %}\n</script>\n",
             "<script>\n{% if a %}\n{% else %}\nb();\n{% endif %}\n</script>\n"),
            ("a.html", "<script>\r\nstart();\r\nfbq('track', 'A');\r\n</script>\r\n", "<script>\r\nstart();\r\n</script>\r\n"),
        ],
    )  # fmt: skip
    def test_what_is_left(self, path: str, before: str, after: str) -> None:
        assert fixed(before, path) == after

    @pytest.mark.parametrize(
        "handler",
        ["fbq('track', 'A')", "return fbq('track', 'A');", "window.fbq &amp;&amp; fbq('track', 'A')", "fbq(&#39;track&#39;, &#39;A&#39;)"],
    )
    def test_a_handler_with_nothing_else_is_emptied(self, handler: str) -> None:
        code = f'<a onclick="{handler}">y</a>\n'
        _, outcome = fix(code, "a.html")
        assert [code[begin:end] for begin, end in outcome.emptied] == [handler]

    @pytest.mark.parametrize(
        ("path", "code"),
        [
            ("a.tsx", f'export const A = () => <Script id="x">{{`{STOCK}{CALLS}`}}</Script>;\n'),
            ("a.tsx", f"export const A = () => <script dangerouslySetInnerHTML={{{{ __html: `{STOCK}{CALLS}` }}}} />;\n"),
            ("a.jsx", 'export const A = () => <img src="https://www.facebook.com/tr?id=1234567890&ev=PageView" />;\n'),
            ("nuxt.config.js", "export default { modules: ['nuxt-facebook-pixel-module'] };\n"),
        ],
    )
    def test_markup_and_entries_are_left_to_others(self, path: str, code: str) -> None:
        after, outcome = fix(code, path)
        assert (after, outcome) == (code, Outcome({}, {}, frozenset(), ()))

    def test_a_used_import_stays_with_the_line_of_its_use(self) -> None:
        code = "import ReactPixel from 'react-facebook-pixel';\nReactPixel.init('123456789012345');\nexport default ReactPixel;\n"
        after, outcome = fix(code, "a.js")
        assert after == code.replace("ReactPixel.init('123456789012345');\n", "")
        assert list(outcome.refused.values()) == ["line 3 still uses `ReactPixel`"]

    def test_a_torn_template_block_stays(self) -> None:
        code = "<script>\nfbq('track', 'A', {\n{% if a %}\n  value: 1 });\n{% else %}\n  value: 2 });\n{% endif %}\n</script>\n"
        after, outcome = fix(code, "a.liquid")
        assert after == code
        assert outcome.refused

    @pytest.mark.parametrize(
        "other", ["<script>\ngtag('event', 'x', { send_to: 'AW-1' });\n</script>\n", "<a onclick=\"gtag('set', {})\">a</a>\n"]
    )
    def test_helpers_stay_where_other_scripts_use_them(self, other: str) -> None:
        start = "window.dataLayer = window.dataLayer || [];\nfunction gtag(){dataLayer.push(arguments);}\ngtag('js', new Date());\n"
        code = f"<script>\n{start}gtag('config', 'G-ABCDEFGH12');\n</script>\n{other}"
        after, _ = fix(code, "a.html", ("google-analytics",))
        assert "function gtag" in after
        assert "G-ABC" not in after

    def test_helpers_go_with_all_scripts_that_use_them(self) -> None:
        start = "window.dataLayer = window.dataLayer || [];\nfunction gtag(){dataLayer.push(arguments);}\ngtag('js', new Date());\n"
        code = f"<p>gtag</p><script>\n{start}gtag('config', 'G-ABCDEFGH12');\n</script>\n<a onclick=\"gtag('event', 'x')\">a</a>\n"
        assert fixed(code, "a.html", ("google-analytics",)) == '<p>gtag</p><script>\n</script>\n<a onclick="">a</a>\n'

    def test_helpers_stay_where_others_use_them(self) -> None:
        start = "window.dataLayer = window.dataLayer || [];\nfunction gtag(){dataLayer.push(arguments);}\ngtag('js', new Date());\n"
        other = "gtag('config', 'AW-123456789');\n"
        code = f"{start}gtag('config', 'G-ABCDEFGH12');\n{other}"
        assert fixed(code, vendors=("google-analytics",)) == start + other
        assert fixed(code, vendors=("google-analytics", "google-ads")) == ""


PIECES = [
    "go();\n", "var a = 1;\n", "if (a) { go(); }\n", "fbq('track', 'A');\n", "if (window.fbq) { fbq('track', 'B'); }\n", "// Meta Pixel\n",
    "window.fbq && fbq('track', 'C');\n", "if (a) fbq('track', 'D'); else go();\n", "go(), fbq('track', 'E');\n", "[1].map(go)\n", "go()\n",
    "function f() { fbq('track', 'F'); }\n", "f();\n", STOCK, CALLS, "\n", "const x = fbq('track', 'G')\n", "use(x)\n", "(go)()\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=9), st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_is_left_is_the_script_without_the_cuts(pieces: list[str], unsafe: bool) -> None:
    code = "".join(pieces)
    task = task_of("a.js", code, unsafe=unsafe)
    outcome = scripts.fix(task)
    edits = [edit for edits in outcome.edits.values() for edit in edits]
    after = applied(code, edits)
    assert all(edit.text in ("", ";", "{}", "undefined", "true") for edit in edits)
    assert set(outcome.edits) & set(outcome.refused) == set()
    assert set(outcome.edits) | set(outcome.refused) == set(range(len(task.matches)))
    left = [code[slice(*task.matches[number].evidence.span)] for number in outcome.refused]
    again = task_of("a.js", after, unsafe=unsafe)
    assert sorted(after[slice(*match.evidence.span)] for match in again.matches) == sorted(left)
    assert scripts.fix(again).edits == {}


@pytest.mark.parametrize(
    "code",
    [
        "fbq('track'," * 3000,
        "if (window.fbq) {" * 2000 + "fbq('track', 'A');" + "}" * 2000,
        "(function () {" * 1500 + "fbq('track', 'A');" + "})();" * 1500,
        "fbq('track', 'A');\n" * 3000,
        "var s = document.createElement('script'); s.src = 'https://connect.facebook.net/en_US/fbevents.js';" * 800,
        "fbq('track', 'A', " + "[" * 5000 + "]" * 5000 + ");",
        "fbq('track', 'A', {v: " + "a + " * 5000 + "b});",
        "a(), fbq('track', 'A'), " * 2000 + "b();",
        "x = x || fbq('track', 'A');" * 1500,
        "function f() { if (!window.fbq) return; " * 500 + "fbq('track', 'A'); go();" + "}" * 500,
        "\ufefffbq('track', 'Lead', {name: '\U0001f600'});\n\u2028fbq('track', 'A')",
    ],
)
def test_hostile_scripts(code: str) -> None:
    after, outcome = fix(code)
    assert (after != code) == bool(outcome.edits)
