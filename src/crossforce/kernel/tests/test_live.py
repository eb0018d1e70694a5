"""Live pages without a database: who may ask, what a change says, and readers who do not keep up."""

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from crossforce.kernel.live import place, stream, telling
from crossforce.kernel.live.group import Group, Stream
from crossforce.kernel.live.looking import Picture, Wish
from crossforce.kernel.live.pages import Found, LivePage
from crossforce.kernel.live.telling import ACCESS, Change
from crossforce.kernel.testing.live import awaited

ROW = UUID("01a2019d-8b85-7024-ae63-974f817f21cc")
PAGE = LivePage(
    "test.page", frozenset({"test.kind"}), lambda query: (), lambda actor, _: nothing()
)


def nothing() -> Found:
    return Found("", str)


@pytest.fixture(autouse=True)
def known(settings: Any) -> Iterator[None]:
    settings.LIVE_PATH, settings.LIVE_PORT, settings.BEHIND_TLS = "", 0, False
    before = place.ports.web, place.ports.live
    place.ports.web, place.ports.live = 8000, 8001
    yield
    place.ports.web, place.ports.live = before


class TestWhoMayAsk:
    @pytest.mark.parametrize(
        ("origin", "fetched_from", "host", "may"),
        [
            ("http://127.0.0.1:8000", "same-site", "127.0.0.1:8001", True),
            ("http://localhost:8000", "same-site", "localhost:8001", True),
            ("http://127.0.0.1:8000", "same-site", "localhost:8001", False),
            ("http://127.0.0.1:9000", "same-site", "127.0.0.1:8001", False),
            ("https://elsewhere.example", "cross-site", "127.0.0.1:8001", False),
            ("null", "cross-site", "127.0.0.1:8001", False),
            ("", "same-origin", "127.0.0.1:8001", True),
            ("", "cross-site", "127.0.0.1:8001", False),
            ("", "same-site", "127.0.0.1:8001", False),
            ("http://127.0.0.1:8000", "same-site", "rebound.example:8001", False),
        ],
    )
    def test_is_the_page_of_this_installation(
        self, origin: str, fetched_from: str, host: str, may: bool
    ) -> None:
        assert place.may_ask(origin, fetched_from, host) is may

    def test_is_the_same_origin_behind_a_proxy(self, settings: Any) -> None:
        settings.LIVE_PATH, settings.BEHIND_TLS = "/live/", True
        settings.ALLOWED_HOSTS = ["duty.example"]
        place.ports.web = 0
        assert place.may_ask("https://duty.example", "same-origin", "duty.example")
        assert not place.may_ask("http://duty.example", "cross-site", "duty.example")


class TestSource:
    def test_is_a_port_of_its_own_on_the_host_that_was_asked(self) -> None:
        request = RequestFactory().get("/duty/?unit=roads", headers={"host": "127.0.0.1:8000"})
        assert (
            place.source(request, "duty.board") == "http://127.0.0.1:8001/duty.board?unit=roads"
        )

    def test_is_a_path_behind_a_proxy(self, settings: Any) -> None:
        settings.LIVE_PATH = "/live/"
        assert place.source(RequestFactory().get("/duty/"), "duty.board") == "/live/duty.board?"
        assert place.connect_sources() == ()

    def test_is_nowhere_for_a_page_that_does_not_move(self) -> None:
        request = RequestFactory().get("/duty/?on=2026-01-01")
        assert place.source(request, "duty.board") == ""
        assert place.source(request, "no.page") == ""

    def test_is_nowhere_with_tls_and_no_path(self, settings: Any) -> None:
        settings.BEHIND_TLS = True
        assert place.source(RequestFactory().get("/duty/"), "duty.board") == ""


class TestChange:
    @pytest.mark.parametrize(
        "change",
        [Change("a.b"), Change("a.b", frozenset({1, 7}), frozenset({ROW})), Change(ACCESS)],
    )
    def test_comes_back_as_it_was_told(self, change: Change) -> None:
        assert telling.decoded(telling.encoded(change)) == change

    @pytest.mark.parametrize("message", ["", "{", "[]", '{"rows": ["x"], "kind": "a"}', "7"])
    def test_that_cannot_be_read_may_concern_anything(self, message: str) -> None:
        assert telling.decoded(message) == Change(ACCESS)

    def test_of_a_hundred_rows_is_no_longer_than_a_message_may_be(self) -> None:
        rows = frozenset(uuid4() for _ in range(telling.MOST))
        scopes = frozenset(range(2**31 - telling.MOST, 2**31))
        assert len(telling.encoded(Change("evidence.exhibit", scopes, rows))) < 8_000


class TestGroup:
    def group(self) -> Group:
        return Group("key", Wish(PAGE, (), "en"), None, picture=Picture("m", b""))

    def test_asks_of_a_scope_once(self) -> None:
        group, change = self.group(), Change("test.kind", frozenset({7}), frozenset({ROW}))
        assert group.take(change)
        assert group.doubts == [change]
        group.remember("test.kind", frozenset({7}), frozenset())
        assert not group.take(change)
        group.forget()
        assert group.take(change)

    def test_takes_what_may_concern_anybody(self) -> None:
        group = self.group()
        assert group.take(Change("test.kind"))
        assert group.changes == [Change("test.kind")]


class TestReader:
    def test_who_does_not_keep_up_is_let_go(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stream, "PATIENCE", 0.05)

        async def stuck(message: Any) -> None:
            if message["type"] == "http.response.body":
                await asyncio.sleep(60)

        async def read() -> None:
            await stream.events(opened(), asked(), stuck)

        with pytest.raises(TimeoutError):
            awaited(read())

    def test_gets_the_newest_picture_only(self) -> None:
        sent: list[bytes] = []

        async def send(message: Any) -> None:
            sent.append(message.get("body", b""))

        async def read() -> None:
            looked_at = opened()
            looked_at.show(Picture("1", b"first"))
            looked_at.show(Picture("2", b"second"))
            task = asyncio.create_task(stream.events(looked_at, asked(), send))
            await asyncio.sleep(0.05)
            looked_at.end("restart")
            await task

        awaited(read())
        assert b"first" not in sent
        assert sent.count(b"second") == 1
        assert b'event: end\ndata: {"why": "restart"}\n\n' in sent


def opened() -> Stream:
    return Stream(None, Group("key", Wish(PAGE, (), "en"), None))  # type: ignore[arg-type]


def asked() -> stream.Asked:
    headers = [(b"origin", b"http://127.0.0.1:8000"), (b"host", b"127.0.0.1:8001")]
    found = {"method": "GET", "path": "/test.page", "query_string": b"", "headers": headers}
    assert QueryDict("") == stream.Asked(found).query
    return stream.Asked(found)
