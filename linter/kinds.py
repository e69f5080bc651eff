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
    "plugin": Kind(
        "comes with a plugin or module that is installed here",
        "deactivate and delete the plugin on the site and here, and clear the caches",
    ),
    "setting": Kind(
        "is switched on by a setting here",
        "empty the setting, or remove it with what reads it",
    ),
    "dependency": Kind(
        "comes with a package that is required here",
        "uninstall the package, so that the lock file changes too; what imports it goes in the same change",
        worst="warning",
    ),
    "csp": Kind(
        "is let through by a Content-Security-Policy here",
        "take its hosts out of the policy once nothing else of the vendor is left; until then they keep the door open",
        worst="warning",
    ),
    "proxy": Kind(
        "is reached through the site's own server here",
        "remove the rewrite or proxy; served from the site's own host, the vendor escapes block lists and the Content-Security-Policy",
    ),
    "gtm-tag": Kind(
        "is fired by a tag of a Tag Manager container",
        "pause the tag and every tag that sends events to the vendor (pixellint gtm pause writes such a copy of the container), "
        "import it, preview, and publish",
    ),
    "gtm-client": Kind(
        "is served by a client of a server container",
        "take the client out when the last tag that sends to the vendor is gone",
        worst="note",
    ),
    "gtm-variable": Kind(
        "is called by a variable of a Tag Manager container",
        "pause the tags that use the variable, import the container, preview, and publish; then delete the variable",
    ),
    "gtm-template": Kind(
        "is what a template of a Tag Manager container loads",
        "delete the template, so that no tag can be made of it",
        worst="warning",
    ),
    "gtm-broken": Kind(
        "has a container here whose export is broken, so that only a part of it could be read",
        "export the container again (Admin, Export Container), and save the file as it comes",
        worst="warning",
    ),
    "unused-suppression": Kind(
        "finds a suppression here that no finding needs",
        "remove it, or put it on a line of the finding that it is for",
        worst="warning",
    ),
    "expired-suppression": Kind(
        "finds a suppression here whose last day is past",
        "look at the finding again; then remove what is found, or write a new day and reason",
        worst="warning",
    ),
    "broken-suppression": Kind(
        "cannot take a suppression here as one",
        "write it as: pixellint: ignore[rule]: reason",
        worst="warning",
    ),
    "trace": Kind("has left a trace here", "remove it once the account is closed", worst="note", on_request=True),
}
"""Every kind that a signature may name or that grouping may give."""
