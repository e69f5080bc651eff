"""Resource hints in `Link` headers: one link among others, or the line that sets the header to it alone."""

import re

from linter.evidence import Span
from linter.fixes.policies_places import Place

ALONE = "the header would be left empty"
LONGEST = 300
_QUOTE = re.compile(r"\brel=(\\?[\"']?)[\w-]+\Z")
_MORE = re.compile(r"(?:;[^,;\r\n\"'<>]{0,100}){0,5}")
_BEFORE = re.compile(
    r"[ \t]*(?:\"?Link\"?\s*[:=]\s*[\"']?|add_header\s+Link\s+[\"']|Header\s+(?:always\s+)?(?:set|add|append|merge)\s+Link\s+[\"']"
    r"|header\(\s*[\"']Link:\s*)\Z",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[\"']?(?:[ \t]+always)?(?:,[ \t]*(?:false|true))?[ \t]*\)?;?[ \t]*(?=[\r\n]|\Z)")


def link_place(text: str, block: Span) -> Place | str:
    """The place of the link whose address and relation are text[block], or why it cannot be cut out."""
    begin, end = block
    quote = _QUOTE.search(text, begin, end)
    if quote is None or text[begin : begin + 1] != "<" or not text.startswith(quote[1], end):
        return ALONE
    more = _MORE.match(text, end + len(quote[1]))
    end = more.end() if more else end
    first, last = len(text[max(begin - LONGEST, 0) : begin].rstrip(" \t")) + max(begin - LONGEST, 0), end
    while text[last : last + 1] in (" ", "\t"):
        last += 1
    ahead = re.compile(r",[ \t]*").match(text, last)
    back = (first - 1, end) if text[first - 1 : first] == "," else None
    if ahead is not None or back is not None:
        return Place("list", block, (begin, end), back, (begin, ahead.end()) if ahead else None)
    line = max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1
    behind = _BEHIND.match(text, end)
    if begin - line < LONGEST and _BEFORE.match(text[line:begin]) and behind:
        return Place("item", block, (line, behind.end()), None, None)
    return ALONE
