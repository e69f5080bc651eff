"""A run: discover, read, reject by the literal scan, check. In this process, or in several where they pay.

Every file is checked by a pure function of its path and bytes, so the result is the same whatever the number of processes.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from linter.discovery import Found, Settings, discover, display_path
from linter.findings import Finding, Result, Skipped, Suppressed
from linter.one_file import check_bytes, check_file
from linter.options import STDIN, CheckOptions
from linter.parts import Part, joined

if TYPE_CHECKING:
    from linter.configuration_find import Configurations
    from linter.reach.rows import PageRow
    from linter.scan import Scanner

POOL_FILES = 1500
POOL_BYTES = 20_000_000
"""From so many files or bytes on, several processes are faster than one."""
TOLD_FILES = 50
MANY_FILES = 1_000_000
"""Files that are read at once where somebody watches, and where nobody does."""
MANY_BYTES = 150_000
"""From so many bytes on, the fast literal scan is worth its set-up (45 ms, against 0.3 ms per KB)."""
CHUNK_BYTES = 2_000_000
CHUNK_FILES = 250
FILE_COST = 10_000
"""What opening a file costs, told in bytes read."""


def run(
    options: CheckOptions,
    settings: Settings,
    stdin: bytes = b"",
    configurations: "Configurations | None" = None,
    today: str = "",
    given: Sequence[Found | Skipped] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Result:
    """Checks the paths of `options`; `stdin` are the bytes of standard input where "-" is among them.

    `configurations` say which files are excluded, which findings are suppressed (`today` is an ISO date) and what pages are.
    `given`: what is looked at instead of what lies at the paths. `progress` is told how many more files of how many are done.
    """
    rows = list(discover((path for path in options.paths if path != STDIN), settings) if given is None else given)
    files = [row for row in rows if isinstance(row, Found)]
    parts = [Part(skipped=tuple(row for row in rows if isinstance(row, Skipped)))]
    if configurations is not None:
        files, excluded = configurations.sift(files)
        parts.append(Part(skipped=tuple(excluded)))
    if STDIN in options.paths:
        name = display_path(options.stdin_filename, settings.cwd) if options.stdin_filename else "<stdin>"
        files = [file for file in files if file.path != name]
        parts.append(_check_stdin(name, stdin, options.max_bytes))
    for part in check_all(files, options, TOLD_FILES if progress is not None else len(files)):
        parts.append(part)
        if progress is not None:
            progress(part.files_read + len(part.skipped), len(files))
    found: Sequence[Finding] = [finding for part in parts for finding in part.findings]
    pages: tuple[PageRow, ...] = ()
    suppressed: Sequence[Suppressed] = ()
    about: Sequence[Finding] = ()
    directives = [row for part in parts for row in part.directives]
    if directives or (configurations is not None and configurations.suppress_anything()):
        from linter.suppressing import suppress_all

        found, suppressed, about = suppress_all(found, directives, options, configurations, today)
    if found or options.pages:
        from linter.whole import look_at_all

        exports = [row for part in parts for row in part.containers]
        found, pages = look_at_all(found, exports, {file.path: file for file in files}, options, settings, configurations)
    found = [*found, *about]
    skipped = [skip for part in parts for skip in part.skipped]
    return Result(
        tuple(sorted(found, key=lambda finding: finding.order)),
        tuple(sorted(skipped, key=lambda skip: (skip.path, skip.reason))),
        sum(part.files_read for part in parts),
        pages,
        tuple(sorted(suppressed, key=lambda row: row.finding.order)),
    )


def check_all(files: Sequence[Found], options: CheckOptions, at_once: int = MANY_FILES) -> Iterator[Part]:
    """The outcome of all files, in parts; of at most `at_once` files where this process reads them."""
    jobs = options.jobs or _jobs_that_pay(files)
    if jobs > 1 and len(files) > 1:
        from linter.pool import check_in_pool

        yield from check_in_pool(files, options.max_bytes, jobs)
    else:
        many = sum(file.size for file in files) >= MANY_BYTES
        for begin in range(0, len(files), max(at_once, 1)):
            yield check_files(files[begin : begin + at_once], options.max_bytes, many)


def check_files(files: Iterable[Found], max_bytes: int, many: bool = True) -> Part:
    """The outcome of some files, in this process."""
    scanner = scanner_for(many)
    return joined([check_file(found, max_bytes, scanner) for found in files])


def _check_stdin(name: str, data: bytes, max_bytes: int) -> Part:
    if len(data) > max_bytes:
        return Part(skipped=(Skipped(name, f"too large: more than {max_bytes} bytes; see --max-size", failed=True),))
    return check_bytes(name, data, scanner_for(many=len(data) >= MANY_BYTES))


_scanners: dict[bool, "Scanner"] = {}


_scanned_for: list[Sequence[Mapping[str, Any]]] = [()]
"""The own vendors whose literals the scanners know."""


def scanner_for(many: bool) -> "Scanner":
    """The scanner of this process: for many bytes, or for few. Made once."""
    from linter.catalog import load_literals, own_leaflets

    own = own_leaflets()
    if own != _scanned_for[0]:
        _scanned_for[0] = own
        _scanners.clear()
    if many not in _scanners:
        from linter.scan import Scanner

        _scanners[many] = Scanner.for_many(load_literals()) if many else Scanner(load_literals())
    return _scanners[many]


def cores() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _jobs_that_pay(files: Sequence[Found]) -> int:
    if len(files) < POOL_FILES and sum(file.size for file in files) < POOL_BYTES:
        return 1
    return min(cores(), 32)


def chunks(files: Sequence[Found]) -> list[list[Found]]:
    """Files in groups of about the same cost, the dearest first, so that the processes end together."""
    groups: list[list[Found]] = []
    room = count = 0
    for file in sorted(files, key=lambda file: -file.size):
        if room <= 0 or count >= CHUNK_FILES:
            groups.append([])
            room, count = CHUNK_BYTES, 0
        groups[-1].append(file)
        room -= file.size + FILE_COST
        count += 1
    return groups
