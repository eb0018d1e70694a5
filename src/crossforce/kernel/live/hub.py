"""Who looks at what: groups of streams, woken by changes and by the clock. One event loop, no locks.

A group is looked at once however many streams it has; a change that comes meanwhile wakes it again.
"""

import asyncio
import logging
import threading
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar

from django.db import Error, connections

from crossforce.kernel import clock
from crossforce.kernel.live import looking
from crossforce.kernel.live.group import Group, Stream
from crossforce.kernel.live.looking import Looked, Picture, Wish
from crossforce.kernel.live.pages import Watcher
from crossforce.kernel.live.telling import ACCESS, Change

AnswerT = TypeVar("AnswerT")

SETTLE: Final = 0.03  #: seconds in which changes gather before a group is looked at
APART: Final = 0.3  #: seconds between the beginnings of two looks of one group
AGAIN: Final = 1.0  #: seconds until the next attempt when the database does not answer
CHECKED: Final = 0.5  #: seconds for which it holds that somebody is still signed in
FRESH: Final = 2.0  #: seconds for which a drawing may be shared, if nothing changes
LATEST: Final = 600.0  #: seconds after which a group is looked at in any case
SWEEP: Final = 3.0  #: seconds between two looks at whether everybody is still signed in
PUT_AWAY: Final = 10.0
THREADS: Final = 3
MOST_OF_ACCOUNT: Final = 20
MOST: Final = 1_000

log = logging.getLogger(__name__)


class TooMany(Exception):
    """As many streams are open as may be."""


@dataclass(slots=True)
class Drawing:
    """A picture that is being drawn, for all of one sight; None when it is only for who drew it."""

    began: float
    picture: asyncio.Future[Picture | None]


