"""The JavaScript reader: what is called, loaded, written and assigned, however it is written."""

import pytest

from tests.reading_support import told, underlined

URL = "https://connect.facebook.net/en_US/fbevents.js"
PIXEL = "https://www.facebook.com/tr?id=1"

CALLS = {
    "fbq('track', 'Lead')": "fbq('track', 'Lead')",
    "window.fbq('track')": "fbq('track')",
    "window['fbq']('track')": "fbq('track')",
    "globalThis.fbq?.('track')": "fbq('track')",
    "(window as any).fbq('track')": "fbq('track')",
    "(<any>window).fbq('track')": "fbq('track')",
    "(0, window.fbq)('track')": "fbq('track')",
    "window?.fbq?.('track', `Lead`)": "fbq('track', 'Lead')",
    "const w = window as Win; w.fbq('track')": "fbq('track')",
    "const pixel = window.fbq; pixel('track')": "fbq('track')",
    "!function(f){f.fbq('track')}(window)": "fbq('track')",
    "typeof fbq !== 'undefined' && fbq('track')": "fbq('track')",
    "const ID = '42'; fbq('init', ID)": "fbq('init', '42')",
    "const C = {pixel: {id: '42'}}; fbq('init', C.pixel.id)": "fbq('init', '42')",
    "fbq('init', process.env.ID || '42')": "fbq('init', '42')",
    "fbq('init', process.env.ID)": "fbq('init', `process.env.ID`)",
    "fbq('init', `${process.env.ID}`)": "fbq('init', `process.env.ID`)",
    "fbq('in' + 'it', '4' + '2')": "fbq('init', '42')",
    "fbq('init', 42)": "fbq('init', '42')",
    "fbq('init', '42', {em: user.email, ph})": "fbq('init', '42', {em: `user.email`, ph: `ph`})",
    "fbq.push(['track', 'Lead'])": "fbq.push(['track', 'Lead'])",
    "window['\\x66\\x62\\x71']('track')": "fbq('track')",
    "fbq('track', atob('TGVhZA=='))": "fbq('track', 'Lead')",
    "fbq('track', String.fromCharCode(76, 101, 97, 100))": "fbq('track', 'Lead')",
}


@pytest.mark.parametrize(("code", "call"), CALLS.items())
def test_calls(code: str, call: str) -> None:
    path = "a.ts" if "<any>" in code else "a.tsx"
    assert call in told(path, code)


URLS = {
    f"t.src = '{URL}'": f"code {URL}",
    f"const s = document.createElement('script'); s.src = '{URL}'": f"script {URL}",
    f"s = document.createElement('script'); s.setAttribute('src', '{URL}')": f"script {URL}",
    f"new Image().src = '{PIXEL}'": f"image {PIXEL}",
    f"(new Image).src = '{PIXEL}'": f"image {PIXEL}",
    f"navigator.sendBeacon('{PIXEL}', data)": f"request {PIXEL}",
    f"fetch(`{PIXEL}&ev=${{name}}`)": f"request {PIXEL}&ev=~~~~~~~",
    f"import('{URL}')": f"script {URL}",
    f"importScripts('{URL}')": f"script {URL}",
    f"$.getScript('{URL}')": f"script {URL}",
    f"loadScript('{URL}', done)": f"script {URL}",
    "x('https://connect.' + 'facebook.net/en_US/fbevents.js')": f"code {URL}",
    "const host = 'connect.facebook.net'; load(`https://${host}/en_US/fbevents.js`)": f"code {URL}",
    "x(['https:/', 'connect.facebook.net', 'en_US', 'fbevents.js'].join('/'))": f"code {URL}",
    f"useHead({{script: [{{src: '{URL}'}}]}})": f"script {URL}",
    f"export default {{ scripts: ['{URL}'] }}": f"script {URL}",
    f"var a = <Script src='{URL}' />": f"script {URL}",
    f"var a = <img src={{`{PIXEL}`}} />": f"image {PIXEL}",
    f"var a = <noscript><img src='{PIXEL}' /></noscript>": f"image {PIXEL} noscript",
    f"var a = <link rel='preconnect' href='{URL}' />": f"hint {URL}",
    f"el.innerHTML = '<img src=\"{PIXEL}\">'": f"image {PIXEL}",
    f"document.write('<scr' + 'ipt src=\"{URL}\"></scr' + 'ipt>')": f"script {URL}",
    f"!function(f,b,e,v){{t.src=v}}(window,document,'script','{URL}')": f"code {URL}",
}


@pytest.mark.parametrize(("code", "line"), URLS.items())
def test_urls(code: str, line: str) -> None:
    assert line in told("a.jsx", code)


