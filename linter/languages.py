"""Which language a file is written in, by its name, else by its first lines; and which reader reads it.

A template file is its template dialect over HTML: `template` masks the dialect's tags and hands the rest on.
"""

import re
from typing import NamedTuple

READERS = {
    "html": "html",
    "javascript": "javascript",
    "typescript": "javascript:read_typescript",
    "php": "php",
    "template": "templates",
    "indented": "indented",
    "component": "components",
    "markdown": "markdown",
    "xml": "xml",
    "css": "css",
    "data": "data",
    "code": "code",
    "gtm": "gtm",
    "sql": "sql",
    "serialised": "serialised",
}
"""Language -> module[:function] below `linter.readers`."""


class Language(NamedTuple):
    """`reader` is a key of `READERS`; `dialect` the table row that the reader needs, or ""."""

    reader: str
    dialect: str = ""


def _table(reader: str, **dialects: str) -> dict[str, Language]:
    return {
        ending: Language(reader, "" if dialect == "plain" else dialect)
        for dialect, endings in dialects.items()
        for ending in endings.split()
    }


ENDINGS: dict[str, Language] = {
    **_table("html", plain="html htm xhtml xht shtml shtm amp svg mht mjml phtm dwt", block="wphtml"),
    **_table("javascript", plain="js mjs cjs jsx es es6 jsm gs user.js", tsx="tsx"),
    **_table("typescript", plain="ts mts cts"),
    **_table("php", plain="php php3 php4 php5 php7 phps phtml inc module theme install engine ctp"),
    **_table(
        "template",
        liquid="liquid",
        twig="twig jinja jinja2 j2 njk nunjucks jnj tera dtl django swig",
        handlebars="hbs handlebars mustache hogan hbars",
        erb="erb rhtml ejs ect",
        asp="asp aspx ascx master jsp jspf jspx tag ashx asa",
        go="gohtml gotmpl tmpl templ",
        blade="blade.php",
        smarty="tpl latte smarty",
        razor="cshtml vbhtml razor",
        silverstripe="ss",
        freemarker="ftl ftlh vm vtl",
        coldfusion="cfm cfml cfc",
        typo3="typoscript tsconfig t3s",
        heex="heex eex leex",
    ),
    **_table("indented", pug="pug jade", haml="haml hamlc", slim="slim"),
    **_table("component", vue="vue", svelte="svelte", astro="astro", riot="riot tag.html", marko="marko"),
    **_table("markdown", plain="md markdown mkd mdown rmd qmd", mdx="mdx", rst="rst adoc asciidoc"),
    **_table("xml", plain="xml rss atom xsl xslt wxr xlf config csproj rdf kml opf"),
    **_table("sql", plain="sql"),
    **_table("serialised", plain="dat"),
    **_table("css", plain="css scss sass less styl pcss"),
    **_table(
        "data",
        json="json json5 jsonc webmanifest geojson har map ipynb",
        yaml="yaml yml neon",
        toml="toml",
        eno="eno ini env cfg conf properties info",
    ),
    **_table(
        "code",
        ruby="rb rake gemspec ru",
        python="py pyw",
        c="java kt kts scala cs go swift dart groovy rs vb c h cpp hpp m",
        shell="sh bash zsh",
        lua="lua",
        elixir="ex exs",
        perl="pl pm",
        clojure="clj cljs",
        fsharp="fs",
        r="r",
        plain="txt text log csv tsv feature htaccess",
    ),
}
"""File ending (without its first dot, lower case) -> language. Longer endings win (`blade.php` before `php`)."""

NAMES: dict[str, Language] = {
    "gemfile": Language("code", "ruby"),
    "rakefile": Language("code", "ruby"),
    "dockerfile": Language("code", "shell"),
    "makefile": Language("code", "shell"),
    ".htaccess": Language("code", "shell"),
    "_headers": Language("code", "shell"),
    "pipfile": Language("data", "toml"),
    "go.mod": Language("code", "plain"),
    "requirements.in": Language("code", "plain"),
    "_redirects": Language("code", "shell"),
    "caddyfile": Language("code", "shell"),
}
"""Whole file name, lower case -> language."""

ARCHIVE_ENDINGS = frozenset({"zip", "gz"})
"""Endings of files whose texts are read one by one; see `linter.archives`."""
BINARY_ENDINGS = frozenset(
    "png jpg jpeg gif webp avif ico bmp tif tiff psd ai eps heic woff woff2 ttf otf eot mp3 mp4 m4a m4v mov avi webm ogg "
    "ogv wav flac pdf doc docx xls xlsx ppt pptx odt ods tar tgz bz2 xz 7z rar jar war phar exe dll so dylib o a class "
    "pyc pyo wasm swf mo db sqlite sqlite3 bin iso dmg deb rpm apk ipa keystore jks p12 der".split()
)
"""Endings of files that hold no text; such a file is not opened, and listed as skipped."""

