"""Shopify themes: templates that stand for pages of the shop, the layouts around them, sections, snippets and app embeds."""

import json
import re
from collections.abc import Iterable, Iterator

from linter.reach.model import How, Link, Page, Stack
from linter.reach.nested import inside, nested, roots_of, under
from linter.reach.scripts import Lines, script_links
from linter.reach.site import Site
from linter.reach.templating import LIQUID, Served, chosen_at_run_time, template_links, without_template_comments

_TAG = re.compile(r"(?:\{%-?\s*|^[ \t]*)(include|render|sections?)\s+['\"]([\w./-]{1,120})['\"]", re.MULTILINE)
_PART = re.compile(r"\bcontent_for\s+['\"]block['\"]\s*,[^%]{0,300}?\btype:\s*['\"]([\w-]{1,120})['\"]")
_LAYOUT = re.compile(r"\{%-?\s*(?:layout|extends)\s+(?:['\"](?:layout/)?([\w.-]{1,120})['\"]|(none|false)|settings\.(\w{1,60}))\s*-?%\}")
_TYPE = re.compile(r"\"type\"\s*:\s*\"([^\"\n]{1,300})\"")
_COMMENT = re.compile(r"\A\s*/\*.*?\*/", re.DOTALL)
_EMBED = re.compile(r"\A\s*(?:shopify://apps/)")
_CHOSEN = re.compile(r"\{%-?\s*(?:include|section)\s+(?!['\"])\w")
_STANDS_FOR = {
    "product": "every product", "collection": "every collection", "page": "every page written in the admin", "blog": "every blog",
    "article": "every blog post", "index": "the front page", "cart": "the cart", "search": "search results", "404": "not found",
    "password": "the password page", "list-collections": "the list of collections", "gift_card": "every gift card",
    "account": "a customer's account", "login": "the customers' login", "register": "the customers' registration",
    "addresses": "a customer's addresses", "order": "every order of a customer", "activate_account": "activation of an account",
    "reset_password": "reset of a password",
}  # fmt: skip


