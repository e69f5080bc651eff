"""What a PHP file of a framework or CMS pulls in: includes, scripts that it adds by calls, and its markup."""

import posixpath
import re
from collections.abc import Callable, Iterator

from linter.reach.model import Link
from linter.reach.php_file import Parser, Settings
from linter.reach.php_files import Files
from linter.reach.php_markup import php_markup_links
from linter.reach.php_paths import HERE, HOLE, Known, Paths, arguments_of, nothing_known
from linter.reach.php_text import php_of
from linter.reach.site import Site

_ADDS = re.compile(
    r"\b(?:drupal_add_js|backdrop_add_js|addScript(?:Version)?|addCustomScript|addJ[sS]|registerJavascript|registerAndUseScript|registerScript"
    r"|(?:HTMLHelper|JHtml|JHTML)::(?:_|script))\s*+\("
)


class PhpReader:
    """Reads PHP files of a site. `known` gives for a file what functions and constants stand for in it."""

    def __init__(self, site: Site, known: Callable[[str], Known] = lambda _asking: nothing_known) -> None:
        self._site = site
        self.files = Files(site)
        self._known = known
        self._parser = Parser(self.files, {}, known)

    def links(self, path: str, text: str) -> Iterator[Link]:
        """Everything a file pulls in."""
        php = php_of(text)
        file = self._parser.parse(php, path)
        for include in (*file.always, *file.chosen):
            yield Link(include.target, "include", include.line)
        paths = Paths(path, Settings(php, {}), self._known(path))
        for match in _ADDS.finditer(php.text):
            for written in arguments_of(php.text, match.end())[:4] if php.in_code(match.start()) else ():
                for value in paths.values(written):
                    target = self._script(value, path)
                    if target:
                        yield Link(target, "script", php.line(match.start()))
        yield from php_markup_links(text, path, self._site, lambda expression: address_of(paths, expression))

    def _script(self, value: str, asking: str) -> str | None:
        value = value.partition("?")[0]
        if not value.endswith(".js") or "://" in value or value == HOLE:
            return None
        found = self.files.file(value, asking)
        name = posixpath.basename(value)
        folders = (posixpath.join(posixpath.dirname(asking), folder, name) for folder in ("js", "assets/js", "media/js"))
        return found or (self._site.first(*folders) if "/" not in value else None)


def address_of(paths: Paths, expression: str) -> str:
    """What an echoed expression adds to an address: the folder it names, nothing for the site itself, else a hole."""
    found = paths.values(expression)[0]
    if found.startswith(HERE):
        return "/" + found[1:]
    return HOLE if HOLE in found else found.lstrip("\2")
