"""`check --explain PATH:LINE`: what the readers saw in a line, why it is a finding, or why it is none."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linter import evidence as seen
from linter.addresses import rate_url
from linter.catalog import Catalog, load_catalog
from linter.check import read_source
from linter.commands import CLEAN, FAILED, Context, checked, complain, write
from linter.discovery import Found, Settings, discover, read_file
from linter.encoding import NotText
from linter.findings import Finding, Result, Skipped
from linter.matching import Match, match
from linter.options import CheckOptions, OptionError
from linter.probe import LiteralProbe
from linter.reports import printable
from linter.scan import Scanner
from linter.secrets import mask
from linter.snippets import group
from linter.text import Source

SHOWN = 120
MAX_LINE = 50_000
"""Characters of a line that are shown, and that are looked at."""
_STATES = {
    "active": "active: nothing that can be seen keeps it from running",
    "consent-gated": "consent-gated: it waits until a consent manager releases it; consent is not a BAA",
    "dormant": "dormant: commented out, switched off, or never reached",
}
_ROLES = {
    "script": "loaded as a script",
    "code": "named in code, what for cannot be seen",
    "image": "loaded as an image",
    "frame": "loaded as a frame",
    "request": "asked by a request",
    "style": "loaded as a style sheet",
    "hint": "named in a resource hint",
    "form": "the target of a form",
    "link": "a link, which nothing loads until a visitor follows it",
    "data": "a value in data, which nothing here loads",
    "policy": "let through by a Content-Security-Policy",
    "proxy": "the target of a proxy on the site's own server",
}


class Line(NamedTuple):
    """A line of a file, as typed behind `--explain`."""

    path: str
    number: int


def line_of(word: str) -> Line:
    """`PATH:LINE`, or `PATH:LINE:COLUMN` as reports print it. Raises `OptionError`."""
    path, _, number = word.rpartition(":")
    outer, _, inner = path.rpartition(":")
    if outer and _is_number(inner) and _is_number(number):
        path, number = outer, inner
    if not path or not _is_number(number):
        raise OptionError(f"--explain: {word!r} is no place such as theme/header.php:12")
    return Line(path, int(number))


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and int(word[:9]) > 0 and len(word) < 10


def explain(options: CheckOptions, context: Context) -> int:
    """Prints the explanation of `options.explain`. Raises `OptionError`."""
    line = line_of(options.explain or "")
    rows = list(discover([line.path], Settings(context.cwd, context.env, options.max_bytes)))
    found = next((row for row in rows if isinstance(row, Found) and row.named), None)
    data = read_file(found, options.max_bytes) if found is not None else None
    unread = data if isinstance(data, Skipped) else next((row for row in rows if isinstance(row, Skipped) and row.failed), None)
    if found is None or not isinstance(data, bytes):
        reason = unread.reason if unread is not None else "no file that is read as a text"
        complain(context.stderr, f"{line.path}: {reason}")
        return FAILED
    outcome = checked(options._replace(paths=(line.path,), explain=None), context).result
    catalog = load_catalog()
    try:
        source = Source(found.path, data)
    except NotText as why:
        complain(context.stderr, f"{line.path}: {why}")
        return FAILED
    last = source.line_number(len(source.text))
    if line.number > last:
        raise OptionError(f"--explain: {line.path} has {last} lines")
    told = "\n".join(_told(source, line.number, catalog, outcome))
    write(context.stdout, f"{told}\n")
    return CLEAN


def _told(source: Source, number: int, catalog: Catalog, outcome: Result) -> Iterator[str]:
    yield f"{source.path}:{number}"
    yield f"  | {_short(mask(source.line(number)[:MAX_LINE]).strip())}"
    left_out = next((skip.reason for skip in outcome.skipped if skip.path == source.path), "")
    if left_out:
        yield f"The file: {left_out}."
    literals = Scanner(catalog.literals).present(source.data)
    pieces = read_source(source, catalog, literals).evidence if literals else []
    matches = match(pieces, catalog, source.path)
    here = [row for row in matches if _covers(source, row.evidence, number)]
    snippets = [snippet for snippet in group(matches, source) if any(row in here for row in snippet.matches)]
    for snippet in snippets:
        yield ""
        yield from _finding(source, snippet.matches, f"{snippet.vendor}/{snippet.kind}", snippet.primary, outcome, catalog)
    borne = {id(row.evidence) for row in here} | {row.evidence.span for row in here}
    others = [
        piece for piece in pieces if _covers(source, piece, number) and piece.span not in borne and not isinstance(piece, seen.Library)
    ]
    for piece in others[:20]:
        yield ""
        yield f"Seen, and no finding: {_words(piece)}."
        yield f"  {_why_not(piece, catalog)}"
    told = {finding.rule for finding in outcome.findings if _holds(finding, number)}
    for rule in sorted(told - {f"{snippet.vendor}/{snippet.kind}" for snippet in snippets}):
        yield ""
        yield f"Reported here: {rule}, which is told of a part of the file, or of the file as a whole."
    if not snippets and not others and not told:
        yield ""
        yield from _nothing(source, number, catalog)


def _covers(source: Source, piece: seen.Evidence, number: int) -> bool:
    begin, end = piece.span
    return source.line_number(begin) <= number <= source.line_number(max(begin, end - 1))


def _holds(finding: Finding, number: int) -> bool:
    return any(
        start.line <= number <= end.line for start, end in [(finding.start, finding.end), *((r.start, r.end) for r in finding.related)]
    )


def _finding(source: Source, matches: Sequence[Match], rule: str, primary: Match, outcome: Result, catalog: Catalog) -> Iterator[str]:
    place = source.place(primary.evidence.span[0])
    same = [row for row in outcome.findings if row.rule == rule and row.path == source.path and row.start.offset == place.offset]
    hushed = [row for row in outcome.suppressed if row.finding.rule == rule and row.finding.start.offset == place.offset]
    severity = same[0].severity if same else hushed[0].finding.severity if hushed else ""
    yield f"{severity or 'finding'}[{rule}] at {place.line}:{place.column}"
    for row in sorted(matches, key=lambda row: row.evidence.span)[:20]:
        at = source.place(row.evidence.span[0])
        account = f", account {mask(row.account.text)}" if row.account else ""
        yield f"  {at.line}:{at.column} {_words(row.evidence)}: a mark of {rule.partition('/')[0]}, as {row.kind}{account}"
        yield f"    read as {' > '.join(row.evidence.via) or 'text'}"
    yield f"  {_STATES[primary.evidence.state]}"
    vendor = catalog.vendors[rule.partition("/")[0]]
    yield f"  an active {rule} is at most {catalog.severity(vendor.id, rule.rpartition('/')[2])}; BAA: {vendor.baa_status}"
    if same:
        yield f"  reported: {same[0].message}"
    elif hushed:
        yield f"  not reported: suppressed by {hushed[0].by}: {hushed[0].reason}"
    else:
        yield "  not reported: the selection or the configuration leaves the rule out, the baseline knows it, or a larger finding tells it"


def _why_not(piece: seen.Evidence, catalog: Catalog) -> str:
    if isinstance(piece, seen.Url):
        if piece.role in ("link", "data"):
            would = [s for _, s, _ in rate_url(piece._replace(role="script"), catalog)]
            if would:
                return f"It bears a mark of {would[0].vendor}, but is {_ROLES[piece.role]}."
        return "No leaflet has a [[url]] of this host and path."
    return "No leaflet has a row that this matches, or the row counts only beside another mark of its vendor in the file."


def _words(piece: seen.Evidence) -> str:
    match piece:
        case seen.Url(url=url, role=role):
            told = f"the address {url} is {_ROLES[role].partition(',')[0]}"
        case seen.Call(name=name):
            told = f"{name}() is called"
        case seen.Assignment(name=name):
            told = f"{name} is assigned"
        case seen.Import(package=package, ecosystem=ecosystem) | seen.Requirement(package=package, ecosystem=ecosystem):
            told = f"the package {package} ({ecosystem}) is {'imported' if isinstance(piece, seen.Import) else 'required'}"
        case seen.Element(name=name):
            told = f"the element <{name}> stands here"
        case seen.Library():
            told = "the script as a whole holds a vendor's library"
        case seen.Tag(type=type):
            told = f"a tag of the type {type} is in the container"
        case seen.Setting(keys=keys):
            told = f"the setting {'.'.join(keys)} has a value"
        case seen.Plugin(platform=platform, slug=slug, name=name):
            told = f"the plugin {slug or name} ({platform}) is here, listed or installed"
    return _short(mask(printable(told)))


def _nothing(source: Source, number: int, catalog: Catalog) -> Iterator[str]:
    line = source.line(number)[:MAX_LINE]
    words = list(dict.fromkeys(line[begin:end] for begin, end in LiteralProbe(catalog.literals).hits(line)))[:5]
    if not words:
        yield "No finding. No name or host that a leaflet knows stands in this line, so nothing in it was looked at."
        return
    yield f"No finding. {_short(', '.join(map(repr, words)))} stands here, but no reader took it for something that the site would do:"
    yield "it is prose, a sample, a type, a name of something else, or part of a longer statement (ask for that one's first line)."


def _short(text: str) -> str:
    text = printable(text)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
