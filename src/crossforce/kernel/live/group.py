"""Who looks: streams, and the groups of those that see the same."""

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Final

from crossforce.kernel.live.looking import Picture, Wish
from crossforce.kernel.live.pages import Standing, Watcher
from crossforce.kernel.live.telling import Change

LONG_AGO: Final = float("-inf")
MOST_REMEMBERED: Final = 10_000


@dataclass(eq=False, slots=True)
class Group:
    """All who look at one thing in one posting for one purpose.

    `changes` are those that concern it; `doubts` those of which only access can say so. `reaches` is
    what it said of single scopes, until what may be seen can have changed.
    """

    key: Hashable
    wish: Wish
    actor: Any
    streams: set["Stream"] = field(default_factory=set)
    picture: Picture | None = None
    changes: list[Change] = field(default_factory=list)
    doubts: list[Change] = field(default_factory=list)
    reaches: dict[tuple[str, int], bool] = field(default_factory=dict)
    sight: str = ""
    stands: Standing | None = None
    checked: float = LONG_AGO
    is_due: bool = False
    is_being_looked_at: bool = False
    began: float = LONG_AGO
    timer: asyncio.TimerHandle | None = None

    def has(self, change: Change) -> bool:
        """Whether a row that changed stands on the picture."""
        return self.picture is not None and self.picture.has(change)

    def forget(self) -> None:
        """What may be seen can have changed: ask access anew."""
        self.reaches.clear()
        self.sight, self.stands = "", None

    def take(self, change: Change) -> bool:
        """Note a change; False when it is known not to concern the group."""
        known = [self.reaches.get((change.kind, scope)) for scope in change.scopes]
        if change.is_wide or self.picture is None or self.has(change) or any(known):
            self.changes.append(change)
        elif None in known or not known:
            self.doubts.append(change)
        else:
            return False
        return True

    def remember(self, kind: str, asked: frozenset[int], within: frozenset[int]) -> None:
        """What access said of scopes of a kind."""
        if len(self.reaches) > MOST_REMEMBERED:
            self.reaches.clear()
        self.reaches.update({(kind, scope): scope in within for scope in asked})


@dataclass(eq=False, slots=True)
class Stream:
    """One open page: who looks, and what they are to see next. It holds the newest picture only."""

    watcher: Watcher
    group: Group
    picture: Picture | None = None
    ended: str = ""
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def show(self, picture: Picture) -> None:
        """Have the picture sent, unless it was."""
        if self.picture is None or self.picture.mark != picture.mark:
            self.picture = picture
            self.news.set()

    def end(self, why: str) -> None:
        """Have it closed, with the reason."""
        self.ended = self.ended or why
        self.news.set()
