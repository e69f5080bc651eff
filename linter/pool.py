"""Checks files in several processes. A crash of one costs only the file that caused it."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from linter.discovery import Found
from linter.findings import Skipped
from linter.parts import REPORT_IT, Part
from linter.run import check_files, chunks, scanner_for


def check_in_pool(files: Sequence[Found], max_bytes: int, jobs: int) -> Iterator[Part]:
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


def _pool(workers: int) -> ProcessPoolExecutor:
    """A pool. Where a fork is safe the workers inherit the compiled scanner, elsewhere each compiles its own."""
    from multiprocessing import get_context

    fork = sys.platform == "linux"
    if fork:
        scanner_for(many=True)
    from linter.catalog import own_leaflets

    context = get_context("fork" if fork else "spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(own_leaflets(),))


def _start_worker(own: Sequence[Mapping[str, Any]]) -> None:
    """Own vendors are handed on. An interrupt ends a worker without a word; the parent process says what there is to say."""
    import signal

    from linter.catalog import use_own_leaflets

    use_own_leaflets(own)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
