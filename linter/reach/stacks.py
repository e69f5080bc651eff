"""Which kinds of site a repository holds."""

from linter.reach.model import Stack
from linter.reach.site import Site


def stacks_of(site: Site) -> list[Stack]:
    """The stacks of a site; static pages are always one. What a stack says of a page goes before what those after it say."""
    from linter.reach.generators import generator_stacks
    from linter.reach.javascript_sites import open_javascript
    from linter.reach.php_stacks import fill_templates, php_stacks
    from linter.reach.static import StaticStack

    php = php_stacks(site)
    opened: list[Stack | None] = [
        open_javascript(site),
        *generator_stacks(site, known=fill_templates(php)),
        *php,
    ]
    found = [stack for stack in opened if stack is not None]
    return [*found, StaticStack(site, alone=not found)]
