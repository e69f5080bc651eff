"""The rules about the linter's own words in a repository: suppressions that nothing needs, that have expired or that are broken.

Their findings look like those of a vendor, `pixellint`, which stands in no list of vendors: `Catalog.vendors` knows it by its id alone.
"""

from collections.abc import Mapping
from typing import Any

OWN = "pixellint"
"""The vendor of these rules in a finding."""
OWN_RULES: Mapping[str, str] = {
    f"{OWN}/{kind}": says
    for kind, says in (
        ("unused-suppression", "finds a suppression here that no finding needs"),
        ("expired-suppression", "finds a suppression here whose last day is past, so that it no longer counts"),
        ("broken-suppression", "cannot take a suppression here as one, so that it does not count"),
    )
}
"""Rule id -> what it says of this program, as `linter.kinds` does of vendors."""
NAME = "pixellint"
CATEGORY = "suppressions"
CONSEQUENCE = "tells of suppressions in comments and in the configuration, so that none hides a pixel by mistake"
STATEMENT = "These findings are about comments and settings, not about a vendor."

LEAFLET: Mapping[str, Any] = {
    "text": {
        "what": "A suppression is a comment (pixellint: ignore[rule]: reason) or an entry of the configuration ([[suppress]]) that "
        "keeps a finding out of the report. It names a rule and gives a reason; it may name its last day (until 2027-01-31).",
        "why": "What is left out of a report is what somebody will ask about later. The reason is the only trace of the decision, and a "
        "suppression that outlives its finding hides the next one on its line.",
        "how_in": "Code is moved or removed and the comment stays; a rule is misspelt; the reason is left out; the date passes.",
        "remove": "Unused: remove the comment, or put it on a line of the finding. Expired: look at the finding again, then remove the "
        "pixel or write a new date and reason. Broken: the message says what is wrong with it.",
        "instead": "For all findings of a vendor with which the practice has an agreement, write the agreement into the configuration.",
    }
}
"""What `pixellint rule pixellint` shows, in the form of a leaflet."""
