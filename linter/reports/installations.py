"""The end of the text report: one entry for each way in which an account got onto the site, with what to do about it."""

from collections.abc import Iterator, Sequence

from linter.catalog import Catalog
from linter.findings import Finding
from linter.installations import PLANS, Installation
from linter.reports import counted, printable

_BY = {
    "code": "written into {by}",
    "container": "fired by the container {by}",
    "plugin": "brought by the plugin {by}",
    "package": "brought by a package, in {by}",
    "setting": "switched on by a setting in {by}",
    "proxy": "passed on by the site's own server, in {by}",
    "server": "sent by the server, in {by}",
}
MAX_TOLD = 30


def brought_by(row: Installation) -> str:
    """What brings an installation, to follow its name: `written into theme/header.php`."""
    return _BY[row.way].format(by=row.by) if row.by else "brought by a plugin"


def installation_lines(rows: Sequence[Installation], findings: Sequence[Finding], catalog: Catalog) -> Iterator[str]:
    """A paragraph an installation, those that are only notes left out."""
    grave = [row for row in rows if row.severity != "note"]
    if not grave:
        return
    yield f"{counted(len(grave), 'installation')} (each is one way in, to be taken out as a whole):"
    for row in grave[:MAX_TOLD]:
        yield from _one(row, rows, findings, catalog)
    if len(grave) > MAX_TOLD:
        yield f"and {len(grave) - MAX_TOLD} more"


def _one(row: Installation, rows: Sequence[Installation], findings: Sequence[Finding], catalog: Catalog) -> Iterator[str]:
    account = f", account {printable(row.account)}" if row.account else ""
    files = {findings[number].path for number in row.findings}
    count = f"{counted(len(row.findings), 'finding')} in {counted(len(files), 'file')}"
    yield f"  {row.id}. {catalog.vendors[row.vendor].name}{account}: {printable(brought_by(row))}; {count}"
    yield f"     to do: {PLANS[row.way]}"
    if row.twins:
        others = {other.id: other for other in rows}
        named = ", ".join(f"{twin} ({printable(brought_by(others[twin]))})" for twin in row.twins[:3])
        yield f"     the same account also comes in by {named}: removing one leaves the other"
