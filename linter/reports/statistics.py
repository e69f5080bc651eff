"""How many findings each rule has: the table behind a report."""

from collections import Counter, defaultdict

from linter.findings import SEVERITIES, Result
from linter.reports import counted


def render(result: Result) -> str:
    """A line a rule and severity, the most frequent first; says so where there is none."""
    counts = Counter((finding.rule, finding.severity) for finding in result.findings)
    if not counts:
        return "No rule has findings.\n"
    files = defaultdict(set)
    for finding in result.findings:
        files[finding.rule, finding.severity].add(finding.path)
    width = len(str(max(counts.values())))
    longest = max(len(rule) for rule, _ in counts)
    order = sorted(counts, key=lambda key: (-counts[key], key[0], SEVERITIES.index(key[1])))
    rows = [f"{counts[key]:>{width}}  {key[1]:<7}  {key[0]:<{longest}}  in {counted(len(files[key]), 'file')}" for key in order]
    return "\n".join(rows) + "\n"
