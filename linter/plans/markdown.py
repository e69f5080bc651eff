"""Plans as Markdown with task lists: the body of an issue."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from linter.plans.build import own_steps
from linter.plans.model import PHASES, Plan, Plans, Step
from linter.plans.wording import by_saying, pieces
from linter.reports import counted, printable
from linter.reports.markdown import code, prose

MAX_PLACES = 10
TITLE = "# Taking the trackers out of this website"
LEGAL = "Nothing here is legal advice, and no step says that a law was broken."


def render(plans: Plans) -> str:
    """The report. What comes from files makes no link, mentions nobody and ends no list."""
    return "\n".join(_lines(plans)) + "\n"


def _lines(plans: Plans) -> Iterator[str]:
    yield TITLE
    seen: set[str] = set()
    alone = len(plans.plans) == 1
    for plan in plans.plans:
        yield from _plan(plan, plan.steps if alone else own_steps(plan, plans.common), seen)
    if plans.plans and not alone:
        yield from ("", "## Then, once for all of them")
        yield from _phases(plans.common, seen)
    yield ""
    if plans.set_aside:
        count = counted(len(plans.set_aside), "installation")
        yield f"Without a plan: {count} that are only notes (commented out, in tests, or only announced)."
    if not plans.plans:
        yield "Nothing to take out was found."
    yield LEGAL


def _plan(plan: Plan, steps: Sequence[Step], seen: set[str]) -> Iterator[str]:
    yield ""
    yield f"## {plan.installation.id}. {_marked(plan.name)}"
    yield ""
    yield prose("; ".join(plan.facts))
    yield from _phases(steps, seen)


def _phases(steps: Sequence[Step], seen: set[str]) -> Iterator[str]:
    for phase, title in PHASES.items():
        own = [step for step in steps if step.phase == phase]
        if own:
            yield from ("", f"### {title}", "")
            for step in own:
                yield from _step(step, seen)


def _step(step: Step, seen: set[str]) -> Iterator[str]:
    who = "**pixellint** " if step.by == "pixellint" else ""
    yield f"- [ ] {who}{_marked(step.text)}{_sources(step, seen)}"
    for said, places in by_saying(step.places):
        told = f": {_marked(said)}" if said else ""
        named = ", ".join(code(place) for place in places[:MAX_PLACES])
        more = f" and {len(places) - MAX_PLACES} more (`pixellint check` lists them)" if len(places) > MAX_PLACES else ""
        yield f"  - {named}{more}{told}"


def _marked(text: str) -> str:
    """A step's text; no code in it holds a backtick, so that it stands between two as it is."""
    return "".join(f"`{printable(part)}`" if is_code else prose(part) for is_code, part in pieces(text))


def _sources(step: Step, seen: set[str]) -> str:
    """Links to what documents a step, each once in the whole."""
    new = [source.url for source in step.sources if source.url not in seen]
    seen.update(new)
    links = [f"[{urlsplit(url).hostname}](<{url}>)" for url in new]
    return f" ({', '.join(links)})" if links else ""
