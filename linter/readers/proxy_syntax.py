"""How rewrites and proxies are written: what stands around the address that requests are passed on to.

nginx `proxy_pass` (https://nginx.org/en/docs/http/ngx_http_proxy_module.html), Apache `ProxyPass` and `RewriteRule [P]`
(https://httpd.apache.org/docs/2.4/mod/mod_proxy.html), IIS `<action type="Rewrite">`, Caddy `reverse_proxy`, Netlify redirects with
status 200 (https://docs.netlify.com/routing/redirects/rewrites-proxies/), Vercel and Next.js `rewrites`, Nitro `routeRules` and
`proxyRequest`, Gatsby `partytownProxiedURLs`, Partytown `resolveUrl`, http-proxy-middleware, workers and functions.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

ADDRESS = re.compile(
    r"(?:(?:https?:)?(?:\\?/){2})?(?P<host>(?:[A-Za-z0-9_-]{1,63}\.){1,6}[A-Za-z]{2,24})(?::\d{1,5})?"
    r"(?P<path>(?:\\?/[^\s\"'`<>;,(){}\[\]\\]{0,200}){0,12})(?:\?[^\s\"'`<>;,(){}\[\]\\$]{0,200})?"
)


class Around(NamedTuple):
    """The text before and behind an address, the last part of it (`near`), the file's path, and the address as written.

    `in_file` tells whether an expression is found in the whole file, `holds` whether a text holds a hit.
    """

    before: str
    near: str
    after: str
    path: str
    address: str
    in_file: Callable[[str], bool]
    holds: Callable[[str], object]


NEAR = 260
"""Characters before an address that most forms fit in."""

_QUOTE = r"[\"'`]"
_PLAIN = re.compile(
    r"(?:\A|[\n;{])\s*(?:#\s*)?(?:location\s[^{}\n]{1,80}\{\s*)?proxy_pass\s+[\"']?\Z"
    r"|(?:\A|\n)[ \t#]*ProxyPass(?:Match)?\s+(?:\S+\s+)?[\"']?\Z"
    r"|\breverse_proxy\s+(?:[^\n{}]{1,200}\s)?\Z"
    rf"|\b(?:proxyRequest|sendProxy)\(\s*[\w.]+,\s*{_QUOTE}\Z"
    rf"|\bproxy[\"']?\s*:\s*(?:\{{\s*[\"']?to[\"']?\s*:\s*)?{_QUOTE}\Z"
    r"|\bloadBalancer\s*:[^{}]{0,200}\burl\s*:\s*[\"']?\Z",
    re.IGNORECASE,
)
_TARGET = re.compile(rf"\b(?:target|upstream)[\"']?\s*:\s*{_QUOTE}\Z|\bproxy\(\s*(?:{_QUOTE}[^\"'`\n]{{0,80}}{_QUOTE},\s*)?{_QUOTE}\Z")
_LISTED_TARGET = re.compile(rf"\bproxy[\"']?\s*:\s*\{{[^{{}}]{{0,600}}[\"']\s*:\s*{_QUOTE}\Z")
_DEVELOPMENT = re.compile(r"(?:vite|vitest|vue|webpack|rsbuild|rspack|angular|snowpack|astro)\.[\w.-]*|(?:setupProxy|proxy\.conf)[\w.-]*")
_DEV_KEY = re.compile(r"\b(?:devServer|devProxy)\b|\bserver\s*:\s*\{(?=[^}]{0,200}\bproxy\b)|\bproxy\s*:\s*\{\s*[\"'](?:/|\^)")
_SET = re.compile(r"\bset\s+(\$\w{1,60})\s+[\"']?\Z")
_UPSTREAM = re.compile(r"\bupstream\s+([\w.-]{1,60})\s*\{[^{}]{0,600}\bserver\s+\Z")
_REWRITE_RULE = re.compile(r"\bRewriteRule\s+\S{1,200}\s+[\"']?\Z")
_BY_PROXY = re.compile(r"\S{0,300}[\"']?\s+\[(?:[^\]\n]{0,100},)?P(?:,[^\]\n]{0,100})?\]")
_ACTION = re.compile(r"<action\b[^<>]{0,200}\burl\s*=\s*\"\Z", re.IGNORECASE)
_DESTINATION = re.compile(rf"[\"']?\bdest(?:ination)?[\"']?\s*:\s*{_QUOTE}\Z|\btoPath[\"']?\s*:\s*{_QUOTE}\Z")
_LISTS = re.compile(r"\b(rewrites|redirects|routes|createRedirect|beforeFiles|afterFiles|fallback)\b")
_REDIRECTS = re.compile(r"permanent|statusCode[\"']?\s*:\s*(?!200)|[\"']?status[\"']?\s*:\s*3\d\d|redirect[\"']?\s*:")
_TO = re.compile(r"(?:\A|\n|[{,])\s*to\s*=\s*[\"']\Z")
_COMPARES = re.compile(rf"(?:host(?:name)?|href|includes|\[|,|origin|case|startsWith|endsWith|===?)[\s()=!]{{0,6}}{_QUOTE}\Z")
_OTHER = re.compile(r"\bnew URL\([^()]{0,200}?(https?://[^\s\"'`()]{1,200})")
_NOT_PROXIED = re.compile(r"(?:no|non|not|skip|exclude|ignore|bypass)_?(?:proxy|proxied)|exclude|ignored", re.IGNORECASE)


def kind_of(around: Around) -> str:
    """What is done with the address: "proxy", "rewrite" (the same, told by an object with the path that is rewritten), "development" (a
    proxy of a development server alone), "cached", or "" for none of it."""
    return next((kind for rule in _RULES if (kind := rule(around))), "")


def _plain(around: Around) -> str:
    if not _PLAIN.search(around.near):
        return ""
    return "development" if _is_development(around) else "proxy"


def _is_development(around: Around) -> bool:
    name = around.path.rpartition("/")[2]
    return _DEVELOPMENT.fullmatch(name) is not None or _DEV_KEY.search(around.before[-1000:]) is not None


def _target(around: Around) -> str:
    """`target: '...'` of a proxy middleware, or a value of a development server's `proxy: { '/path': '...' }`."""
    if not (_TARGET.search(around.near) and around.in_file("(?i:proxy)")) and not (
        "proxy" in around.before and _LISTED_TARGET.search(around.before, max(len(around.before) - 700, 0))
    ):
        return ""
    return "development" if _is_development(around) else "proxy"


