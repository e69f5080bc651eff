"""The stacks of sites that PHP makes: plain PHP, WordPress, and what frameworks and CMS fill in."""

from collections.abc import Iterable

from linter.reach.model import Stack
from linter.reach.site import Site

_ENDINGS = (".php", ".phtml", ".twig", ".tpl", ".latte", ".info.yml", ".info", ".typoscript", ".inc", ".module", ".xml", ".css")


def php_stacks(site: Site) -> list[Stack]:
    """Those of a site, none where no file is of such a kind."""
    if not any(path.endswith(_ENDINGS) for path in site.files):
        return []
    from linter.reach.blade import open_blade
    from linter.reach.drupal import open_drupal
    from linter.reach.joomla import open_joomla
    from linter.reach.magento import open_magento
    from linter.reach.php import open_php
    from linter.reach.smarty import open_smarty
    from linter.reach.twig import open_twig
    from linter.reach.typo3 import open_typo3
    from linter.reach.wordpress import open_wordpress

    opened: list[Stack | None] = [
        open_wordpress(site),
        open_blade(site),
        open_twig(site),
        open_drupal(site),
        open_joomla(site),
        open_typo3(site),
        open_magento(site),
        open_smarty(site),
        open_php(site),
    ]
    return [stack for stack in opened if stack is not None]


def fill_templates(stacks: Iterable[Stack]) -> bool:
    """Whether one of the stacks has templates of its own, as all but plain PHP do."""
    return any(type(stack).__name__ != "PhpStack" for stack in stacks)
