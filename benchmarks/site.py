"""Measures what is done for a whole site, against the check of its files: following pages, and looking for fixes.

    python benchmarks/site.py [--pages N] [--rounds N] [static] [jekyll]

The sites are made up: pages with a form each, a loader in a script or a layout that all of them pull in, an event call on some.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from bench import compare, pixellint, take_turns

LOADER = (
    "!function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.queue.push(arguments)};n.queue=[];t=b.createElement(e);t.async=!0;t.src=v;"
    "s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}(window,document,'script','https://connect.facebook.net/en_US/fbevents.js');"
    "fbq('init','1029384756102938');fbq('track','PageView');\n"
)
FORM = '<form action="/book" method="post"><label>Name <input name="name"></label><label>Reason <input name="reason"></label></form>\n'
TEXT = "<p>Our practice is open from Monday to Friday. Please call us if you cannot come.</p>\n" * 40
PAGES, FIX = 3.0, 6.0
"""The most that following pages, and looking for fixes, may take, in checks of the same files."""


def static(folder: Path, count: int) -> None:
    """Pages that load a script; every tenth calls into it."""
    (folder / "js").mkdir()
    (folder / "js" / "pixel.js").write_text(LOADER, encoding="utf-8")
    for number in range(count):
        event = "<script>fbq('track', 'ViewContent');</script>\n" if number % 10 == 0 else ""
        page = f"<!doctype html>\n<title>Page {number}</title>\n<script src=js/pixel.js></script>\n{event}{TEXT}{FORM}"
        (folder / f"page{number}.html").write_text(page, encoding="utf-8")


def jekyll(folder: Path, count: int) -> None:
    """Posts in a layout that includes the loader."""
    for name in ("_layouts", "_includes", "_posts"):
        (folder / name).mkdir()
    (folder / "_config.yml").write_text("title: Practice\n", encoding="utf-8")
    (folder / "_includes" / "pixel.html").write_text(f"<script>{LOADER}</script>\n", encoding="utf-8")
    layout = "<!doctype html>\n<title>{{ page.title }}</title>\n{% include pixel.html %}\n{{ content }}\n"
    (folder / "_layouts" / "post.html").write_text(layout, encoding="utf-8")
    for number in range(count):
        post = f"---\nlayout: post\ntitle: Post {number}\n---\n{TEXT}{FORM}"
        (folder / "_posts" / f"2026-01-{number % 28 + 1:02}-post{number}.html").write_text(post, encoding="utf-8")


SITES: Mapping[str, Callable[[Path, int], None]] = {"static": static, "jekyll": jekyll}


def measure(name: str, count: int, rounds: int) -> bool:
    """One site: its files checked one by one (nothing is followed), its pages, its fixes."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        SITES[name](folder, count)
        files = [str(path) for path in sorted(folder.rglob("*")) if path.is_file()]
        program = [*pixellint(), "--isolated", "--jobs", "1", "--exit-zero"]
        commands = {
            "check FILES": [*program, *files],
            "pages SITE": [*pixellint()[:-1], "pages", "--isolated", "--jobs", "1", "--exit-zero", made],
            "check --diff SITE": [*program, "--diff", made],
        }
        return compare(f"{name}, {count} pages", take_turns(commands, rounds), [PAGES, FIX])


def main() -> int:
    """Runs what was asked for."""
    parser = argparse.ArgumentParser(description="Measures pixellint on whole sites.")
    parser.add_argument("sites", nargs="*", metavar="|".join(SITES), help="what to measure (default: all)")
    parser.add_argument("--pages", type=int, default=5000, help="pages of a site (default: 5000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each comparison (default: 3)")
    options = parser.parse_args()
    if set(options.sites) - set(SITES):
        parser.error(f"the sites are {', '.join(SITES)}")
    kept = [measure(name, options.pages, options.rounds) for name in options.sites or SITES]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