def _by_variable(around: Around) -> str:
    """nginx: a variable or an upstream that a `proxy_pass` names."""
    variable = _SET.search(around.near)
    upstream = _UPSTREAM.search(around.before, max(len(around.before) - 700, 0)) if "upstream" in around.before else None
    name = re.escape(variable[1]) if variable else rf"https?://{re.escape(upstream[1])}" if upstream else ""
    return "proxy" if name and around.in_file(rf"\bproxy_pass\s+[^;\n]{{0,80}}{name}\b") else ""


def _rewrite_rule(around: Around) -> str:
    return "proxy" if _REWRITE_RULE.search(around.near) and _BY_PROXY.match(around.after) else ""


def _action(around: Around) -> str:
    opening = _ACTION.search(around.near)
    tag = opening[0] + around.after.partition(">")[0] if opening else ""
    return "proxy" if re.search(r"type\s*=\s*\"Rewrite\"", tag, re.IGNORECASE) else ""


def _destination(around: Around) -> str:
    """Next.js, Vercel, Gatsby: a rewrite, and no redirect, which says whether it is permanent or which status it has."""
    if not _DESTINATION.search(around.near):
        return ""
    lists = _LISTS.findall(around.before)
    own = around.before[max(around.before.rfind("{"), 0) :] + around.after.partition("}")[0]
    if (lists and lists[-1] == "redirects") or _REDIRECTS.search(own) or not (lists or around.in_file(r"\brewrites\b")):
        return ""
    return "rewrite" if not lists or lists[-1] != "createRedirect" or re.search(r"statusCode[\"']?\s*:\s*200", own) else ""


def _netlify(around: Around) -> str:
    """A row of `_redirects`, or a `[[redirects]]` table, with status 200."""
    name = around.path.rpartition("/")[2].lower()
    if name == "_redirects" or name.endswith(".redirects"):
        line = around.near.rpartition("\n")[2]
        return "proxy" if re.fullmatch(r"[#\s]{0,9}/?\S*\s+(?:\S+=\S*\s+)*", line) and re.match(r"\S*[ \t]+200!?", around.after) else ""
    if not name.endswith(".toml") or not _TO.search(around.near):
        return ""
    table = around.before[max(around.before.rfind("[["), 0) :] + around.after.partition("[[")[0]
    return "proxy" if re.search(r"\bstatus\s*=\s*[\"']?200\b", table) else ""


