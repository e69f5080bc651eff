"""One file of a run, or what is in an archive: read, rejected by the literal scan, or checked. Nothing that goes wrong passes."""

from typing import TYPE_CHECKING

from linter.discovery import Found
from linter.files import read_file, unreadable
from linter.findings import Skipped
from linter.parts import Part, defect, joined

if TYPE_CHECKING:
    from linter.archives import Member
    from linter.check import FileReport
    from linter.scan import Scanner
    from linter.suppression_comments import Directive

MARK = b"pixellint:"
"""What every comment to the linter begins with; in UTF-16 it is looked for with NULs between."""


def check_file(found: Found, max_bytes: int, scanner: "Scanner") -> Part:
    """The outcome of one file, read whole, in pieces, or member by member."""
    if found.size > max_bytes or found.path.lower().endswith((".gz", ".zip")):
        from linter.archives import Member, members

        parts = [
            _check_member(row, max_bytes, scanner) if isinstance(row, Member) else Part(skipped=(row,)) for row in members(found, max_bytes)
        ]
        return joined(parts)._replace(files_read=int(any(part.files_read for part in parts)))
    data = read_file(found, max_bytes)
    if data is None or isinstance(data, Skipped):
        return Part(skipped=(data,) if data else ())
    return check_bytes(found.path, data, scanner)


def _check_member(member: "Member", max_bytes: int, scanner: "Scanner") -> Part:
    """The outcome of a dump, or of a file in an archive."""
    from linter.archives import Unreadable

    try:
        if not member.is_dump:
            data = member.read(max_bytes)
            return Part(skipped=(data,)) if isinstance(data, Skipped) else check_bytes(member.path, data, scanner)
        from linter.catalog import load_catalog
        from linter.streaming import check_dump

        report = check_dump(member.path, member.opened, load_catalog(), scanner)
    except Unreadable as error:
        return Part(skipped=(Skipped(member.path, str(error)),))
    except OSError as error:
        return Part(skipped=(unreadable(member.path, error),))
    except Exception as error:
        return defect(member.path, error)
    unread = any(not skip.failed for skip in report.skipped)
    return Part(report.findings, report.skipped, 0 if unread else 1)


def check_bytes(path: str, data: bytes, scanner: "Scanner") -> Part:
    """The outcome of one file. No exception passes: it is a defect, told as such, and the other files go on."""
    try:
        told: tuple[Directive, ...] = ()
        if MARK in data or b"\0" in data[:64]:
            from linter.suppression_comments import told as directives

            told = directives(path, data)
        if not scanner.might_hold(data):
            return _rejected(path, data)._replace(directives=told)
        from linter.check import check_source

        report: FileReport = check_source(path, data, literals=scanner.present(data))
    except Exception as error:
        return defect(path, error)
    unread = any(not skip.failed for skip in report.skipped)
    return Part(report.findings, report.skipped, 0 if unread else 1, tuple((container, path) for container in report.containers), told)


def _rejected(path: str, data: bytes) -> Part:
    """The outcome of a file that holds no literal: read, or binary."""
    if b"\0" in data[:8192]:
        from linter.encoding import NotText, decode_bytes

        try:
            decode_bytes(data[:8192])
        except NotText as error:
            return Part(skipped=(Skipped(path, str(error)),))
    return Part(files_read=1)
