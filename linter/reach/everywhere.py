"""Plugins, settings and required packages: no page pulls in the file that says them, but what they switch on is on pages all the same."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from linter.findings import Finding
from linter.reach.follow import Reached
from linter.reach.model import Arrival, Page
from linter.reach.words import is_telling

KINDS = frozenset({"plugin", "setting", "dependency"})
"""Kinds that are on pages, but not by their file alone."""
NOWHERE = frozenset({"csp", "proxy", "hint", "trace", "gtm-template", "gtm-client", "gtm-broken"})
"""Kinds that are on no page by themselves: where they lie says nothing of where they run."""
_PLATFORMS = {
    "wordpress": "WordPressStack", "drupal": "DrupalStack", "joomla": "JoomlaStack", "magento": "MagentoStack", "prestashop": "SmartyStack",
    "shopify": "Shopify",
}  # fmt: skip
"""The platforms of plugins, and the stacks that know the pages of such sites."""
_WITH_DATABASE = frozenset({"WordPressStack", "DrupalStack", "JoomlaStack", "MagentoStack", "SmartyStack", "TwigStack", "Typo3Stack"})
_MARK = re.compile(
    r"(?:\A|(?P<site>.*?)/)(?:wp-content|mu-plugins|plugins|themes|modules|profiles|sites|templates|extensions|app/(?:design|code|etc))/"
)
"""The first folder of a CMS in a path: what stands before it is the site's folder."""
_DUMP = re.compile(r"\.sql(?:\.\w{1,4})?\Z")
_INSERT = re.compile(
    r"\b(?:INSERT\s{1,9}(?:IGNORE\s{1,9})?INTO|REPLACE\s{1,9}INTO|COPY)\s{1,9}[`\"\[]?(?:\w{1,64}[`\"\]]?\.[`\"\[]?)?(\w{1,64})",
    re.IGNORECASE,
)
_OPTIONS = re.compile(
    r"(?:options|sitemeta|core_config_data|configuration|config|variable|settings?|extensions?|template_styles|hfcm_scripts|snippets)\Z",
    re.IGNORECASE,
)
"""Tables of what holds for a whole site."""
_KEY = re.compile(r"([A-Za-z_][\w.-]{2,80})[\"'\]]{0,2}\s{0,9}(?:=>|[:=])\s{0,9}[\"'`]?\Z")
_OWN_KEY = re.compile(r"[\"']?([A-Za-z_][\w.-]{2,80})[\"']?\s{0,9}(?:=>|[:=])")
_ASIDE = re.compile(r"(?:\A|/)(?:config|settings?|_?data|env|environments?|src|_config|params)(?:/[\w.-]+)?\Z")
_NO_READER = (".md", ".markdown", ".json", ".yml", ".yaml", ".toml", ".css", ".txt")
_PACKAGE = re.compile(r"[\"']?([@\w][\w./@-]{1,100})")


def ways_everywhere(
    finding: Finding, findings: Sequence[Finding], reached: Reached, read: Callable[[str], str]
) -> tuple[Arrival, ...] | None:
    """How a plugin, a setting, a required package, or what an option of a dump holds gets onto pages; None where nothing tells."""
    if finding.kind != "setting" and (ways := _direct(finding, reached)):
        return ways
    if finding.kind == "dependency":
        return tuple(_imported(finding, findings, reached, read)) or None
    if _DUMP.search(finding.path):
        return _of_dump(finding, reached, read)
    if finding.kind == "plugin":
        return _of_plugin(finding, reached)
    return _of_setting(finding, findings, reached)


def is_said_elsewhere(finding: Finding) -> bool:
    """Whether a finding is of those that get onto pages without their file: plugins, settings, packages, and what dumps hold."""
    return finding.kind in KINDS or bool(_DUMP.search(finding.path))


def key_of(finding: Finding) -> str:
    """The name of a setting as it stands before its value, "" where none tells it from others."""
    if finding.kind != "setting" or not finding.lines:
        return ""
    at = max(finding.start.column - finding.lines_from, 0)
    match = _KEY.search(finding.lines[0][max(at - 120, 0) : at]) or _OWN_KEY.match(finding.lines[0][at : at + 120])
    key = match[1].rpartition(".")[2] if match else ""
    return key if is_telling(key) else ""


def _on(pages: Iterable[Page], finding: Finding, note: str) -> tuple[Arrival, ...]:
    place = f"{finding.path}:{finding.start.line}"
    return tuple(Arrival(page.path, (f"{page.file} ({note})", place), "active") for page in pages)


def _of_plugin(finding: Finding, reached: Reached) -> tuple[Arrival, ...] | None:
    """All pages of the plugin's platform on the plugin's site: by the folders of both, or by where the list lies that names it."""
    platform, _, slug = finding.plugin.partition("/")
    stack = _PLATFORMS.get(platform, "")
    mark = _MARK.match(finding.path)
    if finding.covers and not mark:
        return None  # the repository is the plugin
    if stack == "Shopify":
        made = _below(reached, stack, finding.path.rpartition("config/")[0].rstrip("/"))
        pages = [page for page in made if not page.file.endswith("layout/checkout.liquid")]  # embeds of apps are not loaded there
    elif finding.covers and mark:
        pages = [page for page in _made(reached, {stack}) if _site_of(page.file) == (mark["site"] or "")]
    else:
        pages = _nearest(finding, _made(reached, {stack}))
    return _on(pages, finding, f"plugin {slug}") or None


