"""A run: discover, read, reject by the literal scan, check. In this process, or in several where they pay.

Every file is checked by a pure function of its path and bytes, so the result is the same whatever the number of processes.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from linter.discovery import Found, Settings, discover, display_path, read_file
from linter.findings import Finding, Result, Skipped
from linter.options import STDIN, CheckOptions

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from linter.check import FileReport
    from linter.scan import Scanner

POOL_FILES = 1500
POOL_BYTES = 20_000_000
"""From so many files or bytes on, several processes are faster than one."""
MANY_BYTES = 150_000
"""From so many bytes on, the fast literal scan is worth its set-up (45 ms, against 0.3 ms per KB)."""
CHUNK_BYTES = 2_000_000
CHUNK_FILES = 250
FILE_COST = 10_000
"""What opening a file costs, told in bytes read."""
REPORT_IT = "please report it with the file, if you may share it"


class Part(NamedTuple):
    """The outcome of some files."""

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    files_read: int = 0


def run(options: CheckOptions, settings: Settings, stdin: bytes = b"") -> Result:
    """Checks the paths of `options`; `stdin` are the bytes of standard input where "-" is among them."""
    rows = list(discover((path for path in options.paths if path != STDIN), settings))
    files = [row for row in rows if isinstance(row, Found)]
    parts = [Part(skipped=tuple(row for row in rows if isinstance(row, Skipped)))]
    if STDIN in options.paths:
        name = display_path(options.stdin_filename, settings.cwd) if options.stdin_filename else "<stdin>"
        files = [file for file in files if file.path != name]
        parts.append(_check_stdin(name, stdin, options.max_bytes))
    parts += check_all(files, options)
    findings = [finding for part in parts for finding in part.findings]
    skipped = [skip for part in parts for skip in part.skipped]
    return Result(
        tuple(sorted(findings, key=lambda finding: finding.order)),
        tuple(sorted(skipped, key=lambda skip: (skip.path, skip.reason))),
        sum(part.files_read for part in parts),
    )


def check_all(files: Sequence[Found], options: CheckOptions) -> Iterator[Part]:
    """The outcome of all files, in parts."""
    jobs = options.jobs or _jobs_that_pay(files)
    if jobs > 1 and len(files) > 1:
        yield from _check_in_pool(files, options.max_bytes, jobs)
    else:
        yield check_files(files, options.max_bytes, many=sum(file.size for file in files) >= MANY_BYTES)


def check_files(files: Iterable[Found], max_bytes: int, many: bool = True) -> Part:
    """The outcome of some files, in this process."""
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    read = 0
    scanner = _scanner(many)
    for found in files:
        data = read_file(found, max_bytes)
        if data is None:
            continue
        if isinstance(data, Skipped):
            skipped.append(data)
            continue
        report = _check_bytes(found.path, data, scanner)
        findings += report.findings
        skipped += report.skipped
        read += report.files_read
    return Part(tuple(findings), tuple(skipped), read)


def _check_bytes(path: str, data: bytes, scanner: "Scanner") -> Part:
    """The outcome of one file. No exception passes: it is a defect, told as such, and the other files go on."""
    try:
        if not scanner.might_hold(data):
            return _rejected(path, data)
        from linter.check import check_source

        report: FileReport = check_source(path, data, literals=scanner.present(data))
    except Exception as error:
        return Part(skipped=(Skipped(path, f"internal error: {_told(error)}; {REPORT_IT}", failed=True),))
    unread = any(not skip.failed for skip in report.skipped)
    return Part(report.findings, report.skipped, 0 if unread else 1)


def _rejected(path: str, data: bytes) -> Part:
    """The outcome of a file that holds no literal: read, or binary."""
    if b"\0" in data[:8192]:
        from linter.encoding import NotText, decode_bytes

        try:
            decode_bytes(data[:8192])
        except NotText as error:
            return Part(skipped=(Skipped(path, str(error)),))
    return Part(files_read=1)


def _told(error: Exception) -> str:
    """The error, and the place in this package that it came from."""
    here, where, place = os.path.dirname(__file__), "", error.__traceback__
    while place is not None:
        file = place.tb_frame.f_code.co_filename
        if file.startswith(here):
            where = f" ({os.path.relpath(file, here).replace(os.sep, '/')}:{place.tb_lineno})"
        place = place.tb_next
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0][:120]}{where}"


def _check_stdin(name: str, data: bytes, max_bytes: int) -> Part:
    if len(data) > max_bytes:
        return Part(skipped=(Skipped(name, f"too large: more than {max_bytes} bytes; see --max-size", failed=True),))
    return _check_bytes(name, data, _scanner(many=len(data) >= MANY_BYTES))


_scanners: dict[bool, "Scanner"] = {}


def _scanner(many: bool) -> "Scanner":
    if many not in _scanners:
        from linter.catalog import load_literals
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


def _check_in_pool(files: Sequence[Found], max_bytes: int, jobs: int) -> Iterator[Part]:
    """Checks chunks in `jobs` processes; files of chunks that a crash took along are checked one by one."""
    from concurrent.futures.process import BrokenProcessPool

    groups = chunks(files)
    again: list[Found] = []
    pool = _pool(min(jobs, len(groups)))
    try:
        futures: list[tuple[Future[Part], list[Found]]] = [(pool.submit(check_files, group, max_bytes), group) for group in groups]
        for future, group in futures:
            try:
                yield future.result()
            except BrokenProcessPool:
                again += group
    except BrokenProcessPool:
        again = list(files)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    if again:
        yield from _check_singly(again, max_bytes)


def _check_singly(files: Sequence[Found], max_bytes: int) -> Iterator[Part]:
    """Checks file after file in a process of its own, so that a crash tells which file it was."""
    from concurrent.futures.process import BrokenProcessPool

    pool = _pool(1)
    for file in files:
        try:
            yield pool.submit(check_files, [file], max_bytes).result()
        except BrokenProcessPool:
            yield Part(skipped=(Skipped(file.path, f"internal error: the process that read it ended; {REPORT_IT}", failed=True),))
            pool.shutdown()
            pool = _pool(1)
    pool.shutdown()


def _pool(workers: int) -> "ProcessPoolExecutor":
    """A pool. Where a fork is safe the workers inherit the compiled scanner, elsewhere each compiles its own."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    fork = sys.platform == "linux"
    if fork:
        _scanner(many=True)
    return ProcessPoolExecutor(workers, mp_context=get_context("fork" if fork else "spawn"), initializer=_start_worker)


def _start_worker() -> None:
    """An interrupt ends a worker without a word; the parent process says what there is to say."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)