NOTHING = [
    f"if (url.includes('{URL}')) block()",
    f"console.log('loads {URL}', \"fbq('track')\")",
    f"const re = /connect.facebook.net/; url === '{URL}'",
    "declare function fbq(...args: any[]): void; interface Window { fbq: any }",
    f"throw new Error('{URL} is blocked')",
    "// fbq is loaded elsewhere",
    "/* The pixel (fbq) is in the header */",
    "type A = 'fbq'",
    f"document.querySelector('script[src=\"{URL}\"]')",
    "const message = 'Please add fbq to your page'",
]


@pytest.mark.parametrize("code", NOTHING)
def test_what_only_mentions_gives_nothing_that_loads(code: str) -> None:
    loading = ("script ", "code ", "image ", "frame ", "request ", "fbq(")
    assert not [line for line in told("a.ts", code) if line.startswith(loading)]


STATES = {
    "// fbq('track')": "[dormant]",
    "/* fbq('track'); */": "[dormant]",
    "// a();\n// fbq('track',\n//   'Lead');\n": "[dormant]",
    "if (false) { fbq('track') }": "[dormant]",
    "false && fbq('track')": "[dormant]",
    "if (hasConsent()) fbq('track')": "[consent-gated]",
    "if (cookieConsent.marketing) { load(); fbq('track') }": "[consent-gated]",
    "function f() { if (!consentGiven) return; fbq('track') }": "[consent-gated]",
    "window.addEventListener('CookiebotOnAccept', () => fbq('track'))": "[consent-gated]",
    "if (typeof fbq === 'function') fbq('track')": "",
    "if (!hasConsent()) { wait() } else { fbq('track') }": "[consent-gated]",
}


@pytest.mark.parametrize(("code", "state"), STATES.items())
def test_states(code: str, state: str) -> None:
    (line,) = [line for line in told("a.js", code) if line.startswith("fbq(")]
    assert line.partition(")")[2].strip() == state


def test_wrappers_pass_the_call_sites_on() -> None:
    code = "const track = (...a) => fbq(...a);\ntrack('track', 'Lead');\n"
    code += "function t2(kind, name) { window.fbq(kind, name) }\nt2('track', 'Contact')"
    assert "fbq('track', 'Lead')" in told("a.js", code)
    assert "fbq('track', 'Contact')" in told("a.js", code)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("import Pixel from 'pixel-package'; Pixel.init('1')", "pixel-package#init('1')"),
        ("import * as Pixel from 'pixel-package'; Pixel.init('1')", "pixel-package#init('1')"),
        ("import { init as start } from 'pixel-package'; start('1')", "pixel-package#init('1')"),
        ("const Pixel = require('pixel-package'); Pixel.init('1')", "pixel-package#init('1')"),
        ("const { init } = require('pixel-package'); init('1')", "pixel-package#init('1')"),
        ("require('pixel-package').default.init('1')", "pixel-package#init('1')"),
        ("import('pixel-package').then((m) => m.default).then((P) => { P.init('1') })", "pixel-package#init('1')"),
        ("import start from 'pixel-package'; start('1')", "pixel-package#default('1')"),
        ("import Pixel from 'pixel-package'; new Pixel('1')", "pixel-package#default('1')"),
    ],
)
def test_packages(code: str, line: str) -> None:
    assert {"import pixel-package", line} <= set(told("a.ts", code))


def test_types_alone_are_no_import() -> None:
    assert told("a.ts", "import type { Pixel } from 'pixel-package'") == []
    assert told("a.d.ts", "import Pixel from 'pixel-package'; declare const fbq: Pixel") == []


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("a(); fbq('track', 'Lead'); b()", ["fbq('track', 'Lead')"]),
        (f"x('{URL}')", [URL]),
        (f'x("{URL}?v=" + version)', [URL + "?v="]),
        ("window._partner_id = '42';", ["window._partner_id = '42'"]),
        ("eval('fbq(\\'track\\')')", ["fbq(\\'track\\')"]),
        (f"el.innerHTML = '<img src=\"{PIXEL}\">'", [PIXEL]),
    ],
)
def test_underlined_text(code: str, texts: list[str]) -> None:
    assert set(texts) <= set(underlined("a.js", code))


def test_a_very_long_script_is_read_around_its_hits() -> None:
    filler = "var a=[1,2,3];" * 60_000
    code = f"{filler}\nfbq('track','Lead');\n{filler}\nfbq('track','Contact');\n{filler}"
    assert told("bundle.js", code) == ["fbq('track', 'Lead')", "fbq('track', 'Contact')"]