_PHP = re.compile(r"<\?(?:php|=)", re.I)
_HTML = re.compile(r"\s*(?:(?><!--.*?-->)\s*)*+<(?:!doctype html|html|head|body|script|div|noscript|meta|link|iframe|img)\b", re.I | re.S)
_XML = re.compile(r"\s*<\?xml\b", re.I)
_JSON = re.compile(r"\s*[\[{]\s*(?:[\"\]}\[{]|\d)")
_SCRIPT = re.compile(r"\s*+(?:/\*|//|!?\(?\s*function\b|(?:var|let|const|import|export|if|window|\"use strict\")\b|[\w$.]+\s*[(=])")
_GO = re.compile(r"\{\{-?\s*(?:/\*|define\b|block\b|partial\b|template\b|with\b|range\b|if\b|else\b|end\b|\$|\.[A-Z]|site\.|hugo\.)")
_JINJA = re.compile(
    r"\{%[-+~]?\s*(?:if|for|block|extends|include|set|load|end\w+|else|elif|macro|call|filter|trans|url|csrf_token|static|import|from|with|raw|verbatim"
    r"|comment|autoescape|cache|embed|use|do|now|cycle|assign|render|section|layout|schema|capture|unless|case|liquid|form|paginate|style|javascript|seo"
    r"|highlight|link|post_url|feed_meta|gist|component|asset|nav|wp_head)\b[^%{}]{0,400}%\}"
)
_LIQUID_ONLY = re.compile(r"\{%-?\s*(?:render|section|layout|schema|comment|assign|capture|unless|liquid|endcomment|include [\w./-]+\s*%)")
_TWIG_ONLY = re.compile(r"\{%-?\s*(?:extends|block|set|embed|macro|load|endblock|csrf_token|static|url|import)\b|\{# [^{}]{0,400}#\}")
_FRONT_MATTER = re.compile(r"\A---\s*\n")
_HANDLEBARS = re.compile(r"\{\{[{!#/>^&~]?-?\s{0,9}[\w@./\"' |:()=-]{1,120}\}\}")
_ERB = re.compile(r"<%[=\-#@!]?[^<>]{1,400}%>")
_SHEBANG = re.compile(r"#!.*?\b(python|ruby|node|php|sh|bash|perl)\b")


_CONTAINER = ("exportFormatVersion", "containerVersion", "firingTriggerId", "vtp_", "___TEMPLATE_PARAMETERS___", "___INFO___", "tagId")


def language_of(path: str, text: str) -> Language:
    """The language of the file `path` with decoded `text`: a Tag Manager container by its content alone, else see `named_language`."""
    if any(sign in text for sign in _CONTAINER):
        from linter.gtm.recognise import container_format

        form = container_format(text)
        if form:
            return Language("gtm", form)
    return named_language(path, text)


def named_language(path: str, text: str) -> Language:
    """The language by the name of the file, else by its first lines. Never fails: text of no known kind is read as `code`."""
    name = path.rsplit("/", 1)[-1].rpartition("!")[2].lower()  # what is in an archive: outer.zip!inner
    known = by_name(name)
    if known is None:
        return _sniff(text)
    if known.reader == "html":
        return Language("javascript") if "<" not in text[:300] and _SCRIPT.match(text) else _html_dialect(text)
    if known.reader == "xml" and _HTML.match(text):
        return Language("html")
    return known


def by_name(name: str) -> Language | None:
    """The language by file name alone (lower case, no folder), or None."""
    if name in NAMES:
        return NAMES[name]
    if name.startswith(".env"):
        return Language("data", "eno")
    parts = name.split(".")
    for first in range(1, len(parts)):
        ending = ".".join(parts[first:])
        if ending in ENDINGS:
            return ENDINGS[ending]
    return None


def _html_dialect(text: str) -> Language:
    """HTML files are often templates: Hugo, Jekyll, Jinja, Django, Handlebars, PHP and ERB all use `.html`."""
    if _PHP.search(text):
        return Language("php")
    if "{%" in text:
        if _LIQUID_ONLY.search(text) and not _TWIG_ONLY.search(text):
            return Language("template", "liquid")
        if _JINJA.search(text):
            return Language("template", "twig")
    if "{{" in text:
        if _GO.search(text):
            return Language("template", "go")
        if _HANDLEBARS.search(text):
            return Language("template", "handlebars")
    if _ERB.search(text):
        return Language("template", "erb")
    return Language("html")


def _sniff(text: str) -> Language:
    head = text[:4000]
    shebang = _SHEBANG.match(head)
    if shebang:
        kind = shebang[1]
        if kind == "php":
            return Language("php")
        return Language("javascript") if kind == "node" else Language("code", {"sh": "shell", "bash": "shell"}.get(kind, kind))
    if _PHP.search(head):
        return Language("php")
    if _HTML.match(head):
        return _html_dialect(text)
    if _XML.match(head):
        return Language("xml")
    if _JSON.match(head):
        return Language("data", "json")
    if _SCRIPT.match(head):
        return Language("javascript")
    return Language("code", "plain")
