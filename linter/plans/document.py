"""Plans as a JSON document."""

from typing import Any

from linter.plans.model import PHASES, Plan, Plans, Step
from linter.reports.document import VERSION, dump, tool


def render(plans: Plans) -> str:
    """The document: each plan has all its steps, those that are common to all as well."""
    return dump(
        {
            "version": VERSION,
            "tool": tool(),
            "phases": [{"id": phase, "title": title} for phase, title in PHASES.items()],
            "plans": [_plan(plan) for plan in plans.plans],
            "common": [_step(step) for step in plans.common],
            "set_aside": [row.id for row in plans.set_aside],
        }
    )


def _plan(plan: Plan) -> dict[str, Any]:
    row = plan.installation
    return {
        "installation": row.id,
        "vendor": row.vendor,
        "account": row.account,
        "way": row.way,
        "by": row.by,
        "severity": row.severity,
        "state": row.state,
        "name": plan.name,
        "facts": list(plan.facts),
        "pages": list(plan.pages),
        "steps": [_step(step) for step in plan.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "phase": step.phase,
        "by": step.by,
        "text": step.text,
        "places": [place._asdict() for place in step.places],
        "sources": [{"url": source.url, "date": source.date} for source in step.sources],
    }