class Shopify:
    """One theme below the folder that holds `layout/`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site = site
        self._root = root
        self._served = Served(site, (under(root, "assets"), root))
        self._settings = under(root, "config/settings_data.json")
        self._embeds: list[int] | None = None
        self._extends: bool | None = None

    def pages(self) -> Iterator[Page]:
        """The templates, and the layout of the checkout."""
        for path in self._site.below(under(self._root, "templates"), ".liquid", ".json"):
            name = (inside(path, under(self._root, "templates")) or "").rsplit(".", 1)[0]
            kind, _, alternate = name.rpartition("/")[2].partition(".")
            folder = name.partition("/")[0] if "/" in name else ""
            stands_for = f"every {folder}" if folder == "metaobject" else _STANDS_FOR.get(kind, f"what uses the template {kind}")
            if alternate:
                stands_for = f"{stands_for} with the template {alternate}"
            yield Page(path, path, stands_for[:1].upper() + stands_for[1:], stands_for=stands_for)
        checkout = under(self._root, "layout/checkout.liquid")
        if checkout in self._site.files:
            yield Page(checkout, checkout, "Checkout", stands_for="the checkout")

    def links(self, path: str, text: str) -> Iterable[Link]:
        """The layout of a template, its sections and snippets, and the scripts of all of them."""
        rel = inside(path, self._root) or ""
        if path.endswith((".js", ".js.liquid", ".mjs")):
            return script_links(text, path, self._served)
        if rel.startswith("templates/") and path.endswith(".json"):
            return (*self._template_layout(rel, text), *self._section_links(text))
        if rel.startswith("sections/") and path.endswith(".json"):
            return self._section_links(text)
        return self._liquid_links(rel, path, text) if path.endswith(".liquid") else ()

    def complete(self) -> bool:
        """All templates of a theme lie in it; snippets may be named by data."""
        return not chosen_at_run_time(self._site, self._site.below(self._root, ".liquid"), _CHOSEN)

    def covers(self, path: str) -> bool:
        """Snippets; layouts and sections may be chosen in the admin, scripts by others."""
        return (inside(path, self._root) or "").startswith("snippets/")

    def _liquid_links(self, rel: str, path: str, text: str) -> Iterator[Link]:
        bare = without_template_comments(text, LIQUID)
        if rel.startswith("templates/"):
            yield from self._template_layout(rel, bare)
        elif rel.startswith("layout/") and rel != "layout/checkout.liquid":
            for line in self._embed_lines():
                yield Link(self._settings, "plugin", 1, note=f"app embed, {self._settings}:{line}")
                break
        lines = Lines(bare)
        for match in _TAG.finditer(bare):
            how: How = "component" if match[1].startswith("section") else "include"
            folder = "sections" if how == "component" else "snippets"
            target = self._part(folder, match[2], ".json" if match[1] == "sections" else ".liquid")
            if target:
                yield Link(target, how, lines.at(match.start()))
        for match in _PART.finditer(bare):
            target = self._part("blocks", match[1])
            if target:
                yield Link(target, "component", lines.at(match.start()))
        yield from template_links(bare, path, self._served, LIQUID)

    def _template_layout(self, rel: str, text: str) -> Iterator[Link]:
        """The layout around a template: the one it names, `theme` if it names none."""
        default = "password" if rel.startswith("templates/password.") else "theme"
        match = None if rel.endswith(".json") else _LAYOUT.search(text)
        data = _loaded(text) if rel.endswith(".json") else None
        chosen = data.get("layout", default) if isinstance(data, dict) else default
        if chosen is False or (match and match[2]) or (match is None and self._extending()):
            return
        name = match[1] or self._setting(match[3]) if match else str(chosen)
        target = self._part("layout", name) or self._part("layout", "theme")
        if target:
            yield Link(target, "layout", Lines(text).at(match.start()) if match else 1, note="" if match else "every page")

    def _section_links(self, text: str) -> Iterator[Link]:
        """The sections and blocks that a JSON template or group puts in, those switched off apart."""
        lines = Lines(text)
        off = _disabled_types(text)
        for match in _TYPE.finditer(text):
            target = self._part("sections", match[1]) or self._part("blocks", match[1])
            if target and match[1] not in off:
                yield Link(target, "component", lines.at(match.start()))

    def _extending(self) -> bool:
        """Whether templates say by `extends` which layout is theirs, as some platforms with Shopify's folders have it."""
        if self._extends is None:
            paths = self._site.below(under(self._root, "templates"), ".liquid")
            self._extends = any(
                "extends" in self._site.text(path)[:2_000] and _LAYOUT.search(self._site.text(path)[:2_000]) for path in paths
            )
        return self._extends

    def _setting(self, name: str) -> str:
        """The value of a setting of the theme, "" where it is not known."""
        data = _loaded(self._site.text(self._settings)) if self._settings in self._site.files else None
        current = data.get("current") if isinstance(data, dict) else None
        found = current.get(name) if isinstance(current, dict) else None
        return found if isinstance(found, str) else ""

    def _part(self, folder: str, name: str, ending: str = ".liquid") -> str | None:
        return self._site.first(under(self._root, folder, name + ending), under(self._root, folder, name))

    def _embed_lines(self) -> list[int]:
        """The lines of the app embeds that are switched on in the theme's settings."""
        if self._embeds is None:
            text = self._site.text(self._settings) if self._settings in self._site.files else ""
            blocks = _current_blocks(text)
            on = {block.get("type") for block in blocks if not block.get("disabled")}
            lines = Lines(text)
            self._embeds = [lines.at(match.start()) for match in _TYPE.finditer(text) if _EMBED.match(match[1]) and match[1] in on]
        return self._embeds


def _loaded(text: str) -> object:
    try:
        return json.loads(_COMMENT.sub("", text, count=1))
    except (ValueError, RecursionError):
        return None


def _current_blocks(text: str) -> list[dict[str, object]]:
    """The blocks of the settings in use; a preset named by `current` counts too."""
    data = _loaded(text)
    current = data.get("current") if isinstance(data, dict) else None
    if isinstance(current, str) and isinstance(data, dict):
        presets = data.get("presets")
        current = presets.get(current) if isinstance(presets, dict) else None
    blocks = current.get("blocks") if isinstance(current, dict) else None
    rows = blocks.values() if isinstance(blocks, dict) else ()
    return [row for row in rows if isinstance(row, dict)]


def _disabled_types(text: str) -> set[object]:
    """The types of sections of which every one is switched off."""
    data = _loaded(text)
    sections = data.get("sections") if isinstance(data, dict) else None
    rows = [row for row in sections.values() if isinstance(row, dict)] if isinstance(sections, dict) else []
    return {row.get("type") for row in rows if row.get("disabled")} - {row.get("type") for row in rows if not row.get("disabled")}


def open_shopify(site: Site) -> Stack | None:
    """Folders that hold `layout/theme.liquid`."""
    return nested(site, roots_of(site, "layout/theme.liquid"), Shopify)
