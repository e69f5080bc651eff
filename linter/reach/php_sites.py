"""Which folders of a repository belong to a framework or CMS, whose PHP files are no pages of a plain PHP site."""

import re

from linter.reach.site import Site

_FOREIGN = re.compile(
    r"(?:\A|/)(?:vendor|node_modules|bower_components|wp-admin|wp-includes|wp-content|tests?|storage|var/cache|cache|phpmyadmin|PHPMailer[^/]*"
    r"|phpmailer[^/]*|administrator|tcpdf|fpdf|mpdf|dompdf)/|(?:\A|/)wp-[\w-]+\.php\Z"
)
_MARKS = ("artisan", "symfony.lock", "craft", "spark", "templateDetails.xml", "registration.php", "ext_emconf.php")
"""Files at the top of a folder that another stack knows better."""
_INFO = re.compile(r"^[ \t]*+core(?:_version_requirement)?\s*+[:=]", re.MULTILINE)


def foreign_folders(site: Site) -> frozenset[str]:
    """The top folders of frameworks and CMS in a repository, those of WordPress themes and plugins apart."""
    found = {_folder(path) for name in _MARKS for path in site.named(name)}
    found |= {_folder(path) for path in site.files if path.endswith((".info.yml", ".info")) and _INFO.search(site.text(path)[:4000])}
    found |= {path.removesuffix("/application/config/routes.php") for path in site.files if path.endswith("/application/config/routes.php")}
    if "application/config/routes.php" in site.files:
        found.add("")
    for path in site.named("theme.yml"):
        shop, _, rest = path.rpartition("themes/")
        if rest.count("/") == 2 and rest.endswith("/config/theme.yml"):
            found |= {f"{shop}{folder}" for folder in ("modules", "classes", "controllers", "override", "src", "themes")}
    return frozenset(found)


def is_foreign(path: str, folders: frozenset[str]) -> bool:
    """Whether a file lies in one of the folders, or where no plain PHP site keeps pages."""
    if _FOREIGN.search(path):
        return True
    folder = _folder(path)
    while folder:
        if folder in folders:
            return True
        folder = _folder(folder)
    return "" in folders


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
