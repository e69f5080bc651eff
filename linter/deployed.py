"""Whether a file is part of what a visitor gets, as far as its name and head say: code of tests and notes are not."""

import re

_TEST_NAME = re.compile(
    r"[._-](?:test|tests|spec|specs|stories|story|cy|e2e)\.\w+\Z|(?:\A|/)(?:test_\w+\.py|\w+Test\.php|conftest\.py)\Z|\.feature\Z",
    re.IGNORECASE,
)
_TEST_FOLDER = re.compile(
    r"(?:\A|/)(?:__tests__|__mocks__|__fixtures__|cypress)/"
    r"|(?:\A|/)(?:tests?|specs?|e2e)/(?:.*/)?[^/]+\.(?:[cm]?[jt]sx?|php|rb|py|java|cs)\Z",
    re.IGNORECASE,
)


def is_test(path: str) -> bool:
    """Whether `path` (POSIX) is code of a test. Pages and templates in a folder named `tests` are taken as pages."""
    return _TEST_NAME.search(path) is not None or _TEST_FOLDER.search(path) is not None


def is_note(path: str, text: str) -> bool:
    """Whether a Markdown file is rather a note among the code than a page: it has no front matter, which site generators ask for."""
    return path.lower().endswith((".md", ".markdown", ".mkd")) and not text.lstrip("\ufeff").startswith(("---", "+++", "{"))
