"""How far a long run is: one line on a terminal, which is gone when the report comes. Nothing in a pipeline, or for a short run."""

import time
from collections.abc import Callable, Mapping
from typing import TextIO

AFTER = 1.0
EVERY = 0.1
"""Seconds until the line shows, and between two of it."""


class Progress:
    """Called with how many more files of how many are done."""

    def __init__(self, stderr: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stderr, self._clock = stderr, clock
        self._next = clock() + AFTER
        self._done = 0
        self._shown = 0

    def __call__(self, more: int, total: int) -> None:
        """Shows the line where it is time to."""
        self._done = min(self._done + more, total)
        now = self._clock()
        if now < self._next:
            return
        self._next = now + EVERY
        line = f"pixellint: {self._done} of {total} files"
        self._stderr.write(f"\r{line:<{self._shown}}")
        self._stderr.flush()
        self._shown = len(line)

    def close(self) -> None:
        """Takes the line away."""
        if self._shown:
            self._stderr.write(f"\r{'':<{self._shown}}\r")
            self._stderr.flush()
            self._shown = 0


def progress_on(stderr: TextIO, env: Mapping[str, str]) -> Progress | None:
    """Progress for a person who watches; None where stderr is no terminal, a dumb one, or a pipeline's."""
    if env.get("CI") or env.get("TERM") == "dumb" or not stderr.isatty():
        return None
    return Progress(stderr)
