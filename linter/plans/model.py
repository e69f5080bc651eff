"""The words of plans: steps in phases, and what a fix says of a finding."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from linter.findings import Finding
from linter.installations import Installation

Phase = Literal["remove", "second", "copies", "left", "partner", "publish", "verify", "record"]
PHASES: dict[Phase, str] = {
    "remove": "Take it out",
    "second": "Other ways in",
    "copies": "Copies and caches in the repository",
    "left": "What it leaves behind",
    "partner": "In the vendor's account",
    "publish": "Publish, and clear the caches",
    "verify": "Check the live site",
    "record": "Keep a record",
}
"""The phases in their order, and how they are headed."""
OWN_PHASES: frozenset[Phase] = frozenset({"remove", "second", "left"})
"""Phases that differ from installation to installation; the others are done once for all of them."""

Doer = Literal["pixellint", "person"]


class FixNote(NamedTuple):
    """What fixes say of a finding: `title` completes "takes out ..." ("the script element with its noscript image").

    `reason_refused` is one clause on why it cannot be edited, "" where it can. `after` are things to do by hand once it is.
    """

    safety: Literal["safe", "unsafe"]
    title: str = ""
    reason_refused: str = ""
    after: tuple[str, ...] = ()


Fixable = Callable[[Finding], FixNote | None]
"""What the fixes would do about a finding; None where they have nothing to say of it."""


class Source(NamedTuple):
    """Where a command or a screen is documented; `date` (ISO) is the day on which that was read."""

    url: str
    date: str


class Place(NamedTuple):
    """Where something is to be done, for a person (`header.php:12`), and what is said of it there."""

    where: str
    said: str = ""


class Step(NamedTuple):
    """One thing to do. `text` is a sentence in which commands and names stand in backticks; `places` are where it is to be done."""

    phase: Phase
    by: Doer
    text: str
    places: tuple[Place, ...] = ()
    sources: tuple[Source, ...] = ()


class Plan(NamedTuple):
    """The way out of one installation, in order. `pages` are those it reaches, the most sensitive first."""

    installation: Installation
    name: str
    facts: tuple[str, ...]
    steps: tuple[Step, ...]
    pages: tuple[str, ...] = ()


class Plans(NamedTuple):
    """The plans of a run. `common` are the steps of the phases that are done once for all of them; `set_aside` are installations
    that are only notes."""

    plans: tuple[Plan, ...]
    common: tuple[Step, ...]
    set_aside: tuple[Installation, ...]
