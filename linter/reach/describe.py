"""What kind of page a page is, and which forms are on it."""

import re

from linter.page_kinds import all_kinds_of
from linter.reach.forms import forms_of
from linter.reach.model import Form, Page
from linter.reach.site import Site
from linter.reach.spread import Walk

_HEADING = re.compile(r"<h1\b[^>]*+>(.{1,200}?)</h1", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_KIND_OF_FORM = {
    "appointment": "appointment", "intake": "intake", "insurance": "payment", "payment": "payment", "login": "portal", "contact": "contact",
}  # fmt: skip
_NO_MARKUP = (".js", ".mjs", ".ts", ".css", ".json")


class Describer:
    """Gives pages their kinds and forms; the forms of each file are looked for once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._forms: dict[str, tuple[Form, ...]] = {}

    def described(self, walk: Walk) -> Page:
        """The page of a walk with its kind and forms: those of its own file and of the parts that it pulls in."""
        page = walk.page
        found = (form for path in walk.came if not path.endswith(_NO_MARKUP) for form in self._of(path))
        forms = tuple(form for form in found if form.line not in walk.hidden.get(form.path, ()))
        return page._replace(kind=self._kind(page, forms), forms=forms)

    def _of(self, path: str) -> tuple[Form, ...]:
        if path not in self._forms:
            self._forms[path] = forms_of(path, self._site.text(path))
        return self._forms[path]

    def _kind(self, page: Page, forms: tuple[Form, ...]) -> str:
        """By path, title, first heading, and forms, in this order; legal pages are none of the others."""
        match = _HEADING.search(self._site.text(page.file)) if not page.file.endswith(_NO_MARKUP) else None
        heading = _TAG.sub(" ", match[1]) if match else ""
        for text in (page.path.rpartition(".")[0] or page.path, page.title.partition("|")[0], heading):
            kinds = all_kinds_of(text)
            if kinds:
                return kinds[0]
        own = [form for form in forms if form.path == page.file]
        return next((_KIND_OF_FORM[form.kind] for form in own if form.kind in _KIND_OF_FORM), "other")
