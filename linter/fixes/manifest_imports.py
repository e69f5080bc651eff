"""Which files of a repository name a package: a literal look, in which a file too many does no harm and one too few does.

Left: resolving imports (aliases, framework shorthands, names put together). Taken: the name as code and configuration of its
ecosystem would have to write it.
"""

import re
from collections.abc import Callable, Collection, Iterable

_BESIDE = re.compile(r"(?:.*/)?(?:node_modules|vendor|bower_components|site-packages|\.git|\.yarn|\.pnp[\w.]*)/.*", re.IGNORECASE)
_LOCK = re.compile(
    r"(?:.*/)?(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|composer\.lock|gemfile\.lock|gems\.locked"
    r"|go\.sum|poetry\.lock|uv\.lock|pdm\.lock|pipfile\.lock|packages\.lock\.json|\.package-lock\.json)",
    re.IGNORECASE,
)
_MANIFEST = re.compile(
    r"(?:.*/)?(?:package\.json|bower\.json|composer\.json|gemfile|gems\.rb|go\.mod|pipfile|pyproject\.toml|setup\.cfg|[\w.-]*requirements[\w.-]*"
    r"|requirements/[\w.-]+|pnpm-workspace\.yaml|environment\.ya?ml|[\w.-]+\.(?:csproj|vbproj|fsproj)|packages\.config|directory\.[\w.]+\.props)",
    re.IGNORECASE,
)
"""Files that require packages: each is a manifest of its own, with a finding of its own."""
_PROSE = re.compile(r".*\.(?:md|markdown|rst|adoc|txt|log|csv|svg|po|pot|xlf|map|snap|sql|wxr)", re.IGNORECASE)
"""Files that only speak of packages, generated ones, and dumps."""
_RUBY = re.compile(
    r".*(?:\.(?:rb|rake|ru|erb|haml|slim|rhtml|builder|jbuilder|gemspec|thor|cap|ya?ml)|(?:/|\A)(?:rakefile|capfile|guardfile|procfile))",
    re.I,
)
_PYTHON = re.compile(r".*\.(?:py|pyi|pyx|pyw|ipynb|cfg|toml|ini|ya?ml|json|html?|jinja2?|j2|wsgi)", re.IGNORECASE)
_PHP = re.compile(r".*\.(?:php|phtml|inc|module|theme|install|twig|latte|tpl|xml|ya?ml|neon|json)", re.IGNORECASE)
_GO = re.compile(r".*\.(?:go|tmpl|ya?ml)", re.IGNORECASE)
_SHELL = re.compile(
    r"(?:.*/)?(?:dockerfile[\w.-]*|[\w.-]+\.dockerfile|makefile|justfile|procfile|[\w.-]+\.(?:sh|bash|mk|ya?ml|toml))", re.IGNORECASE
)
_COMMON = frozenset("django flask wagtail fastapi rails rack ruby python py gem sdk client api js lib the for web app".split())
_WORDS = re.compile(r"[A-Za-z0-9]+")
_PREFIX = re.compile(r"(?:laravel|symfony|module|magento2?|php)-", re.IGNORECASE)
_IMPORT = re.compile(r"^[ \t]*(?:from|import)[ \t]+([\w., \t]+)|[\"']([\w.]+)[\"']", re.MULTILINE)
MAX_TEXT = 3_000_000
"""Characters of a file that is looked through; a longer one that holds the name anywhere counts as naming it."""

Files = Iterable[tuple[str, str]]
"""Paths (POSIX) and texts."""


def importers(files: Files, ecosystem: str, name: str, also: Collection[str] = ()) -> list[str]:
    """The paths of the files that seem to use the package `name`, or one of the names in `also` that it goes by in code.

    Lock files, installed packages, prose and the manifests themselves are none. Of ecosystems whose packages may be used without
    being named (those with view helpers and modules called otherwise), every file that holds a word of the name counts.
    """
    tests = [test for one in dict.fromkeys((name, *also)) for test in _tests(ecosystem, one)]
    found = []
    for path, text in files:
        if _is_beside(path):
            continue
        if any(fits(path) and uses(text) for fits, uses in tests):
            found.append(path)
    return found


def _is_beside(path: str) -> bool:
    return any(pattern.fullmatch(path) for pattern in (_BESIDE, _LOCK, _MANIFEST, _PROSE))


Test = tuple[Callable[[str], object], Callable[[str], object]]
"""Whether a path is that of a file that may use a package, and whether a text does."""


def _tests(ecosystem: str, name: str) -> list[Test]:
    make = {"npm": _npm, "pypi": _pypi, "gem": _gem, "composer": _composer, "go": _go}.get(ecosystem, _other)
    return make(name)


def _npm(name: str) -> list[Test]:
    short = name.replace("/plugin-", "/").removeprefix("docusaurus-plugin-")
    names = "|".join(sorted({re.escape(name), re.escape(short)}))
    literal = re.compile(rf"[\"'`!~(](?:npm:)?(?:{names})(?=[\"'`/@?)])|node_modules/(?:{names})(?![\w-])")
    word = re.compile(rf"(?<![\w@/.-])(?:{names})(?![\w-])")
    return [(_anything, _search(literal, name.rpartition("/")[2])), (_SHELL.fullmatch, _search(word, name))]


def _pypi(name: str) -> list[Test]:
    words = _telling(name)
    whole = re.sub(r"[-_.]+", "_", name).lower()

    def uses(text: str) -> bool:
        lower = text.lower()
        if whole in lower or name.lower() in lower:
            return True
        if not any(word in lower for word in words):
            return False
        return any(word in (match[1] or match[2]) for match in _IMPORT.finditer(lower[:MAX_TEXT]) for word in words)

    return [(_PYTHON.fullmatch, uses), (_SHELL.fullmatch, _search(re.compile(re.escape(name)), name))]


def _gem(name: str) -> list[Test]:
    words = _telling(name)

    def uses(text: str) -> bool:
        lower = text.lower()
        return any(word in lower for word in words)

    return [(_RUBY.fullmatch, uses)]


def _composer(name: str) -> list[Test]:
    """A namespace that is called as the package or its owner are, or its name written out."""
    owner, _, package = name.rpartition("/")
    words = {re.sub(r"[^A-Za-z0-9]", "", part) for part in (owner, package, _PREFIX.sub("", package), owner + package)}
    roots = "|".join(sorted(re.escape(word) for word in words if len(word) > 2))
    used = re.compile(rf"(?<![\w\\])\\{{0,2}}(?:{roots})\\{{1,2}}\w|{re.escape(name)}(?![\w/-])", re.IGNORECASE)
    return [(_PHP.fullmatch, lambda text: used.search(text) is not None)]


def _go(name: str) -> list[Test]:
    return [(_GO.fullmatch, _search(re.compile(re.escape(name) + r"(?=[\"`/\s])"), name))]


def _other(name: str) -> list[Test]:
    return [(_anything, lambda text: name.lower() in text.lower())]


def _anything(path: str) -> bool:
    return True


def _search(pattern: re.Pattern[str], stem: str) -> Callable[[str], object]:
    return lambda text: stem in text and (len(text) > MAX_TEXT or pattern.search(text))


def _telling(name: str) -> set[str]:
    """The words of a name, in small letters, that tell it from others; the whole name where there are none."""
    words = {word.lower() for word in _WORDS.findall(name)}
    return {word for word in words if word not in _COMMON and len(word) > 2} or {name.lower()}
