"""The feed, for what is kept outside the tables. What it reads is shown to nobody, and is asked for under seal."""

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.db import transaction

from crossforce.acting import api as acting
from crossforce.kernel import statements

FED: Final = "SELECT positions, kind, record, number, scope, said FROM nominals_fed(%s, %s)"
FED_IN: Final = "SELECT nominals_fed_in(%s, %s)"
WHOLE: Final = "SELECT record, number, scope, said FROM nominals_whole(%s, %s)"
LIKENED: Final = "SELECT nominals_likened(%s, %s)"
LEADS: Final = "SELECT nominals_leads(%s, %s)"
FOLLOWING: Final = "SELECT identity, waiting, since, records FROM nominals_following(%s, %s)"
NOTHING: Final = UUID(int=0)
AT_ONCE: Final = 2_000
BARE_AT_ONCE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Fed:
    """A record that changed, as it is now. `said` is None when it is gone; `number` is the small one of its scope."""

    positions: Sequence[int]
    kind: str
    record: UUID
    number: int | None
    scope: int | None
    said: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Told:
    """A record as it is now, for a follower that begins anew."""

    record: UUID
    number: int
    scope: int
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Following:
    """How far a follower is behind: how many changes wait, and since when. `records` is about how many there are."""

    identity: UUID
    waiting: int
    since: datetime | None
    records: int

    def behind(self, at: datetime) -> int:
        """How many seconds the oldest change waits."""
        return round((at - self.since).total_seconds()) if self.since else 0


@transaction.atomic
def fed(follower: str, most: int = AT_ONCE) -> list[Fed]:
    """What the follower has not taken in, the oldest first; each record once."""
    content = {"follower": follower, "most": most}
    rows = statements.answers(FED, *acting.sealed("feed", content))
    return [
        Fed(positions, kind, record, number, scope, _read(said))
        for positions, kind, record, number, scope, said in rows
    ]


@transaction.atomic
def fed_in(follower: str, taken: Sequence[Fed]) -> None:
    """The follower has these, for good: they are never told again."""
    _taken(follower, [position for each in taken for position in each.positions])


def positions(follower: str) -> "array[int]":
    """Where in the feed all stands that the follower has not taken in, and nothing of what it is."""
    found = array("q")
    while some := _bare(follower, found[-1] if found else 0):
        found.extend(some)
    return found


def passed(follower: str, taken: "array[int]") -> None:
    """The follower has what stands at these positions from elsewhere: it is never told it again."""
    for at in range(0, len(taken), BARE_AT_ONCE):
        with transaction.atomic():
            _taken(follower, taken[at : at + BARE_AT_ONCE].tolist())


@transaction.atomic
def likened(told: dict[str, Any]) -> None:
    """Two records each that may be of one person, as the engine weighed them, in place of what stood of some records."""
    statements.answers(LIKENED, *acting.sealed("likened", told))


def whole(kind: str, most: int = AT_ONCE) -> Iterator[list[Told]]:
    """Every record of a kind, some at a time."""
    after = NOTHING
    while some := _after(kind, after, most):
        yield some
        after = some[-1].record


@transaction.atomic
def following(follower: str) -> Following:
    """How far the follower is behind."""
    (row,) = statements.answers(FOLLOWING, *acting.sealed("following", {"follower": follower}))
    return Following(*row)


@transaction.atomic
def leads(
    follower: str, identity: str | None, how: Literal["stay", "anew", "look", "depose"]
) -> bool:
    """Whether this machine, which has that identity of the follower, leads: it says so, or asks whether nobody else does.

    `anew`: from now on it has that identity, and leads. `depose`: nobody leads, whatever they say.
    """
    content = {"follower": follower, "identity": identity, "how": how}
    return bool(statements.answer(LEADS, *acting.sealed("leads", content)))


@transaction.atomic
def _bare(follower: str, after: int) -> list[int]:
    content = {"follower": follower, "most": BARE_AT_ONCE, "after": after, "bare": True}
    rows = statements.answers(FED, *acting.sealed("feed", content))
    return sorted(position for row in rows for position in row[0])


def _taken(follower: str, at: Sequence[int]) -> None:
    content = {"follower": follower, "positions": at}
    statements.answers(FED_IN, *acting.sealed("fed", content))


@transaction.atomic
def _after(kind: str, after: UUID, most: int) -> list[Told]:
    content = {"kind": kind, "after": str(after), "most": most}
    rows = statements.answers(WHOLE, *acting.sealed("whole", content))
    return [
        Told(record, number, scope, json.loads(said)) for record, number, scope, said in rows
    ]


def _read(said: str | None) -> dict[str, Any] | None:
    return None if said is None else dict(json.loads(said))
