"""Requests that may last for hours, as gigabytes over a slow line do: each has a thread of its own, and its worker goes on.

A worker answers one request after the other, and is ended where one takes a minute. That is quick, and right for pages.
What sends much, and what an app says gives out much, is taken out of that row. A line on which nothing moves is let go.
"""

import re
import socket
import threading
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
FULL: Final = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n"
    b"Content-Type: text/plain\r\nContent-Length: 44\r\n\r\nToo many are sent at once. Try again, later.\n"
)


class Worker(SyncWorker):
    """gunicorn's plainest worker, and threads for what lasts."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._room = threading.BoundedSemaphore(max(BESIDE // self.cfg.workers, 1))

    def handle_request(self, listener: Any, req: Any, client: Any, addr: Any) -> Any:
        """Answer it, or have it answered: then the line is no longer the caller's, whose end of it is closed."""
        if not lasts(req):
            super().handle_request(listener, req, client, addr)
        elif self._room.acquire(blocking=False):
            line = socket.socket(fileno=client.detach())
            line.settimeout(STALLED)
            req.unreader.sock = line
            given = (listener, req, line, addr)
            threading.Thread(target=self._answer, args=given, daemon=True).start()
        else:
            client.sendall(FULL)

    def _answer(self, listener: Any, req: Any, line: socket.socket, addr: Any) -> None:
        try:
            super().handle_request(listener, req, line, addr)
        except (OSError, StopIteration) as fault:  # whoever asked has gone
            self.log.debug("A request that lasted ended: %s", fault)
        except Exception as fault:  # noqa: BLE001 - answered as the worker itself does
            self.handle_error(req, line, addr, fault)
        finally:
            connections.close_all()
            util.close_graceful(line)
            self._room.release()


def lasts(req: Any) -> bool:
    """Whether it may: it brings much, or does not say how much, or asks for what an app said may be much."""
    for name, value in req.headers:
        if name == "TRANSFER-ENCODING" or (name == "CONTENT-LENGTH" and int(value) > MUCH):
            return True
    return any(re.fullmatch(address, req.path) for address in registry.lasting)
