"""Plans for people at a terminal. Commands are never broken over lines, so that they can be copied."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from linter.plans.build import own_steps
from linter.plans.model import PHASES, Plan, Plans, Step
from linter.plans.wording import by_saying, pieces, some
from linter.reports import counted, printable

WIDTH = 110
MAX_PLACES = 6
_KEPT = "\ue0ff"
"""Stands for a space at which no line may be broken."""


def render(plans: Plans, verbose: bool = False) -> str:
    """The report; `verbose` adds where commands and screens are documented, and all places."""
    lines: list[str] = []
    alone = len(plans.plans) == 1
    for plan in plans.plans:
        lines += [*_head(plan), *_phases(plan.steps if alone else own_steps(plan, plans.common), verbose), ""]
    if plans.plans and not alone:
        lines += ["Then, once for all of them", *_phases(plans.common, verbose), ""]
    lines += _end(plans)
    return "\n".join(lines) + "\n"


def _head(plan: Plan) -> Iterator[str]:
    yield f"{plan.installation.id}. {printable(plan.name.replace('`', ''))}"
    yield f"   {'; '.join(plan.facts)}"


def _phases(steps: Sequence[Step], verbose: bool) -> Iterator[str]:
    for phase, title in PHASES.items():
        own = [step for step in steps if step.phase == phase]
        if own:
            yield ""
            yield f"   {title}"
            for step in own:
                yield from _step(step, verbose)


def _step(step: Step, verbose: bool) -> Iterator[str]:
    yield from _wrapped(f"[{'auto' if step.by == 'pixellint' else ' '}] {step.text}", "     ", "         ")
    for said, places in by_saying(step.places):
        named = some([printable(place).replace(" ", _KEPT) for place in places], len(places) if verbose else MAX_PLACES)
        yield from _wrapped(f"{named} ({printable(said)})" if said else named, "         at ", "            ")
    if verbose:
        yield from (f"         see {printable(source.url)} ({source.date})" for source in step.sources)


def _wrapped(text: str, first: str, following: str) -> list[str]:
    """The text in lines, broken at spaces outside of code."""
    whole = "".join(f"`{part.replace(' ', _KEPT)}`" if is_code else part for is_code, part in pieces(text))
    lines = wrap(whole, WIDTH, initial_indent=first, subsequent_indent=following, break_long_words=False, break_on_hyphens=False)
    return [line.replace(_KEPT, " ") for line in lines]


def _end(plans: Plans) -> Iterator[str]:
    if plans.set_aside:
        numbers = some([str(row.id) for row in plans.set_aside], 12)
        yield f"Only notes, without a plan: number {numbers} (what is commented out, in tests, or only announced)."
    if not plans.plans:
        yield "Nothing to take out was found." if not plans.set_aside else "Nothing that runs was found."
        return
    yield f"{counted(len(plans.plans), 'plan')}. [auto]: pixellint does it. [ ]: a person does. Nothing here is legal advice."
