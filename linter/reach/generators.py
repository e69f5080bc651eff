"""The stacks of sites that a generator or a template engine makes."""

from collections.abc import Callable, Iterator

from linter.reach.model import Stack
from linter.reach.site import Site


def generator_stacks(site: Site, known: bool = False) -> Iterator[Stack]:
    """Those of a site; each is looked for by its own marks.

    Templates are taken as such where none of them is found, nor (`known`) a stack of another family whose templates they are.
    """
    found = [stack for opened in _openers() if (stack := opened(site)) is not None]
    yield from found
    if not found and not known:
        from linter.reach.leaves import open_leaves

        leaves = open_leaves(site)
        if leaves is not None:
            yield leaves


def _openers() -> tuple[Callable[[Site], Stack | None], ...]:
    from linter.reach.eleventy import open_eleventy
    from linter.reach.express import open_express
    from linter.reach.handlebars import open_ghost
    from linter.reach.hexo import open_hexo
    from linter.reach.hugo import open_hugo
    from linter.reach.jekyll import open_jekyll
    from linter.reach.jinja import open_jinja
    from linter.reach.middleman import open_middleman
    from linter.reach.rails import open_rails
    from linter.reach.razor import open_razor
    from linter.reach.shopify import open_shopify
    from linter.reach.themed import open_mkdocs, open_pelican, open_sphinx, open_zola
    from linter.reach.webforms import open_webforms

    return (
        open_eleventy,
        open_express,
        open_ghost,
        open_hexo,
        open_hugo,
        open_jekyll,
        open_jinja,
        open_middleman,
        open_mkdocs,
        open_pelican,
        open_rails,
        open_razor,
        open_shopify,
        open_sphinx,
        open_webforms,
        open_zola,
    )
