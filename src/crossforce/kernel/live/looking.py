"""One look at a page for one group, in an acting context of its own: what a thread does."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.db import connection

from crossforce.kernel import guarded, guarded_rows, guarded_watch
from crossforce.kernel.guarded_watch import Look
from crossforce.kernel.live import pages
from crossforce.kernel.live.pages import Found, LivePage, Standing, Watcher, Watchers
from crossforce.kernel.live.telling import Change
from crossforce.kernel.web import language

Looks = Mapping[str, Look]


@dataclass(frozen=True, slots=True)
class Picture:
    """What a group sees: its mark, the event that shows it, and what was read for it, by kind.

    `sight` is what those who may see exactly this may read; nothing when it is for one group alone.
    """

    mark: str
    sent: bytes
    looks: Looks = field(default_factory=dict)
    changes_at: datetime | None = None
    sight: str = ""

    def has(self, change: Change) -> bool:
        """Whether a row that changed stands on it."""
        look = self.looks.get(change.kind)
        return look is not None and not change.rows.isdisjoint(look.rows)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be looked at: a page with its filter, in a language."""

    page: LivePage
    wanted: Any
    language: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look brought: the picture, or None when nobody may look; and how long they may."""

    picture: Picture | None
    stands: Standing

    @property
    def wakes_at(self) -> datetime | None:
        """When to look again though nothing was told."""
        page = self.picture.changes_at if self.picture else None
        return min(filter(None, (self.stands.changes_at, page)), default=None)


@cache
def watchers() -> Watchers:
    """How sign-in tells who looks."""
    return cast(Watchers, import_module(settings.LIVE_WATCHERS))


def arrived(cookie: str) -> Watcher | None:
    """Whose session this is."""
    connection.close_if_unusable_or_obsolete()
    return watchers().arrived(cookie)


def remaining(before: Sequence[Watcher]) -> list[Watcher | None]:
    """Of each whether they are still there, in the same order."""
    connection.close_if_unusable_or_obsolete()
    return list(watchers().remaining(before)) if before else []


def sight(wish: Wish, actor: Any) -> str:
    """What the actor may read of the page's kinds."""
    connection.close_if_unusable_or_obsolete()
    with guarded.acting(actor):
        return pages.sight(wish.page.kinds)


def look(
    wish: Wish, actor: Any, before: Picture | None, changes: Sequence[Change] = ()
) -> Looked:
    """Look for the actor. Rows that the changes do not name and that stood there before are no new look."""
    connection.close_if_unusable_or_obsolete()
    language.activate(wish.language)
    kinds = wish.page.kinds
    with guarded.acting(actor):
        stands = pages.standing(kinds)
        if not stands.is_acting:
            return Looked(None, stands)
        first = pages.sight(kinds)
        found = wish.page.look(actor, wish.wanted)
        looks = guarded_watch.looks()
        if before is not None and found.mark == before.mark:
            guarded_watch.not_shown()
            seen = _print(found, first, kinds)
            return Looked(replace(before, changes_at=found.changes_at, sight=seen), stands)
        if before is not None:
            guarded_watch.not_shown(_known(before.looks, changes))
        sent = event("picture", {"html": found.draw()}, found.mark)
        seen = _print(found, first, kinds)
        return Looked(Picture(found.mark, sent, looks, found.changes_at, seen), stands)


def _print(found: Found, first: str, kinds: frozenset[str]) -> str:
    """The sight under which it was drawn from beginning to end; nothing if it is for one group alone."""
    return first if not found.is_own and pages.sight(kinds) == first else ""


def share(
    wish: Wish,
    actor: Any,
    drawn: Picture,
    before: Picture | None,
    changes: Sequence[Change] = (),
    stands: Standing | None = None,
) -> Looked | None:
    """Take what was drawn this moment, if the actor may read exactly what was read for it; else None.

    The database says so, in the actor's own context, and the ledger hears what the actor is shown.
    """
    connection.close_if_unusable_or_obsolete()
    with guarded.acting(actor):
        if not drawn.sight or pages.sight(wish.page.kinds) != drawn.sight:
            return None
        stands = stands or pages.standing(wish.page.kinds)
        if before is None or before.mark != drawn.mark:
            guarded_watch.shown(drawn.looks)
            guarded_watch.not_shown(_known(before.looks if before else {}, changes))
        return Looked(drawn, stands)


def _known(looks: Looks, changes: Sequence[Change]) -> dict[str, frozenset[UUID]]:
    """The rows that the reader has before them as they are."""
    wide = {each.kind for each in changes if each.is_wide}
    moved = frozenset[UUID]().union(*(each.rows for each in changes))
    return {
        kind: frozenset(look.rows) - moved for kind, look in looks.items() if kind not in wide
    }


def event(name: str, said: Mapping[str, str], mark: str = "") -> bytes:
    """One event, made once for all who get it; JSON keeps its data on one line."""
    head = f"id: {mark}\n" if mark else ""
    return f"{head}event: {name}\ndata: {json.dumps(said, ensure_ascii=False)}\n\n".encode()


def concerns(actor: Any, kind: str, scopes: frozenset[int]) -> frozenset[int]:
    """Which of the scopes the actor may read in."""
    connection.close_if_unusable_or_obsolete()
    with guarded.acting(actor):
        return scopes & frozenset(guarded_rows.reach(kind).scopes)
