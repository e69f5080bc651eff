"""Elements in JSX that go, with what is of no use without them; and what stays, and why."""

import pytest
from fixing_support import fix, fixed_soundly
from hypothesis import given
from hypothesis import strategies as st

LOADER = """!function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?
n.callMethod.apply(n,arguments):n.queue.push(arguments)};if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version='2.0';n.queue=[];
t=b.createElement(e);t.async=!0;t.src=v;s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}(window,document,'script',
'https://connect.facebook.net/en_US/fbevents.js');"""
ID = "1802345678901234"
IMG = f"https://www.facebook.com/tr?id={ID}&ev=PageView&noscript=1"
HOLE_IMG = "`https://www.facebook.com/tr?id=${PIXEL_ID}&ev=PageView&noscript=1`"
HEAD = "import Script from 'next/script'\n\n"
SCRIPT = (
    f"<Script id=\"fb-pixel\" strategy=\"afterInteractive\">{{`\n{LOADER}\nfbq('init', '{ID}');\nfbq('track', 'PageView');\n`}}</Script>"
)
HOLES = f"<Script id=\"fb-pixel\" strategy=\"afterInteractive\">{{`\n{LOADER}\nfbq('init', '${{PIXEL_ID}}');\n`}}</Script>"
INNER = f'<script dangerouslySetInnerHTML={{{{ __html: `{LOADER}fbq("init", "{ID}");` }}}} />'


def page(inside: str, before: str = "", head: str = HEAD) -> str:
    return (
        f"{head}{before}export default function Page() {{\n  return (\n    <main>\n{inside}      <h1>Dr. Marsh</h1>\n    </main>\n  )\n}}\n"
    )


