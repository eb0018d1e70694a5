"""A stream beside the test, and a reader of it."""

import asyncio
import http.client
import json
import socket
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
import uvicorn
from django.conf import settings

from crossforce.kernel.live import place, process
from crossforce.kernel.live.stream import Application
from crossforce.kernel.testing import soon

WEB_PORT: Final = 8000
ORIGIN: Final = f"http://127.0.0.1:{WEB_PORT}"


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it came."""

    name: str
    said: Any
    mark: str
    at: float

    @property
    def html(self) -> str:
        """What it shows."""
        return str(self.said.get("html", "")) if isinstance(self.said, dict) else ""


class Reader:
    """Somebody who looks at a live page, without a browser."""

    def __init__(self, port: int, path: str, cookie: str, **headers: str) -> None:
        self.way = http.client.HTTPConnection(process.HOST, port, timeout=soon.PATIENCE)
        given = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}", "Origin": ORIGIN}
        self.way.request("GET", path, headers=given | headers)
        self.answer = self.way.getresponse()

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.answer.status

    def next(self, within: float = soon.PATIENCE, but: tuple[str, ...] = ("beat", "")) -> Event:
        """The next event, leaving out signs of life. Raises TimeoutError."""
        end = time.monotonic() + within
        while True:
            found = self._event(end)
            if found.name not in but:
                return found

    def is_quiet(self, within: float) -> bool:
        """Whether nothing comes in the time."""
        try:
            self.next(within)
        except TimeoutError:
            return True
        return False

    def close(self) -> None:
        """Look away."""
        self.answer.close()
        self.way.close()

    def _event(self, end: float) -> Event:
        parts: dict[str, str] = {}
        while line := self._line(end):
            name, _, value = line.partition(": ")
            parts[name] = value
        said = json.loads(parts["data"]) if parts.get("data") else None
        return Event(parts.get("event", ""), said, parts.get("id", ""), time.monotonic())

    def _line(self, end: float) -> str:
        assert self.way.sock is not None or self.answer.fp is not None
        self._patience(max(0.05, end - time.monotonic()))
        read = self.answer.readline()
        if not read:
            raise EOFError("the stream ended")
        return read.decode().rstrip("\n")

    def _patience(self, seconds: float) -> None:
        raw: Any = self.answer.fp
        raw.raw._sock.settimeout(seconds)


@dataclass
class Streaming:
    """A running stream."""

    port: int
    application: Application
    readers: list[Reader] = field(default_factory=list)

    def reader(self, path: str, cookie: str, **headers: str) -> Reader:
        """Somebody who looks."""
        made = Reader(self.port, path, cookie, **headers)
        self.readers.append(made)
        return made

    def nobody_looks(self) -> None:
        """All look away, and the stream has noticed."""
        for reader in self.readers:
            reader.close()
        self.readers.clear()
        soon.until(lambda: not self.application.hub.groups)


def awaited(work: Coroutine[Any, Any, None]) -> None:
    """Do it in a thread of its own: once a browser was opened, the test's own has the browser's event loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def run(listener: socket.socket) -> tuple[Application, uvicorn.Server, threading.Thread]:
    """The stream in a thread of this process, until `should_exit` is set."""
    application = Application()
    server = process.server(application)
    work = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True
    )
    work.start()
    soon.until(lambda: server.started)
    return application, server, work


@pytest.fixture
def streaming(transactional_db: None) -> Iterator[Streaming]:
    """The stream beside the test, as `crossforce serve` runs it beside the web."""
    before = place.ports.web, place.ports.live
    with process.open_port(WEB_PORT, any_port=True) as listener:
        application, server, work = run(listener)
        made = Streaming(place.ports.live, application)
        yield made
        for reader in made.readers:
            reader.close()
        server.should_exit = True
        work.join(soon.PATIENCE)
        assert not work.is_alive(), "the stream goes on into the next test"
    place.ports.web, place.ports.live = before
