"""What hostile code does to reading JavaScript sites: nothing is raised, and the time is linear."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from linter.reach.importing import kept_apart, pulled_in, targets_of
from linter.reach.params import known_routes
from linter.reach.routers import routes_of
from linter.reach.site import Site
from linter.reach.sources import code_of, without_comments
from linter.reach.titles import matter_of, title_in
from tests.reach_support import Followed, package

PARTS = [
    "import a from './a'\n",
    "export * from './b'\n",
    "import(",
    "require('",
    "`${",
    "<Route path='/x' element={<A/>}>",
    "</Route>",
    "{path: '/y', component: B, ",
    "children: [",
    "}",
    "]",
    ")",
    "'",
    '"',
    "`",
    "/*",
    "//",
    "\n",
    "---\n",
    "<script>",
    "<template>",
    "import.meta.glob('./*')",
    "export default ",
    "@NgModule({",
    "title: 'x'",
    "<!--",
    "{/*",
    "```\n",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_any_code_is_read(code: str) -> None:
    site = Site(["a.tsx", "b.ts", "c.vue", "d.astro"], lambda _: code)
    for path in ("a.tsx", "c.vue", "d.astro", "e.mdx"):
        whole = code_of(code, path)
        assert len(whole) == len(code)
        assert len(routes_of(whole)) <= len(code)
        kept_apart(without_comments(code), path)
        for row, _ in pulled_in(without_comments(code), whole, path, site):
            list(targets_of(row, path, site))
        title_in(code, path)
        matter_of(code)
        known_routes("/x/[slug]", path, code, site)
    assert (
        Followed(
            dict.fromkeys(["package.json", "app/page.tsx", "next.config.js", "src/App.tsx", "pages/x.vue", "nuxt.config.ts"], code)
        ).pages
        is not None
    )


def test_hostile_code_takes_linear_time() -> None:
    for part in [
        *PARTS,
        "import {",
        "import from ",
        "from './a' ",
        "const x = import('./x')\n",
        "<Route ",
        "metadata ",
        "export const metadata = { x ",
        "<a:",
        "components: {",
        "createPage(",
        "{" * 50,
    ]:
        code = part * (300_000 // len(part))
        start = time.process_time()
        site = Followed(
            {
                "package.json": package("next", "vite", "nuxt"),
                "app/layout.tsx": code,
                "app/page.tsx": code,
                "pages/index.vue": code,
                "astro.config.mjs": code,
                "src/pages/i.astro": code,
            }
        )
        for page in site.pages.values():
            list(site.spread.arrivals(page, ["x"]))
        assert time.process_time() - start < 8, part
