"""Ruby on Rails: views by controller and action, the layouts around them, partials, components and scripts."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence

from linter.reach.indented import INDENTED_ENDINGS, indented_links
from linter.reach.model import Link, Page, Stack
from linter.reach.nested import inside, nested, roots_of, under
from linter.reach.rails_assets import SCRIPT_ENDINGS, RailsAssets
from linter.reach.rails_code import Controllers, addresses_of, snake, view_name, writing_helpers
from linter.reach.scripts import Lines
from linter.reach.site import Site
from linter.reach.static import title_of
from linter.reach.templating import ERB, INDENTED, chosen_at_run_time, template_links, without_template_comments

_ENDINGS = (".html.erb", ".html.haml", ".html.slim", ".erb", ".haml", ".slim", ".rhtml", ".html.liquid", ".html.mab", ".html.md")
_VIEW = re.compile(r"\.(?:html(?:\+\w+)?\.(?:erb|haml|slim|md)|erb|haml|slim|rhtml)\Z")
_OTHER_FORMAT = re.compile(r"\.(?:text|txt|js|json|xml|rss|atom|pdf|csv|xlsx|ics|turbo_stream|coffee|css)\.\w+\Z|\.(?:js|css|yml)\.erb\Z")
_NO_PAGE = re.compile(r"(?:\A|/)(?:layouts|\w*mailers?|mail|shared|components|kaminari|admin_mail\w*)/|(?:\A|/)_")
_RENDER = re.compile(r"\brender\b[ (]*(?:(?::?(partial|template|layout|file|inline))\s*(?::|=>)\s*)?['\"]([\w./-]{1,200})['\"]")
_WITH_LAYOUT = re.compile(r"\brender\b[^\n%]{0,300}?\b:?layout\s*(?::|=>)\s*['\"]([\w./-]{1,200})['\"]")
_COMPONENT = re.compile(r"\brender\b[ (]*([A-Z][\w:]{1,150})(?:\.new|\.with_\w+|\()")
_CHOSEN = re.compile(
    r"\brender\b[ (]*(?:(?::?partial|:?template)\s*(?::|=>)\s*)?(?:\"[^\"\n]*#\{|'[^'\n]*'\s*\+|\w+_(?:partial|template)\b)"
)
_NAMES = re.compile(r"[\"':]([\w/-]{1,150})")
_WORD = re.compile(r"<%[-=]?([^%]{1,500})|^[ \t]*[=-]=?[ \t]*([^\n]{1,500})", re.MULTILINE)


class Rails:
    """One application or engine below the folder that holds `app/views`."""

    def __init__(self, site: Site, root: str) -> None:
        self._site = site
        self._root = root
        self._views = under(root, "app/views")
        self._controllers = Controllers(site, root)
        self._assets = RailsAssets(site, root)
        self._helpers = writing_helpers(site, root)
        routes = [under(root, "config/routes.rb"), *site.below(under(root, "config/routes"), ".rb")]
        self._wrapping: dict[str, Sequence[tuple[str, str]]] = {}
        self._said: set[str] | None = None
        self._addresses: dict[str, str] = {}
        for path in routes:
            for action, address in addresses_of(site.text(path)).items() if path in site.files else ():
                self._addresses.setdefault(action, address)

    def pages(self) -> Iterator[Page]:
        """The views of actions, at their addresses where routes say them."""
        taken: set[str] = set()
        for path in self._site.below(self._views, *_ENDINGS):
            rel = inside(path, self._views) or ""
            if _NO_PAGE.search(rel) or _OTHER_FORMAT.search(rel):
                continue
            controller, action = view_name(rel)
            address = self._addresses.get(f"{controller}/{action}", "")
            name = address if address and address not in taken else path
            taken.add(name)
            yield Page(name, path, title_of(self._site.text(path)), stands_for="every address of this form" if ":" in name else "")

    def links(self, path: str, text: str) -> Iterable[Link]:
        """The layout of a view, partials, components, helpers that write scripts, and scripts."""
        rel = inside(path, self._views)
        if (rel is not None or inside(path, under(self._root, "app/components")) is not None) and _VIEW.search(path):
            return self._view_links(path, rel or "", text)
        return self._assets.script_links(path, text) if path.endswith(SCRIPT_ENDINGS) else ()

    def complete(self) -> bool:
        """Partials may be named by data; gems may pull some in, which is rare."""
        return not chosen_at_run_time(self._site, self._site.below(self._views, *_ENDINGS), _CHOSEN)

    def covers(self, path: str) -> bool:
        """Partials whose name no other file of the application says, and that are not those of a model."""
        base = posixpath.basename(inside(path, self._views) or "")
        stem = base.partition(".")[0].removeprefix("_")
        if not base.startswith("_") or posixpath.basename(posixpath.dirname(path)).startswith(stem):
            return False
        if self._said is None:
            files = self._site.below(under(self._root, "app"), ".rb", ".erb", ".haml", ".slim", ".jbuilder")
            texts = (
                without_template_comments(self._site.text(path), INDENTED if path.endswith(INDENTED_ENDINGS) else ERB) for path in files
            )
            self._said = {name.rpartition("/")[2] for text in texts for name in _NAMES.findall(text)}
        return stem not in self._said and f"_{stem}" not in self._said

    def _view_links(self, path: str, rel: str, text: str) -> Iterator[Link]:
        indented = path.endswith(INDENTED_ENDINGS)
        bare = without_template_comments(text, INDENTED if indented else ERB)
        if rel and not _NO_PAGE.search(rel):
            for layout, note in self._layouts(rel):
                yield Link(layout, "layout", 1, note=note)
        lines = Lines(bare)
        renders = "render" in bare
        for match in _RENDER.finditer(bare) if renders else ():
            target = self._whole(match[2]) if match[1] in ("template", "file") else self._partial(match[2], path)
            if target and match[1] != "inline":
                yield Link(target, "layout" if match[1] == "template" else "include", lines.at(match.start()))
        for match in _WITH_LAYOUT.finditer(bare) if renders else ():
            target = self._partial(match[1], path)
            if target:
                yield Link(target, "layout", lines.at(match.start()))
        for match in _COMPONENT.finditer(bare) if renders else ():
            yield from self._component(match[1], lines.at(match.start()))
        yield from self._helper_links(bare, lines)
        yield from self._assets.tag_links(bare)
        if indented:
            yield from indented_links(path, text, self._assets.served, lambda name, asking: ())
        else:
            yield from template_links(bare, path, self._assets.served, ERB)

    def _helper_links(self, bare: str, lines: Lines) -> Iterator[Link]:
        for match in _WORD.finditer(bare) if self._helpers else ():
            for word in re.findall(r"\w+", match[1] or match[2] or ""):
                if word in self._helpers:
                    yield Link(self._helpers[word], "component", lines.at(match.start()), note=f"helper {word}")

    def _layouts(self, rel: str) -> Sequence[tuple[str, str]]:
        """The layouts of a view: of its action, of its controller or one that this inherits from, or by the controller's name."""
        controller, action = view_name(rel)
        said = self._controllers.actions.get(f"{controller}/{action}")
        if said is not None:
            return self._files(said, f"{controller}#{action}")
        if controller not in self._wrapping:
            self._wrapping[controller] = self._controller_layouts(controller)
        return self._wrapping[controller]

    def _controller_layouts(self, controller: str) -> Sequence[tuple[str, str]]:
        parents = [controller, "devise", "application"] if controller.startswith("devise/") else self._controllers.chain(controller)
        for name in parents:
            named = self._controllers.layouts(name)
            if named is not None:
                return self._files(named, f"{name}_controller.rb")
            implied = self._files([name], "every page" if name == "application" else f"views of {name}")
            if implied:
                return implied
        return ()

    def _files(self, names: Sequence[str], note: str) -> list[tuple[str, str]]:
        found = (self._site.first(*(under(self._views, "layouts", name + ending) for ending in ("", *_ENDINGS))) for name in names)
        return [(path, note) for path in dict.fromkeys(found) if path]

    def _whole(self, name: str) -> str | None:
        return self._site.first(*(under(self._views, name + ending) for ending in ("", *_ENDINGS)))

    def _partial(self, name: str, asking: str) -> str | None:
        folder, base = posixpath.split(name.strip("/"))
        folders = (
            [under(self._views, folder)]
            if folder
            else [posixpath.dirname(asking), under(self._views, "application"), under(self._views, "layouts")]
        )
        stem = base.partition(".")[0]
        found = self._site.first(*(posixpath.join(place, f"_{stem}{ending}") for place in folders for ending in _ENDINGS))
        if found or folder:
            return found
        anywhere = [path for ending in _ENDINGS for path in self._site.named(f"_{stem}{ending}") if inside(path, self._views)]
        return anywhere[0] if len(anywhere) == 1 else None

    def _component(self, name: str, line: int) -> Iterator[Link]:
        base = under(self._root, "app/components", snake(name))
        places = [base + ending for ending in (*_ENDINGS, ".rb")] + [f"{base}/{posixpath.basename(base)}{ending}" for ending in _ENDINGS]
        for path in places:
            if path in self._site.files:
                yield Link(path, "component", line)


def open_rails(site: Site) -> Stack | None:
    """Folders that hold `app/views` beside routes, controllers or a Gemfile."""
    roots = {
        folder.removesuffix("app/views").rstrip("/") for folder in site.folders if folder == "app/views" or folder.endswith("/app/views")
    }
    marks = ("config/routes.rb", "Gemfile", "app/controllers/application_controller.rb")
    found = {root for root in roots if site.first(*(under(root, mark) for mark in marks))}
    return nested(site, found | (set(roots_of(site, "config/routes.rb")) & roots), Rails)