def _partytown(around: Around) -> str:
    """Addresses that Gatsby's proxy answers for, and hosts in whose place Partytown's `resolveUrl` asks another one."""
    listed = around.before.rpartition("partytownProxiedURLs")
    if listed[1] and "]" not in listed[2]:
        return "proxy"
    if "resolveUrl" not in around.before or not _COMPARES.search(around.near) or _NOT_PROXIED.search(around.near[-120:]):
        return ""
    asked = _OTHER.search(around.after)
    if re.search(r"new URL\([^()]{0,200}\Z", around.near) or (asked and around.holds(asked[1])):
        return ""
    return "proxy" if re.search(r"\bnew URL\b|proxy|`|\breturn\b", around.after) else ""


_ANSWERS = (
    r"addEventListener\(\s*[\"']fetch[\"']|\brespondWith\(|\bnew (?:Next)?Response\(|\bNextResponse\b|\bDeno\.serve\b|\bonRequest\w*\b"
    r"|\bres(?:ponse)?\.(?:send|end|pipe|write|set|type|setHeader|writeHead)\b|\bpipe\(\s*res\b|\breply\.(?:send|type|header)\b|\bc\.(?:body|text|html)\("
)
_ASKED = re.compile(rf"\b(?:fetch|new Request|new URL|axios(?:\.get)?|got(?:\.stream)?|request(?:\.get)?|https?\.get)\(\s*{_QUOTE}\Z")
_HOST_SET = re.compile(rf"\.host(?:name)?\s*=\s*{_QUOTE}\Z")
_NAMED = re.compile(rf"\b(?:const|let|var)\s+(\w{{1,60}})\s*(?::\s*\w+\s*)?=\s*{_QUOTE}\Z")
_INCOMING = r"(?:search|pathname|path|url|originalUrl|query)"
_PASSED_ON = re.compile(rf"{_QUOTE}?\s*\+\s*[\w.() ]{{0,60}}\.{_INCOMING}\b|\$\{{[^{{}}]{{0,60}}\b{_INCOMING}\b")
_CODE_FILE = re.compile(r"\.(?:[cm]?[jt]sx?|astro|vue|svelte)\Z")
_SCRIPT_PATH = re.compile(r"\.js(?:[?#$]|\Z)|/gtag/js")
_LISTED = re.compile(rf"\[[^\[\]{{}}();]{{0,1200}}{_QUOTE}\Z")


def _worker(around: Around) -> str:
    """Code that answers requests, and asks the address for a script, or passes the request's path or query on to it."""
    host, asked, named = (rule.search(around.near) for rule in (_HOST_SET, _ASKED, _NAMED))
    if not (host or asked or named) or not _CODE_FILE.search(around.path):
        return ""
    script = _SCRIPT_PATH.search(around.address) is not None
    passed = host is not None
    if asked:
        passed = (script and re.search(r"HEAD\b", around.after[:120]) is None) or _PASSED_ON.match(around.after) is not None
    elif named:
        passed = around.in_file(_use_of(named[1], script))
    return "proxy" if passed and around.in_file(_ANSWERS) else ""


def _use_of(name: str, script: bool) -> str:
    """The expression for where a constant with an address is asked for, or made the host of what is asked for."""
    if script:
        return rf"\b(?:fetch|new Request|axios(?:\.get)?|got|https?\.get)\(\s*{name}\b"
    return rf"\.host(?:name)?\s*=\s*{name}\b|(?:\b{name}\s*\+\s*|\$\{{{name}\}}\$\{{)[\w.()]{{0,60}}\b{_INCOMING}\b"


def _cached(around: Around) -> str:
    """A list of addresses that a service worker keeps."""
    if not _SCRIPT_PATH.search(around.address) or not _LISTED.search(around.before, max(len(around.before) - 1300, 0)):
        return ""
    keeps = around.in_file(r"\.addAll\(|\bprecache\w*\(|\bcaches\.open\(")
    return "cached" if keeps and around.in_file(r"addEventListener\(\s*[\"'](?:install|fetch)[\"']|precacheAndRoute") else ""


_RULES: tuple[Callable[[Around], str], ...] = (
    _plain, _target, _by_variable, _rewrite_rule, _action, _destination, _netlify, _partytown, _worker, _cached,
)  # fmt: skip
