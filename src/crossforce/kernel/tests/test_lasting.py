"""What lasts keeps no worker from answering others."""

import multiprocessing
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn import util
from gunicorn.config import Config
from gunicorn.glogging import Logger

from crossforce.kernel import lasting, registry
from crossforce.kernel.testing.soon import PATIENCE

ADDRESS = ("127.0.0.1", 1)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        yield found


@pytest.fixture(autouse=True)
def long_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf: registry.Shelf[str] = registry.Shelf("address of what may last")
    shelf.add("films", "/films/[0-9]+")
    monkeypatch.setattr(registry, "lasting", shelf)


def working(answer: Callable[..., Any]) -> lasting.Worker:
    settings = Config()
    worker = lasting.Worker(1, 0, [], None, 60, settings, Logger(settings))
    worker.wsgi = answer
    worker.tmp.close()  # its beat, which nobody hears here
    return worker


def asked(worker: lasting.Worker, listener: socket.socket, request: bytes) -> socket.socket:
    """Our end of a line on which the worker dealt with the request."""
    ours, theirs = socket.socketpair()
    ours.settimeout(PATIENCE)
    ours.sendall(request)
    worker.handle(listener, theirs, ADDRESS)
    return ours


def told(line: socket.socket) -> bytes:
    parts = []
    while part := line.recv(65536):
        parts.append(part)
    line.close()
    return b"".join(parts)


def test_a_worker_goes_on_while_a_film_is_fetched(listener: socket.socket) -> None:
    goes_on = threading.Event()

    def answer(environ: Any, begin: Any) -> Iterator[bytes]:
        begin("200 OK", [("Content-Length", "8")])
        if environ["PATH_INFO"].startswith("/films/"):
            yield b"half"
            assert goes_on.wait(PATIENCE)
            yield b"half"
        else:
            yield b"the page"

    worker = working(answer)
    film = asked(worker, listener, b"GET /films/7 HTTP/1.1\r\nHost: x\r\n\r\n")
    page = asked(worker, listener, b"GET /page HTTP/1.1\r\nHost: x\r\n\r\n")
    assert told(page).count(b"the page")
    goes_on.set()
    assert told(film).count(b"halfhalf")


def test_a_worker_goes_on_while_much_comes_in(listener: socket.socket) -> None:
    def answer(environ: Any, begin: Any) -> list[bytes]:
        size = len(environ["wsgi.input"].read())
        begin("200 OK", [])
        return [b"%d came" % size]

    size = lasting.MUCH + 1
    begun = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % size
    line = asked(working(answer), listener, begun)
    line.sendall(b"x" * size)
    assert told(line).count(b"%d came" % size)


@pytest.mark.parametrize(
    ("request_", "waits"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" + b"x" * 10_000, True),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n", True),
    ],
)
def test_a_line_is_closed_at_once_where_nothing_is_left_on_it(
    request_: bytes, waits: bool, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_still: list[bool] = []

    def wait(line: socket.socket) -> None:
        open_still.append(line.fileno() > 0)
        line.close()

    monkeypatch.setattr(util, "close_graceful", wait)

    def answer(environ: Any, begin: Any) -> list[bytes]:
        begin("200 OK", [])
        return [b"the page"]

    asked(working(answer), listener, request_).close()
    assert open_still == [waits]


def test_more_than_there_is_room_for_are_asked_to_come_again(listener: socket.socket) -> None:
    goes_on = threading.Event()

    def answer(environ: Any, begin: Any) -> Iterator[bytes]:
        begin("200 OK", [])
        assert goes_on.wait(PATIENCE)
        yield b"the film"

    worker = working(answer)
    worker._room = lasting.Room(1)  # for good: its threads may outlive this test
    request = b"GET /films/7 HTTP/1.1\r\nHost: x\r\n\r\n"
    first, second = asked(worker, listener, request), asked(worker, listener, request)
    assert b" 503 " in told(second)
    goes_on.set()
    assert told(first).count(b"the film")


def test_a_fault_in_what_lasts_is_answered(listener: socket.socket) -> None:
    def answer(environ: Any, begin: Any) -> list[bytes]:
        raise ValueError("a fault")

    line = asked(working(answer), listener, b"GET /films/7 HTTP/1.1\r\nHost: x\r\n\r\n")
    assert b" 500 " in told(line)


def test_all_workers_share_the_places_and_one_that_is_killed_has_none() -> None:
    def takes_one_and_stays(told: Connection) -> None:
        told.send(room.enter())
        told.recv()

    room = lasting.Room(2)
    ours, theirs = multiprocessing.Pipe()
    forking = multiprocessing.get_context("fork")
    other = forking.Process(target=takes_one_and_stays, args=[theirs], daemon=True)
    other.start()
    assert ours.recv() == 0
    assert (room.enter(), room.enter()) == (1, None)
    other.kill()
    other.join(PATIENCE)
    assert room.enter() == 0
    room.leave(1)
    assert room.enter() == 1


@pytest.mark.parametrize(("size", "stays"), [(64 * 1024, False), (4 * 1024 * 1024, True)])
def test_a_line_that_holds_a_place_sends(
    size: int, stays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter((0.0, lasting.STALLED + 1))
    monkeypatch.setattr("time.monotonic", lambda: next(times))
    line: Any = SimpleNamespace(recv=bytes)
    steady = lasting.Steady(line)
    if stays:
        assert len(steady.recv(size)) == size
    else:
        with pytest.raises(TimeoutError):
            steady.recv(size)
