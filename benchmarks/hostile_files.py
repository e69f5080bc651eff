"""The files of `hostile.py`: each holds a pixel, so that it is read, and is otherwise made to make one reader slow."""

import base64
import json
import random
from collections.abc import Callable
from typing import NamedTuple

CALL = "fbq('init', '1029384756102938');"
SCRIPT = f"<script>{CALL}</script>"
LOADER = "<script src=//connect.facebook.net/en_US/fbevents.js>"
ADDRESS = "https://connect.facebook.net/en_US/fbevents.js"
STRING = json.dumps(ADDRESS)
IMAGE = '<img src="https://www.facebook.com/tr?id=1029384756102938&ev=PageView">'


class File(NamedTuple):
    """A file: its path, whose ending decides the language, and what makes it, given how many bytes it should have."""

    path: str
    make: Callable[[int], bytes]


def _wall(unit: str, head: str = "", tail: str = "", opening: str = "") -> Callable[[int], bytes]:
    """`head`, `opening`, one unit over and over, `tail`; in the unit `@` becomes a running number."""

    def make(size: int) -> bytes:
        room = max(size - len(head) - len(opening) - len(tail), 0)
        if "@" in unit:
            count = room // (len(unit) + 5) + 1
            body = "".join(unit.replace("@", str(number)) for number in range(count))
        else:
            body = unit * (room // len(unit))
        return (head + opening + body + tail).encode("utf-8", "surrogatepass")

    return make


def _nested(begin: str, middle: str, end: str, head: str = "") -> Callable[[int], bytes]:
    def make(size: int) -> bytes:
        depth = size // (len(begin) + len(end))
        return (head + begin * depth + middle + end * depth).encode()

    return make


def _layers(wrap: Callable[[str], str]) -> Callable[[int], bytes]:
    """The pixel wrapped again and again until the size, or 20,000 layers, are reached."""

    def make(size: int) -> bytes:
        text = SCRIPT
        for _ in range(20_000):
            wrapped = wrap(text)
            if len(wrapped) > size:
                break
            text = wrapped
        return text.encode()

    return make


def _srcdoc(text: str) -> str:
    return '<iframe srcdoc="' + text.replace("&", "&amp;").replace('"', "&quot;") + '"></iframe>'


def _data_url(text: str) -> str:
    return f'<iframe src="data:text/html;base64,{base64.b64encode(text.encode()).decode()}"></iframe>'


def _atob(text: str) -> str:
    code = text.removeprefix("<script>").removesuffix("</script>")
    return f"<script>eval(atob('{base64.b64encode(code.encode()).decode()}'))</script>"


def _bundle(size: int) -> bytes:
    """Minified code on one line with three pixels in it."""
    chance = random.Random(1)
    names = [chance.choice("abcdefgh") + chance.choice("xyzuvw") + str(number) for number in range(200)]
    parts: list[str] = []
    total = 0
    while total < size:
        a, b, c = (chance.choice(names) for _ in range(3))
        parts.append(
            f'function {a}({b},{c}){{return {b}&&{c}.{a}(function(e){{var t=e["{c}"]||[];return t.length>2?t[0]:{{k:"{a}",n:{len(a)}}}}})}}'
        )
        total += len(parts[-1])
    for share in (0.1, 0.5, 0.9):
        parts.insert(int(len(parts) * share), CALL)
    return ";".join(parts).encode()


def _noise(size: int) -> bytes:
    return CALL.encode() + random.Random(2).randbytes(size)


def _base64_wall(begin: str, end: str) -> Callable[[int], bytes]:
    def make(size: int) -> bytes:
        inner = (SCRIPT + "<p>text</p>" * (size // 15)).encode()
        return (begin + base64.b64encode(inner).decode() + end).encode()

    return make


def _doubling(size: int) -> bytes:
    """Variables of which each is the one before it, ten times."""
    lines = ["var v0 = 'https://connect.facebook.net/';"]
    lines += [f"var v{number} = {' + '.join([f'v{number - 1}'] * 10)};" for number in range(1, 12)]
    lines += ["fbq('init', v11); fbq('track', v11); s.src = v11 + 'en_US/fbevents.js';"] * (size // 70)
    return "\n".join(lines).encode()


def _entities(size: int) -> bytes:
    rows = ["<!DOCTYPE html [<!ENTITY a0 \"fbq('init','1');\">"]
    rows += [f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 30)]
    body = "&a29;&#102;&#98;&#113;(" * (size // 24)
    return ("\n".join(rows) + f']>\n<a onclick="{body}">{SCRIPT}').encode()


def _odd_tags(size: int) -> bytes:
    """Quotes placed so that every tag reads on to the end of the file, finds no end there, and ends at its first `>`."""
    unit = '<a b=">"b='
    return (SCRIPT + unit * (size // len(unit)) + "connect.facebook.net/ c='").encode()


_HIT_LINES = CALL + "\n"
_PIXEL_MD = "<script>" + CALL + "</script>\n\n"

FILES = {
    # HTML
    "html less-than": File("a.html", _wall("<", SCRIPT, SCRIPT)),
    "html tags": File("a.html", _wall("<a>", SCRIPT, SCRIPT)),
    "html unclosed tags": File("a.html", _wall("<a ", SCRIPT, SCRIPT)),
    "html unclosed quotes": File("a.html", _wall("<a b='", SCRIPT, SCRIPT)),
    "html odd quotes": File("a.html", _odd_tags),
    "html unclosed comments": File("a.html", _wall("<!-- ", SCRIPT, SCRIPT)),
    "html comments": File("a.html", _wall("<!---->", SCRIPT, SCRIPT)),
    "html comments with pixels": File("a.html", _wall(f"<!-- {SCRIPT} -->")),
    "html unclosed scripts": File("a.html", _wall("<script>", SCRIPT, SCRIPT)),
    "html escaped scripts": File("a.html", _wall("<script><!--<script></script>", SCRIPT, SCRIPT)),
    "html unclosed noscripts": File("a.html", _wall("<noscript>", SCRIPT, SCRIPT)),
    "html unclosed templates": File("a.html", _wall("<template>", SCRIPT, SCRIPT)),
    "html closed script tags": File("a.html", _wall("<script src=//connect.facebook.net/en_US/fbevents.js />")),
    "html loaders": File("a.html", _wall(LOADER)),
    "html loaders closed": File("a.html", _wall(LOADER + "</script>")),
    "html snippets": File("a.html", _wall(SCRIPT + "\n")),
    "html snippets, accounts": File("a.html", _wall("<script>fbq('init','10000@');</script>\n")),
    "html images": File("a.html", _wall(IMAGE)),
    "html noscript images": File("a.html", _wall(f"<noscript>{IMAGE}</noscript>\n", SCRIPT)),
    "html handlers": File("a.html", _wall("<a onclick=\"fbq('track','Lead')\">x</a>")),
    "html attributes": File("a.html", _wall(" a@='//connect.facebook.net/x.js'", "<a-b", ">")),
    "html one long attribute": File("a.html", _wall("b", '<a onclick="' + CALL, '">')),
    "html long script type": File("a.html", _wall(";", "<script type='lazyload\n", f"\n'>{CALL}</script>")),
    "html amp scripts": File(
        "a.html",
        _wall("<amp-analytics><script>", '<script src="https://cdn.ampproject.org/v0.js"></script>' + IMAGE, "www.facebook.com/tr"),
    ),
    "html amp elements": File("a.html", _wall('<amp-analytics type="facebookpixel">', IMAGE, "")),
    "html data url media": File("a.html", _wall("base64,", SCRIPT, SCRIPT)),
    "html entities": File("a.html", _entities),
    "html entity wall": File("a.html", _wall("&#x66;", '<a onclick="fbq(', '">')),
    "html nested": File("a.html", _nested("<div>", SCRIPT, "</div>")),
    "html srcdoc layers": File("a.html", _layers(_srcdoc)),
    "html data url layers": File("a.html", _layers(_data_url)),
    "html atob layers": File("a.html", _layers(_atob)),
    "html base64 wall": File("a.html", _base64_wall('<iframe src="data:text/html;base64,', '"></iframe>')),
    "html newlines": File("a.html", _wall("\n", SCRIPT, SCRIPT)),
    "html long url": File("a.html", _wall("a.", "<script src='https://connect.facebook.net/", "fbevents.js'></script>")),
    "html many-label hosts": File("a.html", _wall("<img src='//" + "a." * 1900 + "facebook.com/tr?id=1'>")),
    "html style urls": File("a.html", _wall("url(a)", f"<style>b{{background:url({ADDRESS})}}", "</style>" + SCRIPT)),
    # JavaScript and TypeScript
    "js calls, open": File("a.js", _wall("fbq(")),
    "js calls": File("a.js", _wall("fbq('init','1');\n")),
    "js calls on one line": File("a.js", _wall("fbq('init','1');")),
    "js calls in a function": File("a.js", _wall("fbq('init','1');\n", "function a() {\n", "}")),
    "js calls, accounts": File("a.js", _wall("fbq('init','10000@');\n")),
    "js calls, variables": File("a.js", _wall("fbq('init',x@);\n")),
    "js loaders, variables": File("a.js", _wall("y@.src='//connect.facebook.net/en_US/fbevents.js';\n")),
    "js aliases": File("a.js", _wall("const y@ = window.fbq;\n")),
    "js wrappers": File("a.js", _wall("const z@ = (...a) => fbq(...a);\n")),
    "js members": File("a.js", _wall("fbq('init', C.zz);\n", "var C = {" + "k: 1, " * 20_000 + "};\n")),
    "js doubling": File("a.js", _doubling),
    "js arguments": File("a.js", _wall("1,", "fbq('init',", "1);")),
    "js array": File("a.js", _wall("1,", "var a=[", f"1];{CALL}")),
    "js nested calls": File("a.js", _nested("fbq('a',", "1", ")")),
    "js nested parens": File("a.js", _nested("(", CALL.strip(";"), ")")),
    "js nested arrays": File("a.js", _nested("[", STRING, "]", CALL)),
    "js nested blocks": File("a.js", _nested("{", CALL, "}")),
    "js nested functions": File("a.js", _nested("function a(){", CALL, "}")),
    "js nested templates": File("a.js", _nested("`${", STRING, "}`", CALL)),
    "js nested ifs": File("a.js", _nested("if(a){", CALL, "}")),
    "js concatenation": File("a.js", _wall("'a'+", f"s.src={STRING}+", "'b';")),
    "js long string": File("a.js", _wall("a", CALL + "var a='", "';" + CALL)),
    "js string of calls": File("a.js", _wall("fbq(1);", "document.write('<script>", "</scr'+'ipt>');")),
    "js hex wall": File("a.js", _wall("\\x66", CALL + "var a='", "';")),
    "js hex wall with pixels": File("a.js", _wall("\\x66\\x62\\x71\\x28 \\x27a", "var a='", "';")),
    "js base64 wall": File("a.js", _base64_wall("eval(atob('", "'))")),
    "js base64 walls": File("a.js", _wall(f"atob('{base64.b64encode(CALL.encode()).decode()}');\n")),
    "js char codes": File("a.js", _wall("102,98,113,40,", "eval(String.fromCharCode(", "41))")),
    "js comments": File("a.js", _wall(f"// {CALL}\n")),
    "js comment of blanks": File("a.js", _wall(" ", CALL + "\n//", f"({CALL}")),
    "js quotes": File("a.js", _wall("'", CALL, CALL)),
    "js backticks": File("a.js", _wall("`", CALL, CALL)),
    "js slashes": File("a.js", _wall("/", CALL, CALL)),
    "js less-than": File("a.js", _wall("a<", CALL, CALL)),
    "js generic less-than": File("a.ts", _wall("a<b,", CALL, CALL)),
    "js braces": File("a.js", _wall("{", CALL, CALL)),
    "js sparse calls": File("a.js", _wall("fbq('init','1');" + "var a = 1;\n" * 7000)),
    "js long names": File("a.js", _wall("loadjs" * 60 + "$('//connect.facebook.net/en_US/fbevents.js');\n")),
    "js imports": File("a.js", _wall("import y@ from 'react-facebook-pixel';\ny@.init('1');\n")),
    "js bundle": File("a.js", _bundle),
    "tsx elements": File("a.tsx", _wall("<b a={fbq('x')}>", "export default () => ", "")),
    # JSON, YAML, TOML, lines
    "json strings": File("a.json", _wall('"a",', f"[{json.dumps(SCRIPT)},", '"b"]')),
    "json pixels": File("a.json", _wall(json.dumps(SCRIPT) + ",", "[", '"b"]')),
    "json deep": File("a.json", _nested("[", json.dumps(SCRIPT), "]")),
    "json deep objects": File("a.json", _nested('{"a":', json.dumps(SCRIPT), "}")),
    "json escapes": File("a.json", _wall("\\u0066\\/", '["' + SCRIPT, '"]')),
    "json layers": File("a.json", _layers(lambda text: json.dumps([text]))),
    "json one string": File("a.json", lambda size: json.dumps({"html": (SCRIPT + "<p>a</p>\n") * (size // 60)}).encode()),
    "yaml indentation": File("a.yaml", _wall("- ", "", json.dumps(SCRIPT))),
    "yaml deeper and deeper": File(
        "a.yaml", lambda size: ("".join(" " * n + f"a{n}:\n" for n in range(int((2 * size) ** 0.5))) + f" b: {ADDRESS}").encode()
    ),
    "yaml flow": File("a.yaml", _wall("[", "a: ", f'"{ADDRESS}"')),
    "yaml keys": File("a.yaml", _wall("a: b\n", f"a: {ADDRESS}\n")),
    "yaml quotes": File("a.yaml", _wall("['a\n", f"a: {ADDRESS}\n")),
    "yaml block": File("a.yaml", _wall("  a\n", "a: |\n  " + SCRIPT + "\n")),
    "yaml blanks": File("a.yaml", _wall(" ", f"a: {ADDRESS}\nb", "x")),
    "toml keys": File("a.toml", _wall("a = 'b'\n", f"a = '{ADDRESS}'\n")),
    "toml commas": File("a.toml", _wall("{,", f"a = '{ADDRESS}'\n")),
    "ini blanks": File("a.ini", _wall(" ", f"a = {ADDRESS}\nb", "x")),
    "ini pairs": File("a.ini", _wall("a=b\n", f"a = {ADDRESS}\n")),
    "eno blocks": File("a.eno", _wall("-- @\n", f"a: {ADDRESS}\n")),
    # PHP
    "php openings": File("a.php", _wall("<?php ", SCRIPT, SCRIPT)),
    "php regions": File("a.php", _wall("<?php a(); ?>", SCRIPT, SCRIPT)),
    "php echoes": File("a.php", _wall("<?= $a ?>", SCRIPT, SCRIPT)),
    "php echoed blanks": File("a.php", _wall(f"<?= $a{' ' * 1900}x ?>", SCRIPT, SCRIPT)),
    "php switched off": File("a.php", _wall("<?php if (false): ?>a<?php endif ?>", SCRIPT, SCRIPT)),
    "php switched off pixels": File("a.php", _wall(f"<?php if (false): ?>{SCRIPT}<?php endif ?>")),
    "php echo statements": File("a.php", _wall(f'echo "{LOADER}";\n', "<?php\n")),
    "php concatenation": File("a.php", _wall("'a' . ", "<?php echo " + STRING + " . ", "'b';")),
    "php variables": File("a.php", _wall(f"$a@ = '{ADDRESS}';\n", "<?php function a() {\n", "}")),
    "php long constant": File(
        "a.php", lambda size: f"<?php $a = '{'x' * (size // 4)}'; ?>{SCRIPT}{'<?= $a ?>' * (size // 12)}{SCRIPT}".encode()
    ),
    "php heredocs": File("a.php", _wall("<<<A@\n", "<?php " + f"echo '{SCRIPT}';", f"'{SCRIPT}'")),
    "php interpolations": File("a.php", _wall("{$'\\'", f'<?php echo "{LOADER}', '";')),
    "php nested parens": File("a.php", _nested("(", f"'{SCRIPT}'", ")", "<?php echo ")),
    "php nested arrays": File("a.php", _nested("[", f"'{SCRIPT}'", "]", "<?php return ")),
    "php comments": File("a.php", _wall(f"// {SCRIPT}\n", "<?php\n")),
    "php hex wall": File("a.php", _wall("\\x66", '<?php echo "' + LOADER, '";')),
    "php sparse strings": File("a.php", _wall(f"echo '{SCRIPT}';\n" + "$a = 1;\n" * 7000, "<?php\n")),
    # Templates
    "go outputs": File("a.gohtml", _wall("{{ .A }}", SCRIPT, SCRIPT)),
    "go openings": File("a.gohtml", _wall("{{", SCRIPT, SCRIPT)),
    "twig openings": File("a.twig", _wall("{{", SCRIPT, SCRIPT + "}}")),
    "twig quoted": File("a.twig", _wall('{{"a"', SCRIPT, SCRIPT + "}}")),
    "twig comments": File("a.twig", _wall("{#", SCRIPT, SCRIPT)),
    "twig ifs": File("a.twig", _wall("{% if false %}", SCRIPT, SCRIPT)),
    "twig elses": File("a.twig", _wall("{% else %}", SCRIPT + "{% if a %}", "{% endif %}" + SCRIPT)),
    "twig nested ifs": File("a.twig", _nested("{% if a %}", SCRIPT, "{% endif %}")),
    "liquid strings": File("a.liquid", _wall("{{ 'fbevents.js' | asset_url | script_tag }}", SCRIPT)),
    "smarty openings": File("a.tpl", _wall("{$a ", SCRIPT, SCRIPT + "}")),
    "handlebars outputs": File("a.hbs", _wall("{{a}}", SCRIPT, SCRIPT)),
    "blade parens": File("a.blade.php", _wall("@if(", SCRIPT, SCRIPT)),
    "blade escaped ticks": File("a.blade.php", _wall("@if(`\\`\\`\\`\\`\\`\\`\\`\\`", SCRIPT, SCRIPT)),
    "razor braces": File("a.cshtml", _wall("@{", SCRIPT, SCRIPT)),
    "razor words": File("a.cshtml", _wall("@a.b(", SCRIPT, SCRIPT)),
    "erb loops": File("a.erb", _wall("<% a do |b| %>", SCRIPT, SCRIPT)),
    "velocity references": File("a.vm", _wall("$!a.b", SCRIPT, SCRIPT)),
    "coldfusion hashes": File("a.cfm", _wall("#a", SCRIPT, SCRIPT)),
    "html handlebars blanks": File("a.html", _wall(" ", SCRIPT + "{{", "x" + SCRIPT)),
    "template statement blanks": File("a.gohtml", _wall(" ", "a()", "x\n" + CALL)),
    # Components
    "vue mustaches": File("a.vue", _wall("{{ a }}", SCRIPT, SCRIPT)),
    "vue tags": File("a.vue", _wall("<a :b='c'>", SCRIPT, SCRIPT)),
    "vue templates": File("a.vue", _wall("<template ", SCRIPT, SCRIPT)),
    "svelte braces": File("a.svelte", _wall("{", SCRIPT, SCRIPT)),
    "svelte expressions": File("a.svelte", _wall("{a}", SCRIPT, SCRIPT)),
    "svelte quotes in a tag": File("a.svelte", _wall("'", SCRIPT + "<a ", SCRIPT)),
    "svelte false blocks": File("a.svelte", _wall("{#if false}", SCRIPT, SCRIPT)),
    "astro expressions": File("a.astro", _wall("<a b={c}>", SCRIPT, SCRIPT)),
    # Indented
    "pug lines": File("a.pug", _wall("a\n", f"script.\n  {CALL}\n")),
    "pug attributes": File("a.pug", _wall("a(b='c')\n", f"script.\n  {CALL}\n")),
    "pug inline": File("a.pug", _wall("a: ", f"script.\n  {CALL}\n", "b")),
    "pug blanks": File("a.pug", _wall(" ", f"script.\n  {CALL}\nif", "x")),
    "slim script blanks": File("a.slim", _wall(" ", f"javascript:\n  {CALL}\nscript\n  ", f"x\n  {CALL}")),
    "haml comments": File("a.haml", _wall("-# fbq(\n", f":javascript\n  {CALL}\n")),
    # Markdown, XML, CSS, TypoScript
    "markdown fences": File("a.md", _wall("```\n", _PIXEL_MD, "\n\n" + SCRIPT)),
    "markdown ticks": File("a.md", _wall("`a``b", _PIXEL_MD, "\n\n" + SCRIPT)),
    "markdown newlines": File("a.md", _wall("\n", _PIXEL_MD, SCRIPT)),
    "markdown templates": File("a.md", _wall("{% raw %}", _PIXEL_MD, SCRIPT)),
    "markdown quotes": File("a.md", _wall("> ", _PIXEL_MD, SCRIPT)),
    "mdx imports": File("a.mdx", _wall("import a from 'b'\n\n", _PIXEL_MD, SCRIPT)),
    "mdx braces": File("a.mdx", _wall("{fbq(1)", _PIXEL_MD, SCRIPT)),
    "rst directives": File("a.rst", _wall(".. raw:: html\n\n   " + SCRIPT + "\n\nb\n")),
    "xml comments": File("a.xml", _wall("<!---->", "", f"<a><script>{CALL}</script></a>")),
    "xml few comments": File("a.xml", lambda size: ("<!---->" * 60 + f"<a><script>{CALL}</script></a>").encode()),
    "xml tags": File("a.xml", _wall("<a b='c'>", f"<a>{STRING}</a>", f"<a>{ADDRESS}</a>")),
    "xml long name in a tag": File("a.xml", _wall("a", f"<a>{ADDRESS}</a><b ", ">")),
    "xml cdata": File("a.xml", _wall("<![CDATA[", f"<a>{ADDRESS}</a>", f"<a>{ADDRESS}</a>")),
    "xml pixels": File("a.xml", _wall(f"<a><![CDATA[{SCRIPT}]]></a>", "<r>", "</r>")),
    "css urls": File("a.css", _wall("url(a)", f"a{{b:url({ADDRESS})}}")),
    "css comments": File("a.css", _wall("/*", f"a{{b:url({ADDRESS})}}")),
    "css imports": File("a.css", _wall("@import ", f"a{{b:url({ADDRESS})}}")),
    "css pixels": File("a.css", _wall(f"url({ADDRESS})")),
    "typoscript values": File("a.typoscript", _wall("a = b\n", f"page.headerData.1.value = {SCRIPT}\n")),
    "typoscript blanks": File("a.typoscript", _wall(" ", f"page.headerData.1.value = {SCRIPT}\n", "x")),
    "typoscript braces": File("a.typoscript", _wall("a {\n", f"page.headerData.1.value = {SCRIPT}\n")),
    # Code
    "java escaped quotes": File("a.java", _wall('\\"', f"String a = {STRING};\n", "\n")),
    "java strings": File("a.java", _wall('"a",', f"String[] a = {{{STRING},", "}")),
    "java pixels": File("a.java", _wall(STRING + ",\n")),
    "java keys": File("a.java", _wall("a" * 85 + "(" * 100 + "x" * 90 + f"{STRING};\n")),
    "python docstrings": File("a.py", _wall('"""', f"a = {STRING}\n")),
    "ruby heredocs": File("a.rb", _wall("<<A@\n", f"a = {STRING}\n")),
    "ruby percents": File("a.rb", _wall("%q(", f"a = {STRING}\n")),
    "shell words": File("a.sh", _wall("fbq( ", "curl ")),
    "shell requests": File("a.sh", _wall(f"curl {ADDRESS}\n")),
    "sql inserts": File(
        "a.sql",
        _wall(
            "INSERT INTO a VALUES (1,'b','c d e f g',2);\n",
            f"INSERT INTO a VALUES ('{SCRIPT}');\n".replace("'10", "''10").replace("38'", "38''"),
        ),
    ),
    "sql quotes": File("a.sql", _wall("'", f"INSERT INTO a VALUES ('{ADDRESS}');\n")),
    "sql one value": File("a.sql", _wall("<p>a</p>\\n", f'INSERT INTO a VALUES ("{SCRIPT}', '");')),
    "sql comments": File("a.sql", _wall("/*", f"INSERT INTO a VALUES ('{ADDRESS}');\n")),
    "text pixels": File("a.txt", _wall(SCRIPT)),
    "short names": File("a.txt", _wall("afbq ", SCRIPT)),
    # Bytes
    "bytes utf-16": File("a.html", lambda size: ("\ufeff" + SCRIPT + "<p>text</p>\n" * (size // 26)).encode("utf-16-le")),
    "bytes utf-16 without mark": File("a.html", lambda size: (SCRIPT + "<p>text</p>\n" * (size // 26)).encode("utf-16-le")),
    "bytes NULs": File("a.html", lambda size: b"\0" * size + SCRIPT.encode()),
    "bytes NUL in text": File("a.html", lambda size: SCRIPT.encode() + b"a\0" * 5 + b"text " * (size // 5)),
    "bytes noise": File("a.html", _noise),
    "bytes lone surrogates": File("a.html", lambda size: SCRIPT.encode() + b"\xed\xa0\x80" * (size // 3)),
    "bytes latin-1": File("a.html", lambda size: SCRIPT.encode() + b"\xe9\xfc " * (size // 3)),
    "bytes wide characters": File("a.html", _wall("\U0001f600\u00e9<script>fbq('init','1');</script>\n")),
    "bytes carriage returns": File("a.html", _wall("\r", SCRIPT, SCRIPT)),
    "bytes trailing comma codes": File("a.js", _wall("\\u0066\\u0062", CALL + "var a='", "';")),
}
"""Name -> file."""
