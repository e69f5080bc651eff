"""A headless Chromium for tests, cut off from every network, spoken to over two pipes in its own protocol.

What pages ask for is answered by `browsing`; all else (connections that are opened early) ends at a proxy that only takes notes.
"""

import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = """
    --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --remote-debugging-pipe --no-first-run --no-default-browser-check
    --disable-background-networking --disable-component-update --disable-default-apps --disable-extensions --disable-sync --mute-audio
    --disable-breakpad --metrics-recording-only --proxy-bypass-list=<-loopback> --use-mock-keychain --password-store=basic
    --disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable
""".split()
_LAUNCH = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 20) for number in sys.argv[1:3]]
os.dup2(ends[0], 3), os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Hands the browser its pipes as the files 3 and 4."""
PATIENCE = 30.0
"""Seconds after which a browser that does not answer is given up."""


def program() -> str | None:
    """Where Chromium is installed, if it is."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


class Notes:
    """A proxy that leads nowhere, and notes which hosts it was asked for."""

    def __init__(self) -> None:
        self.hosts: list[str] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._refuse, args=(connection,), daemon=True).start()

    def _refuse(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(10)
            words = connection.recv(4096).decode("latin-1").split(" ", 2)
            if len(words) > 1:
                host = words[1].rpartition(":")[0] if words[0] == "CONNECT" else urlsplit(words[1]).hostname
                self.hosts.append(host or "")
            connection.sendall(b"HTTP/1.1 502 Nothing\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def close(self) -> None:
        """Takes no more."""
        self._listening.close()


class Browser:
    """One running Chromium. Raises `RuntimeError` where it cannot be started or stops answering."""

    def __init__(self, path: str) -> None:
        self.notes = Notes()
        self._profile = tempfile.mkdtemp(prefix="pixellint-browser-")
        theirs_in, self._write = os.pipe()
        self._read, theirs_out = os.pipe()
        given = (theirs_in, theirs_out)
        flags = [*FLAGS, f"--user-data-dir={self._profile}", f"--proxy-server=127.0.0.1:{self.notes.port}", "about:blank"]
        command = [sys.executable, "-c", _LAUNCH, *map(str, given), path, *flags]
        env = {**os.environ, "HOME": self._profile, "XDG_CONFIG_HOME": self._profile, "XDG_CACHE_HOME": self._profile}
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, pass_fds=given, env=env, stdin=quiet, stdout=quiet, stderr=quiet)
        for end in given:
            os.close(end)
        self._buffer = b""
        self._number = 0
        self._answered: dict[int, Any] = {}
        self.on_event: Callable[[dict[str, Any]], None] = lambda _: None
        try:
            self.call("Target.getTargets")
        except (RuntimeError, OSError):
            self.close()
            raise

    def close(self) -> None:
        """Ends the browser and removes what it left."""
        with suppress(RuntimeError, OSError):
            self.call("Browser.close", patience=5)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._write)
        os.close(self._read)
        self.notes.close()
        shutil.rmtree(self._profile, ignore_errors=True)

    # -- the protocol

    def call(self, method: str, session: str = "", patience: float = PATIENCE, **params: Any) -> Any:
        """Asks the browser and gives its answer."""
        number = self.say(method, session, **params)
        until = time.monotonic() + patience
        while number not in self._answered:
            if not self.listen(until - time.monotonic()):
                raise RuntimeError(f"the browser does not answer: {method}")
        answer = self._answered.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def say(self, method: str, session: str = "", **params: Any) -> int:
        """Asks the browser without waiting."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params, **({"sessionId": session} if session else {})}
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._write, data) :]
        return self._number

    def listen(self, seconds: float) -> bool:
        """Takes what the browser says next; whether it said something within so many seconds."""
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], max(seconds, 0))
            data = os.read(self._read, 1 << 20) if ready else b""
            if not data:
                return False
            self._buffer += data
        message, _, self._buffer = self._buffer.partition(b"\0")
        told = json.loads(message)
        if "id" in told:
            self._answered[told["id"]] = told
        else:
            self.on_event(told)
        return True
