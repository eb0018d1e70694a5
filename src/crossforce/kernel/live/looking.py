"""One look at a page for one group, in an acting context of its own: what a thread does."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.db import connection

from crossforce.kernel import guarded, guarded_rows, guarded_watch
from crossforce.kernel.live.pages import LivePage, Watcher, Watchers, standing
from crossforce.kernel.live.telling import Change
from crossforce.kernel.web import language

Rows = Mapping[str, frozenset[UUID]]


@dataclass(frozen=True, slots=True)
class Picture:
    """What a group sees: its mark, the event that shows it, and the rows that stand on it, by kind."""

    mark: str
    sent: bytes
    rows: Rows = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be looked at: a page with its filter, in a language."""

    page: LivePage
    wanted: Any
    language: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look brought: the picture, or None when nobody may look; and when to look again."""

    picture: Picture | None
    wakes_at: datetime | None = None


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


def look(
    wish: Wish, actor: Any, before: Picture | None, changes: Sequence[Change] = ()
) -> Looked:
    """Look for the actor. Rows that the changes do not name and that stood there before are no new look."""
    connection.close_if_unusable_or_obsolete()
    language.activate(wish.language)
    with guarded.acting(actor):
        stands = standing(wish.page.kinds)
        if not stands.is_acting:
            return Looked(None)
        found = wish.page.look(actor, wish.wanted)
        rows = guarded_watch.consulted()
        wakes_at = min(filter(None, (stands.changes_at, found.changes_at)), default=None)
        if before is not None and found.mark == before.mark:
            guarded_watch.not_shown()
            return Looked(before, wakes_at)
        if before is not None:
            guarded_watch.not_shown(_known(before.rows, changes))
        sent = event("picture", {"html": found.draw()}, found.mark)
        return Looked(Picture(found.mark, sent, rows), wakes_at)


def event(name: str, said: Mapping[str, str], mark: str = "") -> bytes:
    """One event, made once for all who get it; JSON keeps its data on one line."""
    head = f"id: {mark}\n" if mark else ""
    return f"{head}event: {name}\ndata: {json.dumps(said)}\n\n".encode()


def _known(rows: Rows, changes: Sequence[Change]) -> Rows:
    """The rows that the reader has before them as they are."""
    if any(each.is_wide for each in changes):
        wide = {each.kind for each in changes if each.is_wide}
        rows = {kind: each for kind, each in rows.items() if kind not in wide}
    moved = frozenset[UUID]().union(*(each.rows for each in changes))
    return {kind: each - moved for kind, each in rows.items()}


def concerns(actor: Any, kind: str, scopes: frozenset[int]) -> frozenset[int]:
    """Which of the scopes the actor may read in."""
    connection.close_if_unusable_or_obsolete()
    with guarded.acting(actor):
        return scopes & frozenset(guarded_rows.reach(kind).scopes)