class Hub:
    """The groups, and the threads that look for them. `looks` counts what they did, `shared` how much of it was drawn already."""

    def __init__(self, threads: int = THREADS) -> None:
        self.groups: dict[Hashable, Group] = {}
        self.of_account: Counter[Any] = Counter()
        self.looks = self.shared = 0
        self._drawn: dict[Hashable, Drawing] = {}
        self._due: asyncio.Queue[Group] = asyncio.Queue()
        self._threads = ThreadPoolExecutor(threads, "look")
        self._many = threads

    async def work(self) -> None:
        """Look, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for _ in range(self._many):
                tasks.create_task(self._look_on())
            tasks.create_task(self._sweep())

    def close(self) -> None:
        """Let every thread put its connection away."""
        together = threading.Barrier(self._many)

        def put_away() -> None:
            together.wait(PUT_AWAY)
            connections.close_all()

        for _ in range(self._many):
            self._threads.submit(put_away)
        self._threads.shutdown(wait=True)

    async def arrive(self, cookie: str) -> Watcher | None:
        """Whose session this is."""
        return await self._in_thread(looking.arrived, cookie)

    def join(self, wish: Wish, watcher: Watcher) -> Stream:
        """A new stream, which is shown the whole. Raises TooMany."""
        is_full = self.of_account.total() >= MOST
        if is_full or self.of_account[watcher.account] >= MOST_OF_ACCOUNT:
            raise TooMany
        key = (wish.page.name, wish.wanted, wish.language, watcher.actor)
        group = self.groups.setdefault(key, Group(key, wish, watcher.actor))
        stream = Stream(watcher, group)
        group.streams.add(stream)
        self.of_account[watcher.account] += 1
        self.wake(group)
        return stream

    def leave(self, stream: Stream) -> None:
        """The stream is closed, or is to be; a group without any is forgotten."""
        group = stream.group
        if stream not in group.streams:
            return
        group.streams.discard(stream)
        self.of_account[stream.watcher.account] -= 1
        self.of_account += Counter()  # without those that have none
        if not group.streams:
            if group.timer is not None:
                group.timer.cancel()
            del self.groups[group.key]

    def end_all(self, why: str) -> None:
        """Close every stream."""
        for group in list(self.groups.values()):
            for stream in list(group.streams):
                self._end(stream, why)

    def changed(self, change: Change) -> None:
        """Something changed: wake whom it may concern."""
        self._drawn.clear()
        for group in list(self.groups.values()):
            if change.kind == ACCESS:
                group.forget()
                group.changes.append(change)
                self.wake(group)
            elif change.kind in group.wish.page.kinds and group.take(change):
                self.wake(group)

    def wake(self, group: Group) -> None:
        """Have the group looked at soon."""
        if not group.is_due:
            group.is_due = True
            loop = asyncio.get_running_loop()
            wait = max(SETTLE, group.began + APART - loop.time())
            loop.call_later(wait, self._due.put_nowait, group)

    async def _look_on(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            group = await self._due.get()
            if group.is_being_looked_at:  # by another thread: when that is done
                loop.call_later(SETTLE, self._due.put_nowait, group)
                continue
            group.is_being_looked_at, group.is_due, group.began = True, False, loop.time()
            try:
                await self._look(group)
            except Error as fault:
                log.warning("A live page waits for the database: %s", fault)
                group.forget()
                self._wake_in(group, AGAIN)
            except Exception:
                log.exception("A live page could not be drawn")
                for stream in list(group.streams):
                    self._end(stream, "fault")
            finally:
                group.is_being_looked_at = False

    async def _look(self, group: Group) -> None:
        await self._check_due(group)
        changes, doubts, group.changes, group.doubts = group.changes, group.doubts, [], []
        if not group.streams:
            return
        if doubts and not changes and not await self._is_concerned(group, doubts):
            return
        self.looks += 1
        looked = await self._seen(group, [*changes, *doubts])
        group.picture, group.stands = looked.picture, looked.stands
        group.sight = looked.picture.sight if looked.picture else ""
        for stream in list(group.streams):
            if looked.picture is None:
                self._end(stream, "posting")
            else:
                stream.show(looked.picture)
        self._wake_at(group, looked.wakes_at)

    async def _seen(self, group: Group, about: list[Change]) -> Looked:
        """What another group of the same sight had drawn this moment, or else a look of its own."""
        wish, actor = group.wish, group.actor
        group.sight = group.sight or await self._in_thread(looking.sight, wish, actor)
        key = (wish.page.name, wish.wanted, wish.language, group.sight)
        while drawing := self._drawing(key):
            drawn = await drawing.picture
            if drawn is None and self._drawn.get(key) is not drawing:
                continue  # something changed meanwhile: whoever comes first draws it anew
            if drawn is not None and is_over(drawn):
                self._drop(key, drawing)
                continue
            return await self._shared(group, drawn, about) or await self._own(group, about)
        return await self._offered(key, group, about)

    async def _shared(
        self, group: Group, drawn: Picture | None, about: list[Change]
    ) -> Looked | None:
        if drawn is None:
            return None
        rest = (drawn, group.picture, about, group.stands)
        looked = await self._in_thread(looking.share, group.wish, group.actor, *rest)
        self.shared += looked is not None
        return looked

    async def _own(self, group: Group, about: list[Change]) -> Looked:
        return await self._in_thread(
            looking.look, group.wish, group.actor, group.picture, about
        )

    async def _offered(self, key: Hashable, group: Group, about: list[Change]) -> Looked:
        """A look of its own, which others of the same sight wait for."""
        loop = asyncio.get_running_loop()
        mine = self._drawn[key] = Drawing(loop.time(), loop.create_future())
        drawn = None
        try:
            looked = await self._own(group, about)
            if looked.picture and looked.picture.sight == group.sight:
                drawn = looked.picture if self._drawn.get(key) is mine else None
            return looked
        finally:
            mine.picture.set_result(drawn)

    def _drawing(self, key: Hashable) -> Drawing | None:
        found = self._drawn.get(key)
        age = asyncio.get_running_loop().time() - found.began if found else 0.0
        return found if age < FRESH else None

    def _drop(self, key: Hashable, drawing: Drawing) -> None:
        if self._drawn.get(key) is drawing:
            del self._drawn[key]

    async def _is_concerned(self, group: Group, doubts: Iterable[Change]) -> bool:
        """Whether the actor reaches a scope in which something changed; each is asked of once."""
        is_concerned = any(group.has(each) or not each.scopes for each in doubts)
        for kind in {each.kind for each in doubts}:
            asked = frozenset[int]().union(*(e.scopes for e in doubts if e.kind == kind))
            within = await self._in_thread(looking.concerns, group.actor, kind, asked)
            group.remember(kind, asked, within)
            is_concerned = is_concerned or bool(within)
        return is_concerned

    async def _check_due(self, group: Group) -> None:
        """Check who looks, together with all who are to be looked for as well."""
        now = asyncio.get_running_loop().time()
        if now - group.checked < CHECKED:
            return
        due = [each for each in self.groups.values() if each.is_due or each is group]
        await self._check([stream for each in due for stream in each.streams])
        for each in due:
            each.checked = now

    async def _check(self, streams: Iterable[Stream]) -> None:
        """End the streams of whoever is no longer signed in, or acts otherwise now."""
        listed = list(streams)
        before = [each.watcher for each in listed]
        after = await self._in_thread(looking.remaining, before)
        for stream, watcher in zip(listed, after, strict=True):
            if watcher is None:
                self._end(stream, "signed-out")
            else:
                stream.watcher = watcher

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            try:
                groups = list(self.groups.values())
                await self._check([stream for each in groups for stream in each.streams])
            except Error as fault:
                log.warning("Live pages wait for the database: %s", fault)

    def _end(self, stream: Stream, why: str) -> None:
        stream.end(why)
        self.leave(stream)

    def _wake_at(self, group: Group, instant: datetime | None) -> None:
        ahead = (instant - clock.now()).total_seconds() if instant else LATEST
        self._wake_in(group, min(max(ahead, 0.0), LATEST))

    def _wake_in(self, group: Group, seconds: float) -> None:
        if group.timer is not None:
            group.timer.cancel()
        if group.streams:
            loop = asyncio.get_running_loop()
            group.timer = loop.call_later(seconds, self._by_the_clock, group)

    def _by_the_clock(self, group: Group) -> None:
        group.forget()
        self.wake(group)

    async def _in_thread(self, work: Callable[..., AnswerT], *given: Any) -> AnswerT:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(work, *given))


def is_over(picture: Picture) -> bool:
    """Whether the clock has made another of it."""
    return picture.changes_at is not None and picture.changes_at <= clock.now()
