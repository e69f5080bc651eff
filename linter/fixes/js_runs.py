"""Statements that are cut out one after the other, as one edit: with their semicolons and comments, and whole template blocks."""

from collections.abc import Callable, Iterator

from tree_sitter import Node

from linter.fixes.js_groups import Cut
from linter.fixes.js_program import Program
from linter.fixes.js_remarks import Remarks, is_bound, is_closing
from linter.fixes.js_splices import Spliced, as_edit, before_blanks, behind_blanks, line_start
from linter.fixes.model import Edit

COMMENTS = ("comment", "html_comment")
_CONTINUES = frozenset("([`/+-*,.<%&|?=")
"""What goes on with the statement before it where no semicolon stands between them."""
_BLOCKS = frozenset(
    """function_declaration generator_function_declaration class_declaration if_statement for_statement for_in_statement while_statement
    try_statement switch_statement statement_block export_statement labeled_statement interface_declaration""".split()
)
_UNENDED = frozenset("expression_statement lexical_declaration variable_declaration return_statement throw_statement".split())


def runs_of(program: Program, rows: list[Cut], remarks: Remarks) -> Iterator[list[Cut]]:
    """Cuts that follow one another with nothing between them that stays."""
    run: list[Cut] = []
    for cut in rows:
        if run and not _is_joined(program, run[-1], cut, remarks):
            yield run
            run = []
        run.append(cut)
    if run:
        yield run


def _is_joined(program: Program, one: Cut, other: Cut, remarks: Remarks) -> bool:
    node = one.slot.node.next_named_sibling
    while node is not None and node.start_byte < other.begin:
        program.spend()
        if node.type not in (*COMMENTS, "empty_statement"):
            return False
        comment = program.of(node)
        if node.type in COMMENTS and not (remarks.goes_between(comment) or is_bound(comment)):
            return False
        node = node.next_named_sibling
    return True


def edits_of(program: Program, run: list[Cut], remarks: Remarks, is_whole: Callable[[Edit], bool]) -> Iterator[Spliced]:
    """The edit of a run; where template tags stand between its statements, one for each stretch between tags, or each statement."""
    keys = tuple(cut.key for cut in run)
    whole = Spliced(*_run_edit(program, run, remarks), keys)
    for begin, end in _with_tags(program, whole):
        splice = whole._replace(begin=begin, end=end)
        edit = as_edit(program, splice)
        if edit is not None and is_whole(edit):
            yield splice
            return
    for runs in (list(_between_tags(program, run)), [[cut] for cut in run]):
        found = [Spliced(*_run_edit(program, rows, remarks), tuple(cut.key for cut in rows)) for rows in runs]
        edits = [as_edit(program, splice) for splice in found]
        if all(edit is not None and is_whole(edit) for edit in edits):
            break
    yield from found


def _with_tags(program: Program, splice: Spliced) -> Iterator[tuple[int, int]]:
    """Where a run begins and ends, and the same with the template tags right before or behind it."""
    begin, end = splice.begin, splice.end
    yield begin, end
    code, source = program.text, program.part.text.source.text
    first, last = before_blanks(code, begin), behind_blanks(code, end)
    before, behind = program.places.in_source(first, begin), program.places.in_source(end, last)
    if before is None or behind is None or before[1] - before[0] != begin - first or behind[1] - behind[0] != last - end:
        return
    first += len(source[slice(*before)]) - len(source[slice(*before)].lstrip())
    last -= len(source[slice(*behind)]) - len(source[slice(*behind)].rstrip())
    for wide in ((begin, max(last, end)), (min(first, begin), end), (min(first, begin), max(last, end))):
        if wide != (begin, end):
            yield wide


def _between_tags(program: Program, run: list[Cut]) -> Iterator[list[Cut]]:
    """The run, parted where the source has something between two statements that the script has not."""
    rows = [run[0]]
    for cut in run[1:]:
        span = program.places.in_source(rows[-1].end, cut.begin)
        if span is None or program.part.text.source.text[slice(*span)] != program.text[rows[-1].end : cut.begin]:
            yield rows
            rows = []
        rows.append(cut)
    yield rows


def _run_edit(program: Program, run: list[Cut], remarks: Remarks) -> tuple[int, int, str]:
    first, last = run[0].slot.node, run[-1].slot.node
    begin = _with_comments_before(program, first, remarks)
    end = _with_what_follows(program, first.start_byte, last, remarks)
    return begin, end, ";" if _needs_semicolon(program, first, last, run[0].slot.holder) else ""


def _with_comments_before(program: Program, first: Node, remarks: Remarks) -> int:
    """Where the comments right above a statement begin that go with it: a block of lines is one comment."""
    begin, block = first.start_byte, []
    node = first.prev_named_sibling
    at = begin
    while node is not None and node.type in COMMENTS and _is_above(program, node, at):
        program.spend()
        block.append(node)
        at = node.start_byte
        node = node.prev_named_sibling
        if not program.of(block[-1]).startswith("//"):
            break
    bound = 0
    while bound < len(block) and is_bound(program.of(block[bound])):
        begin = block[bound].start_byte
        bound += 1
    text = "\n".join(program.of(node) for node in block[bound:])
    return block[-1].start_byte if block[bound:] and remarks.is_about(text) else begin


def _is_above(program: Program, comment: Node, at: int) -> bool:
    """Whether a comment stands alone on the line right above `at`, or before it on the same line."""
    between = program.text[comment.end_byte : at]
    line = program.text[program.text.rfind("\n", 0, comment.start_byte) + 1 : comment.start_byte]
    return not between.strip() and between.count("\n") <= 1 and not line.strip()


def _with_what_follows(program: Program, begin: int, last: Node, remarks: Remarks) -> int:
    """The end of a statement with a lone semicolon, the comment on its line, and a comment that ends its section.

    A comment on its line that stays takes the place of what begins at `begin`.
    """
    end, node = last.end_byte, last.next_named_sibling
    while node is not None and node.type in (*COMMENTS, "empty_statement"):
        program.spend()
        between = program.text[end : node.start_byte]
        if between.strip():
            break
        if "\n" not in between and (node.type == "empty_statement" or _ends_line(program, begin, node)):
            if node.type != "empty_statement" and not remarks.goes_with_line(program.of(node)):
                return node.start_byte
        elif not (remarks.is_about(program.of(node)) and ("\n" not in between or _closes(program, node, between))):
            break
        end, node = node.end_byte, node.next_named_sibling
    return end


def _closes(program: Program, comment: Node, between: str) -> bool:
    return is_closing(program.of(comment)) and between.count("\n") <= 2


def _ends_line(program: Program, begin: int, comment: Node) -> bool:
    """Whether nothing else is on the lines from `begin` to the end of a comment."""
    line = line_start(program, begin)
    stop = program.text.find("\n", comment.end_byte)
    return not program.text[line:begin].strip() and not program.text[comment.end_byte : stop if stop >= 0 else len(program.text)].strip()


def _needs_semicolon(program: Program, first: Node, last: Node, holder: Node) -> bool:
    """Whether what stands before the cut would go on with what stands behind it."""
    rows = program.rows(holder)
    number, after = program.row_at(holder, first.start_byte), program.row_at(holder, last.end_byte)
    before = rows[max(number - 1, 0) : number]
    behind = [row for row in rows[after : after + 3] if row.type != "empty_statement"][:1]
    if not before or not behind or before[0].type in _BLOCKS or program.text[before[0].end_byte - 1] == ";":
        return False
    if before[0].type not in _UNENDED and program.text[before[0].end_byte - 1] == "}":
        return False
    return program.text[behind[0].start_byte] in _CONTINUES
