"""The last steps of a plan, done once for all installations: copies, publishing, looking at the live site, the record."""

from collections.abc import Iterator, Sequence

from linter.catalog import Vendor
from linter.installations import Installation
from linter.plans.model import Source, Step
from linter.plans.surroundings import Surroundings, steps_of
from linter.plans.ways import Ways
from linter.plans.wording import command_word, filled, is_account, plain, some

MAX_HOSTS = 4
MAX_PAGES = 6
MAX_IDS = 3
PURGE = Source("https://developers.cloudflare.com/cache/how-to/purge-cache/purge-everything/", "2026-11-23")
BLACKLIGHT = "https://themarkup.org/blacklight"


def copies(around: Surroundings) -> Iterator[Step]:
    """Copies of pages that lie in the repository or in browsers, to be dealt with before the site is published."""
    yield from steps_of("copies", around, lambda site: site.copies, {})


def publishing(around: Surroundings) -> Iterator[Step]:
    """How the change gets onto the site, and what is cleared then."""
    usual = "Commit and deploy as usual, to every site that visitors reach: staging and campaign pages, too"
    yield from list(steps_of("publish", around, lambda site: site.publish, {})) or [Step("publish", "person", usual)]
    yield from steps_of("publish", around, lambda site: site.clear, {})
    told = "Clear the cache of a CDN before the site, if there is one (Cloudflare: Caching, Configuration, Purge Everything)"
    yield Step("publish", "person", told, (), (PURGE,))


def checking(
    rows: Sequence[Installation], vendors: Sequence[Vendor], pages: Sequence[str], ways: Ways, paths: Sequence[str]
) -> Iterator[Step]:
    """How a person sees that nothing is sent any more. `pages`: the most sensitive first; `paths` were checked, as typed."""
    in_browser = any(row.way != "server" for row in rows)
    if in_browser:
        yield Step("verify", "person", _network(vendors, pages))
    servers = list(dict.fromkeys(vendor.company for vendor in vendors if vendor.category == "server-side"))
    if servers:
        seen = f"look in the account at {some(servers, MAX_IDS)} that no event comes after the deployment"
        yield Step("verify", "person", f"Browsers do not show what a server sends: {seen}, and at the server's own outgoing requests")
    if in_browser:
        yield from _helpers(vendors, ways)
        told = f"Scan the same pages with Blacklight ({BLACKLIGHT}); it sees public pages only, so look at sign-in pages by hand"
        yield Step("verify", "person", told)
    command = f"`pixellint check {' '.join(map(command_word, paths))}`"
    yield Step("verify", "pixellint", f"{command} finds nothing more of it; keep it running in CI")


def _network(vendors: Sequence[Vendor], pages: Sequence[str]) -> str:
    named = some([f"`{plain(page)}`" for page in pages], MAX_PAGES) if pages else "the home page and each page with a form"
    doing = "refuse and then accept the consent banner, and send each form with made-up data"
    asked = f"no request to {hosts}" if (hosts := _hosts(vendors)) else "no request to a vendor"
    return f"In a new browser profile, with the network panel open, load {named}, {doing}: {asked}"


def _hosts(vendors: Sequence[Vendor]) -> str:
    """Hosts by which the vendors' requests are known, of many vendors one each."""
    each = MAX_HOSTS if len(vendors) == 1 else 2 if len(vendors) == 2 else 1
    names = [host.removeprefix("*.") for vendor in vendors if vendor.category != "server-side" for host in vendor.hosts[:each]]
    return some([f"`{name}`" for name in dict.fromkeys(names)], MAX_HOSTS * 2)


def _helpers(vendors: Sequence[Vendor], ways: Ways) -> Iterator[Step]:
    """The vendors' own tools, each once."""
    told: dict[str, Step] = {}
    for vendor in vendors:
        row = ways.vendor(vendor.id, vendor.category)
        for text in row.verify if row else ():
            said = filled(text, {"name": vendor.name, "company": vendor.company})
            if said is not None and row is not None:
                told.setdefault(said, Step("verify", "person", said, (), row.sources))
    yield from told.values()


def recording(rows: Sequence[Installation]) -> Iterator[Step]:
    """What is written down, for the practice and its counsel."""
    yield Step("record", "person", "Keep this plan with the account ids, files and lines in it, the commit and the day of the removal")
    ids = [account for account in dict.fromkeys(row.account or "" for row in rows) if is_account(account)]
    if ids:
        more = f", and the same with {some([f'`{account}`' for account in ids[1:]], MAX_IDS)}" if len(ids) > 1 else ""
        yield Step("record", "person", f"Since when: the first line of `git log --reverse --format='%as %h %s' -S {ids[0]}`{more}")
    asked = "what was sent from these pages and forms, and what follows from it? This tool cannot tell"
    told = f"Ask the practice's counsel: {asked}. Until then delete neither the repository's history nor the account's data"
    yield Step("record", "person", told)
