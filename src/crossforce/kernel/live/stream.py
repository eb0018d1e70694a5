"""The stream as browsers get it: an ASGI application that speaks server-sent events and nothing else."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

from django.conf import settings
from django.http import QueryDict

from crossforce.kernel.live import listening, place
from crossforce.kernel.live.group import Stream
from crossforce.kernel.live.hub import Hub, TooMany
from crossforce.kernel.live.looking import Wish, event
from crossforce.kernel.live.pages import live_pages
from crossforce.kernel.web import language

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HEARTBEAT: Final = 15.0  #: seconds between two signs of life
PATIENCE: Final = 20.0  #: seconds that a reader may take for one message
BEAT: Final = b"event: beat\ndata: \n\n"


class Application:
    """One hub, one listener on the database, and every open stream."""

    def __init__(self, hub: Hub | None = None) -> None:
        self.hub = hub or Hub()
        self.tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(Asked(scope), receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Begin with the server, and end with it."""
        await receive()
        works = (self.hub.work(), listening.listen(self.hub.changed))
        self.tasks = [asyncio.create_task(work) for work in works]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.hub.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, asked: "Asked", receive: Receive, send: Send) -> None:
        if asked.name == place.HEALTH:
            is_well = bool(self.tasks) and not any(task.done() for task in self.tasks)
            await refuse(send, 200 if is_well else 503, asked)
        elif not place.may_ask(asked.origin, asked.header("sec-fetch-site"), asked.host):
            await refuse(send, 403, asked)
        elif (wish := asked.wish()) is None or asked.method != "GET":
            await refuse(send, 404, asked)
        elif (watcher := await self.hub.arrive(asked.cookie)) is None:
            await refuse(send, 401, asked)
        else:
            try:
                stream = self.hub.join(wish, watcher)
            except TooMany:
                await refuse(send, 429, asked)
                return
            await self._follow(stream, asked, receive, send)

    async def _follow(
        self, stream: Stream, asked: "Asked", receive: Receive, send: Send
    ) -> None:
        """Send until the stream ends, the reader goes, or does not keep up."""
        sending = asyncio.create_task(events(stream, asked, send))
        going = asyncio.create_task(gone(receive))
        try:
            await asyncio.wait({sending, going}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.hub.leave(stream)
            for task in (sending, going):
                task.cancel()
            await asyncio.gather(sending, going, return_exceptions=True)


class Asked:
    """What a browser asks for."""

    def __init__(self, scope: Mapping[str, Any]) -> None:
        self.method: str = scope["method"]
        self.name = str(scope["path"]).rstrip("/").rpartition("/")[2]
        self.query = QueryDict(scope["query_string"])
        self._headers = {name.decode("latin-1"): value for name, value in scope["headers"]}
        self.origin = self.header("origin")
        self.host = self.header("host")
        self.cookies = self._cookies()
        self.cookie = self.cookies.get(settings.SESSION_COOKIE_NAME, "")

    def header(self, name: str) -> str:
        """A header's value, or nothing."""
        return bytes(self._headers.get(name, b"")).decode("latin-1")

    def wish(self) -> Wish | None:
        """The page that is asked for, if it is one that moves."""
        page = live_pages.get(self.name)
        wanted = page.understood(self.query) if page else None
        if page is None or wanted is None:
            return None
        asked = self.query.get(language.PARAMETER) or self.cookies.get(language.COOKIE, "")
        return Wish(page, wanted, asked if asked in language.LOCALES else "en")

    def _cookies(self) -> dict[str, str]:
        try:
            found = SimpleCookie(self.header("cookie"))
        except CookieError:
            return {}
        return {name: each.value for name, each in found.items()}

    def headers(self, kind: str) -> list[tuple[bytes, bytes]]:
        """The headers of an answer, which only the page that asked may read."""
        given = {
            "content-type": kind,
            "cache-control": "private, no-store",
            "x-accel-buffering": "no",
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            "vary": "Origin, Cookie",
        }
        if self.origin and place.may_ask(self.origin, "", self.host):
            given["access-control-allow-origin"] = self.origin
            given["access-control-allow-credentials"] = "true"
        return [(name.encode(), value.encode("latin-1")) for name, value in given.items()]


async def events(stream: Stream, asked: Asked, send: Send) -> None:
    """The newest picture whenever there is one, a sign of life otherwise, and why it ends."""
    headers = asked.headers("text/event-stream; charset=utf-8")
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await write(send, b"retry: 2000\n\n")
    while not stream.ended:
        try:
            await asyncio.wait_for(stream.news.wait(), HEARTBEAT)
        except TimeoutError:
            await write(send, BEAT)
            continue
        stream.news.clear()
        picture = stream.picture
        if picture is not None and not stream.ended:
            await write(send, picture.sent)
    await write(send, event("end", {"why": stream.ended}))
    await send({"type": "http.response.body", "body": b""})


async def write(send: Send, sent: bytes) -> None:
    """Raises TimeoutError for a reader who does not keep up."""
    message = {"type": "http.response.body", "body": sent, "more_body": True}
    await asyncio.wait_for(send(message), PATIENCE)


async def gone(receive: Receive) -> None:
    """Returns when the reader has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def refuse(send: Send, status: int, asked: Asked) -> None:
    """An answer without content."""
    headers = asked.headers("text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