LEFT = page("", head="")
TAKEN = {
    "a script": (page(f"      {SCRIPT}\n"), LEFT),
    "with comments": (page(f"      {{/* Meta Pixel Code */}}\n      {SCRIPT}\n      {{/* End Meta Pixel Code */}}\n"), LEFT),
    "a comment of something else stays": (
        page(f"      {{/* Header */}}\n      {SCRIPT}\n"),
        page("      {/* Header */}\n", head=""),
    ),
    "as html": (page(f"      {INNER}\n", head=""), LEFT),
    "with its image": (page(f'      {SCRIPT}\n      <noscript><img height="1" src="{IMG}" /></noscript>\n'), LEFT),
    "with an image as html": (
        page(f'      {SCRIPT}\n      <noscript dangerouslySetInnerHTML={{{{ __html: `<img height="1" src="{IMG}" />` }}}} />\n'),
        LEFT,
    ),
    "with a hole, its constant and the comment on it": (
        page(f"      {HOLES}\n      <noscript><img src={{{HOLE_IMG}}} /></noscript>\n", f"// Facebook Pixel\nconst PIXEL_ID = '{ID}'\n\n"),
        LEFT,
    ),
    "with a constant from the environment": (page(f"      {HOLES}\n", "const PIXEL_ID = process.env.NEXT_PUBLIC_PIXEL\n\n"), LEFT),
    "under a condition": (page(f"      {{PIXEL_ID && (\n        {HOLES}\n      )}}\n", f"const PIXEL_ID = '{ID}'\n"), LEFT),
    "under an environment's condition": (page(f"      {{process.env.NODE_ENV === 'production' && {SCRIPT}}}\n"), LEFT),
    "one branch, the other nothing": (page(f"      {{on ? {SCRIPT} : null}}\n", "const on = true\n"), LEFT),
    "one branch of two": (
        page(f"      {{on ? {SCRIPT} : <hr />}}\n", "const on = true\n"),
        page("      {on ? null : <hr />}\n", "const on = true\n", ""),
    ),
    "in a fragment with its twin": (
        page(
            f'      {{on && (\n        <>\n          {SCRIPT}\n          <noscript><img src="{IMG}" /></noscript>\n        </>\n'
            f"      )}}\n",
            "const on = 1\n",
        ),
        LEFT,
    ),
    "in a fragment with others": (
        page(f"      <>\n        {SCRIPT}\n        <hr />\n      </>\n"),
        page("      <>\n        <hr />\n      </>\n", head=""),
    ),
    "a component of a package": (
        page('      <GoogleTagManager gtmId="GTM-ABC1234" />\n', head="import { GoogleTagManager } from '@next/third-parties/google'\n\n"),
        LEFT,
    ),
    "one of several names of an import": (
        page(
            '      <GoogleTagManager gtmId="GTM-ABC1234" />\n      <YouTubeEmbed />\n',
            head="import { GoogleTagManager, YouTubeEmbed } from '@next/third-parties/google'\n\n",
        ),
        page("      <YouTubeEmbed />\n", head="import { YouTubeEmbed } from '@next/third-parties/google'\n\n"),
    ),
    "a name that something else uses": (
        page(f'      {SCRIPT}\n      <Script src="/own.js" />\n'),
        page('      <Script src="/own.js" />\n'),
    ),
    "a component of its own with an id": (
        page(f'      <MetaPixel pixelId="{ID}" />\n', head="import MetaPixel from '../MetaPixel'\n\n"),
        LEFT,
    ),
    "in a Suspense": (
        page(
            f"      <Suspense fallback={{null}}>\n        {SCRIPT}\n      </Suspense>\n", head=HEAD + "import { Suspense } from 'react'\n\n"
        ),
        LEFT,
    ),
    "in Helmet alone": (
        page(f"      <Helmet>\n        {INNER}\n      </Helmet>\n", head="import { Helmet } from 'react-helmet'\n\n"),
        LEFT,
    ),
    "in Helmet with others": (
        page(f"      <Helmet>\n        <title>x</title>\n        {INNER}\n      </Helmet>\n", head=""),
        page("      <Helmet>\n        <title>x</title>\n      </Helmet>\n", head=""),
    ),
    "a loader by its address": (
        page('      <Script src="https://www.googletagmanager.com/gtag/js?id=G-ABCDEFGHIJ" strategy="lazyOnload" />\n'),
        LEFT,
    ),
    "a hint": (page('      <link rel="preconnect" href="https://connect.facebook.net" />\n', head=""), LEFT),
    "what is left beside it on the line": (page(f"      <b />{SCRIPT}<i />\n"), page("      <b /><i />\n", head="")),
    "a script in a constant": (
        page(
            "      <Script id='p' dangerouslySetInnerHTML={{ __html: code }} />\n",
            f"const PIXEL_ID = '{ID}';\nconst code = `\n{LOADER}\nfbq('init', '${{PIXEL_ID}}');\n`.trim();\n\n",
        ),
        LEFT,
    ),
    "other code of the script stays": (
        page(
            f"      <Script id='x'>{{`\n{LOADER}\nfbq('init', '${{PIXEL_ID}}');\nown();\n`}}</Script>\n", f"const PIXEL_ID = own('{ID}')\n"
        ),
        page("      <Script id='x'>{`\nown();\n`}</Script>\n", f"const PIXEL_ID = own('{ID}')\n"),
    ),
}
WHOLE = {
    "what a component returns": (
        f"{HEAD}export default function Pixel() {{\n  return (\n    <>\n      {SCRIPT}\n    </>\n  )\n}}\n",
        "export default function Pixel() {\n  return null\n}\n",
    ),
    "what an arrow function returns": (
        f"{HEAD}export const Pixel = () => (\n  {SCRIPT}\n)\n",
        "export const Pixel = () => null\n",
    ),
    "an exported id": (
        f"{HEAD}export const PIXEL_ID = '{ID}'\n\nexport const Pixel = () => {HOLES}\n",
        "export const PIXEL_ID = ''\n\nexport const Pixel = () => null\n",
    ),
    "items of a list of elements": (
        f'export const onRenderBody = ({{ setHeadComponents }}) => {{\n  setHeadComponents([\n    <meta key="a" />,\n'
        f'    {INNER},\n    <noscript key="n">\n      <img src="{IMG}" />\n'
        "    </noscript>\n  ])\n}\n",
        'export const onRenderBody = ({ setHeadComponents }) => {\n  setHeadComponents([\n    <meta key="a" />\n  ])\n}\n',
    ),
    "an id that is only asked for": (
        f"{HEAD}const PIXEL_ID = process.env.PIXEL || '{ID}'\n\nexport function Pixel() {{\n  if (!PIXEL_ID) return null\n"
        f"  return {HOLES}\n}}\n",
        "const PIXEL_ID = ''\n\nexport function Pixel() {\n  if (!PIXEL_ID) return null\n  return null\n}\n",
    ),
    "an id beside functions that send": (
        f"export const FB_PIXEL_ID = {ID}\n\nexport const pageview = () => {{\n  window.fbq('track', 'PageView')\n}}\n",
        "export const FB_PIXEL_ID = 0\n\nexport const pageview = () => {\n}\n",
    ),
    "items of the head": (
        "useHead({\n  script: [\n    { src: 'https://www.googletagmanager.com/gtag/js?id=G-ABCDEFGHIJ', async: true },\n"
        "    { src: '/own.js' },\n"
        f"    {{ innerHTML: `{LOADER}fbq('init', '{ID}');` }},\n  ],\n  noscript: [{{ innerHTML: '<img src=\"{IMG}\">' }}],\n}})\n",
        "useHead({\n  script: [\n    { src: '/own.js' },\n  ],\n  noscript: [],\n})\n",
    ),
    "line ends": (
        f"{HEAD}export default () => (\n  <main>\n    {SCRIPT}\n    <p />\n  </main>\n)\n".replace("\n", "\r\n"),
        "export default () => (\n  <main>\n    <p />\n  </main>\n)\n".replace("\n", "\r\n"),
    ),
}


