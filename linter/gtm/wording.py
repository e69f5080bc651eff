"""The sentences of findings in containers."""

from linter.catalog import Vendor
from linter.evidence import State
from linter.gtm.places import ContainerPlace
from linter.kinds import KINDS

_SAYS = {
    "gtm-tag": "is fired by",
    "gtm-client": "is served by",
    "gtm-variable": "is called by",
    "gtm-template": "is what",
    "advanced-matching": "is handed personal data by",
    "library-copy": "runs from a copy of its library:",
}
_PUBLISHED = (
    "this file is a copy of what Google serves, and changing it changes nothing on the site: pause the tag in Tag Manager and publish"
)


def message(vendor: Vendor, kind: str, state: State, account: str | None, place: ContainerPlace, effect: str) -> str:
    """One sentence: vendor, the thing in the container, where it fires, what follows. `effect` begins with what the vendor does."""
    told = f" (account {account})" if account else ""
    head = f"{vendor.name} {_SAYS.get(kind, KINDS[kind].says + ' in')} the {_thing(place)}"
    if kind == "gtm-template":
        head += " loads"
    if place.scope.where == "never" or place.paused:
        return f"{head}{told}, which {_never(place)}"
    if state == "dormant":
        return f"{head}{told}, but commented out or switched off: it does not run"
    fires = "" if place.entity == "template" and not place.pointer else f" {place.scope.text}"
    return f"{head}{_run_by(place)}{fires}{told}: {effect}{_sensitive(place)}"


def _thing(place: ContainerPlace) -> str:
    name = f' "{place.name}"' if place.name else ""
    container = f" of {place.container}" if place.container else ""
    facts = [f"id {place.id}" if place.id else "", place.type, f"{place.pointer}{container}" if place.pointer else container.strip()]
    inside = ", ".join(fact for fact in facts if fact)
    return f"{place.entity}{name}" + (f" ({inside})" if inside else "")


def _never(place: ContainerPlace) -> str:
    if place.paused:
        return "is paused: it does not fire, and anyone with access to the container can resume it"
    reason = place.scope.text.partition(": ")[2] or "nothing fires it"
    return f"never fires: {reason}"


def _run_by(place: ContainerPlace) -> str:
    if place.entity != "variable" or not place.users:
        return ""
    names = ", ".join(f'"{name}"' for name in place.users[:3])
    more = f" and {len(place.users) - 3} more" if len(place.users) > 3 else ""
    return f", which the {'tags' if len(place.users) > 1 else 'tag'} {names}{more} {'run' if len(place.users) > 1 else 'runs'}"


def _sensitive(place: ContainerPlace) -> str:
    kinds = place.scope.sensitive
    if not kinds:
        return ""
    listed = kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} and {kinds[-1]}"
    return f"; its name or conditions speak of {listed} pages"


def help_text(vendor: Vendor, kind: str, place: ContainerPlace) -> str:
    """What to do, and where to read on."""
    what = _PUBLISHED if place.published else KINDS[kind].help
    return f"{what} (pixellint rule {vendor.id}/{kind})"