def _of_dump(finding: Finding, reached: Reached, read: Callable[[str], str]) -> tuple[Arrival, ...] | None:
    """All pages of the one site with a database that the dump lies beside, for options; what a post holds is on that post alone."""
    made = _made(reached, _WITH_DATABASE)
    if not made or len({reached.makers[page.path].platform for page in made}) > 1:
        return None
    if finding.kind not in ("plugin", "setting") and not _OPTIONS.search(_table_of(finding, read)):
        return None
    slug = finding.plugin.partition("/")[2]
    return _on(_nearest(finding, made), finding, f"plugin {slug}" if slug else "option in the database") or None


def _table_of(finding: Finding, read: Callable[[str], str]) -> str:
    """The table into which a dump puts the row of a finding."""
    text = read(finding.path)
    at = -1
    for _ in range(finding.start.line):
        at = text.find("\n", at + 1)
        if at < 0:
            at = len(text)
            break
    start = max(text.rfind(word, 0, at) for word in ("INSERT ", "insert ", "REPLACE ", "COPY "))
    match = _INSERT.match(text, start) if start >= 0 else None
    return match[1] if match else ""


def _direct(finding: Finding, reached: Reached) -> tuple[Arrival, ...]:
    """The pages that pull in the file itself."""
    return tuple(way for way in reached.arrivals.get(finding.path, ()) if finding.start.line not in way.hidden)


def _of_setting(finding: Finding, findings: Sequence[Finding], reached: Reached) -> tuple[Arrival, ...] | None:
    """The pages that pull in the setting's file or what reads it; where a theme that is not here may read it, all pages of the site.

    Where the vendor's code is known, only pages with that: what else reads a setting may show it to the owner of the site.
    """
    place = f"{finding.path}:{finding.start.line}"
    found = {way.page: way for way in _direct(finding, reached)}
    key = key_of(finding)
    for path, line in _readers(finding.path, key, reached):
        for way in reached.arrivals.get(path, ()):
            if line not in way.hidden:
                chain = (*way.chain[:-1], f"{way.chain[-1]}:{line} (reads {key})", place)
                found.setdefault(way.page, Arrival(way.page, chain, way.state))
    if found:
        shown = _with_code(finding.vendor, findings, reached)
        return tuple(way for way in found.values() if way.page in shown or not shown) or None
    folder = finding.path.rpartition("/")[0]
    root = re.sub(r"(?:\A|/)config/[^/]+\Z", "", folder)
    pages = [page for page in reached.pages if (maker := reached.makers[page.path]).open and maker.root is not None and maker.root == root]
    return _on(pages, finding, "setting of the site") or None


def _with_code(vendor: str, findings: Sequence[Finding], reached: Reached) -> set[str]:
    """The pages with code of a vendor."""
    code = (other for other in findings if other.vendor == vendor and other.kind not in KINDS | NOWHERE and other.state != "dormant")
    return {way.page for other in code for way in reached.arrivals.get(other.path, ()) if other.start.line not in way.hidden}


def _readers(path: str, key: str, reached: Reached) -> Iterator[tuple[str, int]]:
    """The files on pages that name a setting, those of its own site: below its folder, or beside the folder for settings it lies in."""
    folder = path.rpartition("/")[0]
    while _ASIDE.search(folder):
        folder = folder.rpartition("/")[0]
    for reader, words in reached.readers.items() if key else ():
        if key in words and reader != path and reader.startswith(f"{folder}/" if folder else "") and not reader.endswith(_NO_READER):
            yield reader, words[key]


def _imported(finding: Finding, findings: Sequence[Finding], reached: Reached, read: Callable[[str], str]) -> Iterator[Arrival]:
    """The pages that pull in what names the package and is the vendor's too; a manifest alone gets onto none."""
    folder = finding.path.rpartition("/")[0]
    line = finding.lines[0][max(finding.start.column - finding.lines_from, 0) :] if finding.lines else ""
    name = _PACKAGE.match(line)
    place = f"{finding.path}:{finding.start.line}"
    seen: set[str] = set()
    for other in findings:
        near = other.path.startswith(f"{folder}/" if folder else "")
        if other.vendor != finding.vendor or other.kind in NOWHERE | {"dependency"} or other.state == "dormant" or not near:
            continue
        for way in reached.arrivals.get(other.path, ()):
            if way.page not in seen and other.start.line not in way.hidden and name and name[1] in read(other.path):
                seen.add(way.page)
                yield way._replace(chain=(*way.chain[:-1], f"{way.chain[-1]}:{other.start.line}", place))


def _made(reached: Reached, stacks: Iterable[str]) -> list[Page]:
    wanted = frozenset(stacks)
    return [page for page in reached.pages if reached.makers[page.path].platform in wanted]


def _below(reached: Reached, stack: str, root: str) -> list[Page]:
    return [page for page in _made(reached, {stack}) if reached.makers[page.path].root == root]


def _site_of(path: str) -> str:
    """The folder of the site that a file of a CMS belongs to."""
    mark = _MARK.match(path)
    return (mark["site"] or "") if mark else path.rpartition("/")[0]


def _nearest(finding: Finding, pages: Sequence[Page]) -> list[Page]:
    """The pages of the one site that a list or dump belongs to: the one there is, else the one in or above whose folder it lies."""
    sites = {_site_of(page.file) for page in pages}
    folder = finding.path.rpartition("/")[0]
    if len(sites) > 1:
        sites = {site for site in sites if f"{folder}/".startswith(f"{site}/") or (folder and f"{site}/".startswith(f"{folder}/"))}
    return [page for page in pages if _site_of(page.file) in sites] if len(sites) == 1 else []