@pytest.mark.parametrize(("before", "after"), [*TAKEN.values(), *WHOLE.values()], ids=[*TAKEN, *WHOLE])
def test_taken(before: str, after: str) -> None:
    unused = "const on = true\n" in before and "const on = true\n" not in after
    result = fixed_soundly({"app/page.tsx": before.encode()})
    assert result.files["app/page.tsx"].decode() == after, unused


KEPT = {
    "a spread of attributes": (f'<script {{...extra}} src="{IMG}" />', "its attributes come from `{...extra}`"),
    "a reference": (
        '<script ref={own} src="https://connect.facebook.net/en_US/fbevents.js" />',
        "other code holds on to the element (`ref`)",
    ),
    "a handler": (
        '<Script src="https://connect.facebook.net/en_US/fbevents.js" onLoad={() => { own() }} />',
        "its `onLoad` runs code of its own",
    ),
    "other children": (f'<noscript><img src="{IMG}" /><p>own</p></noscript>', None),
    "what it wraps": (f'<MetaPixel pixelId="{ID}"><p>own</p></MetaPixel>', "it also holds `<p>`"),
    "a call in an attribute": (f'<MetaPixel pixelId="{ID}" nonce={{own()}} />', "its `nonce` is worked out by `own()`"),
    "in the middle of a text": (f'one <img src="{IMG}" /> two', "it stands in the middle of a text"),
    "kept in a variable": (f'{{(() => {{ const a = <img src="{IMG}" />; return a }})()}}', "the element is kept in a variable"),
    "handed to a function": (f'{{own(<img src="{IMG}" />)}}', "the element is handed to a function"),
}


@pytest.mark.parametrize(("inside", "why"), KEPT.values(), ids=KEPT)
def test_kept(inside: str, why: str | None) -> None:
    before = {"app/page.jsx": page(f"      {inside}\n", head="").encode()}
    result = fixed_soundly(before)
    if why is None:
        assert b"<p>own</p>" in result.files["app/page.jsx"]
    else:
        assert list(result.fixes.refused.values()) == [why]
        assert result.files == before


PIECES = [
    "<b />",
    "{x}",
    "{/* note */}",
    "<i>t</i>",
    "text",
    "\n  ",
    SCRIPT,
    INNER,
    f'<img src="{IMG}" />',
    "{x && (",
    ")}",
    "<>",
    "</>",
    "<Helmet>",
    "</Helmet>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=9))
def test_anything_between_tags(pieces: list[str]) -> None:
    fixed_soundly({"app/page.jsx": page("".join(pieces) + "\n", head="").encode()})


def test_nested_without_end() -> None:
    code = "export default () => " + "<div>" * 800 + SCRIPT + "</div>" * 800
    fix({"app/page.jsx": code.encode()})
    fix({"app/page.jsx": ("<Script>{`" * 400 + SCRIPT).encode()})
    many = page("".join(f"      {{a{n} && {INNER}}}\n" for n in range(150)), head="")
    assert fix({"app/page.jsx": many.encode()}).files["app/page.jsx"].decode() == LEFT
