"""Requests that may last for hours, as gigabytes over a slow line do: each has a thread of its own, and its worker goes on.

A worker answers one request after the other, and is ended where one takes a minute. That is quick, and right for pages.
What sends much, and what an app says gives out much, is taken out of that row. A line on which nothing moves is let go, and one
on which what was announced comes too slowly: whoever it is, a place is held by sending.
"""

import fcntl
import os
import re
import socket
import threading
import time
from functools import cache
from typing import Any, Final

from django.db import connections
from gunicorn import util
from gunicorn.workers.sync import SyncWorker

from crossforce.kernel import registry

MUCH: Final = 1024 * 1024
"""A request that brings more may last."""
BESIDE: Final = 40
"""So many may last at a time, in all workers together: each holds a connection to the database."""
STALLED: Final = 60.0
LEAST: Final = MUCH / 60
"""So many bytes a second come at least, once they were waited for as long as a line may stall; as a poor line of a telephone brings."""
FULL: Final = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n"
    b"Content-Type: text/plain\r\nContent-Length: 44\r\n\r\nToo many are sent at once. Try again, later.\n"
)


class Room:
    """So many places for all processes that come of the one that made it. A place is free again when whoever had it was killed.

    Each is a byte of a file without a name: between processes it is locked, within one it is noted.
    """

    def __init__(self, places: int) -> None:
        self._places = range(places)
        self._file = os.memfd_create("crossforce-places")
        self._mine: set[int] = set()
        self._door = threading.Lock()

    def enter(self) -> int | None:
        """A place, or none where all are taken."""
        with self._door:
            for place in self._places:
                if place not in self._mine and self._is_ours(place):
                    self._mine.add(place)
                    return place
        return None

    def leave(self, place: int) -> None:
        """Another may have the place."""
        with self._door:
            self._mine.remove(place)
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)

    def _is_ours(self, place: int) -> bool:
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except BlockingIOError:
            return False
        return True


@cache
def room() -> Room:
    """Made with the first worker, before it is forked: all workers share it."""
    return Room(BESIDE)


class Steady:
    """A line that is read from, given up once what comes was waited for too long."""

    def __init__(self, line: socket.socket) -> None:
        self._line, self._came, self._waited = line, 0, 0.0

    def recv(self, size: int) -> bytes:
        """As a socket's. Raises TimeoutError."""
        began = time.monotonic()
        part = self._line.recv(size)
        self._waited += time.monotonic() - began
        self._came += len(part)
        if self._waited > STALLED and self._came < self._waited * LEAST:
            raise TimeoutError("What was announced comes too slowly.")
        return part


class Worker(SyncWorker):
    """gunicorn's plainest worker, and threads for what lasts."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._room = room()

    def accept(self, listener: Any) -> None:
        """As gunicorn's, which tells the line twice what it is already."""
        self.handle(listener, *listener.accept())

    def handle_request(self, listener: Any, req: Any, client: Any, addr: Any) -> Any:
        """Answer it, or have it answered: then the line is no longer the caller's, whose end of it is closed.

        So it is after an answer to which nothing is left unread. Nobody waits for whoever asked to hang up first.
        """
        if not lasts(req):
            super().handle_request(listener, req, client, addr)
        elif (place := self._room.enter()) is not None:
            line = socket.socket(fileno=client.detach())
            line.settimeout(STALLED)
            req.unreader.sock = Steady(line)
            given = (listener, req, line, addr, place)
            threading.Thread(target=self._answer, args=given, daemon=True).start()
            return
        else:
            client.sendall(FULL)
        if is_read(req, client):
            client.close()

    def _answer(
        self, listener: Any, req: Any, line: socket.socket, addr: Any, place: int
    ) -> None:
        try:
            super().handle_request(listener, req, line, addr)
        except (OSError, StopIteration) as fault:  # whoever asked has gone
            self.log.debug("A request that lasted ended: %s", fault)
        except Exception as fault:  # noqa: BLE001 - answered as the worker itself does
            self.handle_error(req, line, addr, fault)
        finally:
            connections.close_all()
            util.close_graceful(line)
            self._room.leave(place)


def is_read(req: Any, line: socket.socket) -> bool:
    """Whether all that was sent was read: a line closed on what was not cuts off the end of the answer."""
    if any(name in ("CONTENT-LENGTH", "TRANSFER-ENCODING") for name, _ in req.headers):
        return False
    try:
        return not line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return True


def lasts(req: Any) -> bool:
    """Whether it may: it brings much, or does not say how much, or asks for what an app said may be much."""
    for name, value in req.headers:
        if name == "TRANSFER-ENCODING" or (name == "CONTENT-LENGTH" and int(value) > MUCH):
            return True
    return any(re.fullmatch(address, req.path) for address in registry.lasting)
