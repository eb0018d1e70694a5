"""The process that streams: beside the web, begun again when it dies, ended with it."""

import asyncio
import contextlib
import http.client
import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import uvicorn
from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string

from crossforce.kernel.live import place

HOST: Final = "127.0.0.1"
APPLICATION: Final = "crossforce.kernel.live.stream.Application"
"""By name: it stands on models, and this on nothing, so that the command line can begin."""
BACKLOG: Final = 512
BETWEEN: Final = 1.0  #: seconds at least from one beginning to the next
LONGEST_PAUSE: Final = 30.0
GRACE: Final = 2  #: seconds that open streams get when the process is to end
GoesOn = Callable[[], bool]


def open_port(web: int, *, any_port: bool = False) -> socket.socket:
    """The port of the stream: the one that is set, else the one after the web's, else any free one."""
    near = [0] if any_port else [min(web + 1, 65_535), 0]
    wanted = [settings.LIVE_PORT] if settings.LIVE_PORT else near
    for port in wanted:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            listener.close()
            if port == wanted[-1]:
                raise
            continue
        listener.listen(BACKLOG)
        place.ports.web, place.ports.live = web, listener.getsockname()[1]
        return listener
    raise AssertionError("no port was tried")


def keep_streaming(listener: socket.socket, goes_on: GoesOn) -> None:
    """Stream in a process of its own, and begin it again whenever it dies, until told to stop.

    The listener outlives it, so that a browser which comes back in between waits and is not refused.
    """
    pause, began, child = BETWEEN, time.monotonic(), _begin(listener)
    with noted():
        while goes_on():
            if child and os.waitpid(child, os.WNOHANG)[0]:
                child = 0
                pause = min(2 * pause, LONGEST_PAUSE) if _was_short(began) else BETWEEN
                began = time.monotonic()
            elif not child and time.monotonic() - began >= pause:
                began, child = time.monotonic(), _begin(listener)
    if child:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(child, signal.SIGTERM)
            os.waitpid(child, 0)


def _was_short(began: float) -> bool:
    return time.monotonic() - began < LONGEST_PAUSE


def _begin(listener: socket.socket) -> int:
    parent, child = os.getpid(), os.fork()
    if child:
        return child
    try:
        stream(listener, parent)
    finally:
        os._exit(0)


def server(application: Any) -> uvicorn.Server:
    """What speaks HTTP for the application."""
    return uvicorn.Server(
        uvicorn.Config(
            application,
            interface="asgi3",
            lifespan="on",
            loop="asyncio",
            http="h11",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE,
        )
    )


def stream(listener: socket.socket, parent: int) -> None:
    """Serve streams until SIGTERM, or until the parent is gone."""
    connections.close_all()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    application = import_string(APPLICATION)()
    streaming = server(application)

    async def serve() -> None:
        watching = asyncio.create_task(_end_with(parent, streaming, application))
        await streaming.serve(sockets=[listener])
        watching.cancel()

    asyncio.run(serve())


async def _end_with(parent: int, server: uvicorn.Server, application: Any) -> None:
    """Close every stream as soon as the server is to stop, so that it need not wait for them."""
    while not server.should_exit and os.getppid() == parent:
        await asyncio.sleep(0.2)
    application.hub.end_all("restart")
    server.should_exit = True


def note() -> Path:
    """Where it stands which port streams, for `crossforce doctor`."""
    path: Path = settings.VAR / "live.json"
    return path


@contextlib.contextmanager
def noted() -> Iterator[None]:
    note().write_text(json.dumps({"port": place.live_port()}))
    try:
        yield
    finally:
        note().unlink(missing_ok=True)


def noted_port() -> int:
    return int(json.loads(note().read_text())["port"])


def is_well(port: int) -> bool:
    """Whether a stream answers there, and hears the database."""
    asked = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        asked.request("GET", f"/{place.HEALTH}")
        return asked.getresponse().status == 200
    except OSError:
        return False
    finally:
        asked.close()
