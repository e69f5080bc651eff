"""The outcome of some files of a run, and of those that a defect of this program kept from being checked."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from linter.findings import Finding, Skipped

if TYPE_CHECKING:
    from linter.suppression_comments import Directive

REPORT_IT = "please report it with the file, if you may share it"


class Part(NamedTuple):
    """The outcome of some files."""

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    files_read: int = 0
    containers: tuple[tuple[str, str], ...] = ()
    """Id and path of each container whose contents are in one of the files."""
    directives: "tuple[Directive, ...]" = ()
    """What comments of the files say to the linter."""


def joined(parts: Sequence[Part]) -> Part:
    """The outcome of several parts, as one."""
    return Part(
        tuple(finding for part in parts for finding in part.findings),
        tuple(skip for part in parts for skip in part.skipped),
        sum(part.files_read for part in parts),
        tuple(row for part in parts for row in part.containers),
        tuple(row for part in parts for row in part.directives),
    )


def defect(path: str, error: Exception) -> Part:
    """A file that an error of this program kept from being checked: told as such, and the other files go on."""
    return Part(skipped=(Skipped(path, f"internal error: {_told(error)}; {REPORT_IT}", failed=True),))


def _told(error: Exception) -> str:
    """The error, and the place in this package that it came from."""
    here, where, place = os.path.dirname(__file__), "", error.__traceback__
    while place is not None:
        file = place.tb_frame.f_code.co_filename
        if file.startswith(here):
            where = f" ({os.path.relpath(file, here).replace(os.sep, '/')}:{place.tb_lineno})"
        place = place.tb_next
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0][:120]}{where}"
