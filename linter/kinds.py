"""The kinds of finding: what each says, what it costs, and what to do. A rule id is `<vendor>/<kind>`."""

from typing import NamedTuple

from linter.findings import Severity


class Kind(NamedTuple):
    """`says` completes "<Vendor> ..." in the message; `worst` caps the severity of an active finding; `help` says what to do.

    `on_request` kinds are told only where they are selected.
    """

    says: str
    help: str
    worst: Severity = "error"
    on_request: bool = False


KINDS: dict[str, Kind] = {
    "base-code": Kind(
        "is installed here",
        "remove the whole snippet with its noscript part, and every later call of it in the same change",
    ),
    "loader": Kind("is loaded here", "remove this script, and the calls that depend on it in the same change"),
    "first-party-loader": Kind(
        "is loaded here from another host than the vendor's",
        "remove this script and the copy or proxy that serves it; block lists and a Content-Security-Policy do not see it",
    ),
    "plugin-asset": Kind(
        "comes with a plugin whose script is loaded here",
        "deactivate and remove the plugin on the site; in a saved page, remove this script",
    ),
    "init": Kind("is started here", "remove this call together with the loader it belongs to"),
    "event-call": Kind(
        "is sent an event here",
        "remove this call, with its guard if it has one, in the same change as the loader; "
        "the loader may stand in another file, a plugin or a Tag Manager container",
    ),
    "advanced-matching": Kind(
        "is handed personal data here",
        "stop passing contact data first, and have a person check what was sent since when; then remove the whole installation",
    ),
    "noscript-image": Kind(
        "is contacted by an image here even where JavaScript is off",
        "remove the image and its noscript element; consent banners do not hold it back",
    ),
    "noscript-frame": Kind(
        "is loaded in a frame here even where JavaScript is off",
        "remove the frame and its noscript element together with the script it belongs to",
    ),
    "beacon": Kind("is contacted directly from here", "remove this image, frame or request, and the code that makes it"),
    "amp": Kind("is installed here by an AMP component", "remove this element"),
    "package": Kind("comes with a package that is imported here", "remove the import and its calls, then uninstall the package"),
    "library-copy": Kind(
        "runs from a copy of its library in this file",
        "delete this file and whatever loads it; served from the site's own host it escapes block lists",
    ),
    "consent-call": Kind(
        "is told a consent or privacy mode here",
        "remove this call together with the installation; a consent mode is not an agreement with the vendor",
        worst="note",
    ),
    "consent-service": Kind(
        "is set up here as a service of the consent manager",
        "remove the service from the consent manager's configuration; consent is not an agreement with the vendor",
        worst="warning",
    ),
    "hint": Kind("is announced here by a resource hint", "remove the hint together with the last use of the vendor", worst="note"),
    "widget": Kind("has a widget embedded here", "replace the widget by a plain link, or load it only on click", worst="warning"),
    "trace": Kind("has left a trace here", "remove it once the account is closed", worst="note", on_request=True),
}
"""Every kind that a signature may name or that grouping may give."""
