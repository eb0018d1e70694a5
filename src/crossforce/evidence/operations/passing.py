"""What came as a copy is handed on to nobody, unless a clause of the agreement by which it came says so. Nothing chains.

It is judged before each disclosure of an exhibit and of what is of it (RecordKind.leaves_by), and at each opening of a link.
Whom it is about is no third party: who holds a copy answers them as the Act says, whatever was agreed between forces.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.evidence.choices import COPY, RECEIVED, Lasts
from crossforce.evidence.models import Exhibit
from crossforce.evidence.queries import copies
from crossforce.evidence.rules import copying
from crossforce.evidence.rules.copying import Tie
from crossforce.kernel import civil
from crossforce.kernel.refusals import Refused
from crossforce.people.api import Actor
from crossforce.records import api as records


class MayNotPassOn(Refused):
    """It is a copy that another force gave, and may not be given on; the message says why."""


class OriginUnseen(Refused):
    """Its exhibit is not open to you, so nobody can say here whether it may leave. Ask its holder."""


_is_owed: ContextVar[bool] = ContextVar(
    "what is given is owed to whom it is about", default=False
)


@contextmanager
def owed_by_law() -> Iterator[None]:
    """What leaves meanwhile goes to whom it is about: Data Protection Act 2018 s45(4) alone says what is withheld from them, and no agreement."""
    before = _is_owed.set(True)
    try:
        yield
    finally:
        _is_owed.reset(before)


def judge(*, rows: Iterable[Any], actor: Actor, at: datetime) -> None:
    """Let records of exhibits leave, while the actor acts. Raises MayNotPassOn, OriginUnseen."""
    if _is_owed.get():
        return
    exhibits = {row.pk if isinstance(row, Exhibit) else row.exhibit for row in rows}
    if Exhibit.objects.filter(pk__in=exhibits).count() != len(exhibits):
        raise OriginUnseen
    for why in refusals(actor, exhibits, at).values():
        raise MayNotPassOn(f"It is a copy that another force gave. {why}")


def refusals(actor: Actor, exhibits: Iterable[UUID], at: datetime) -> dict[UUID, str]:
    """Of these exhibits those that came as copies and may not be given on, each with why."""
    bound = {key: said for key, *said in records.told(RECEIVED, "bound", exhibits)}
    asked = {key for key, _, _ in records.told(COPY, "asked-back", bound)}
    shut = copies.closed(case for *_, case in bound.values())
    found = dict[UUID, str]()
    for key, (giver, agreement, lasts, until_on, case) in bound.items():
        is_bound, is_onward = copies.bound(agreement, giver, actor.organisation)
        over = copying.over(
            Tie(Lasts(lasts), until_on, is_bound, case in shut), civil.day_of(at)
        )
        why = copying.refusal_to_pass_on(over, is_asked=key in asked, is_onward=is_onward)
        if why:
            found[key] = why
    return found
