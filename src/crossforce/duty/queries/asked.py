"""What may be asked of a board: whom to show, which part of a long one, and of which instant."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from crossforce.agreements import api as agreements
from crossforce.agreements import catalogues
from crossforce.duty import models
from crossforce.duty.choices import ENTRY
from crossforce.duty.rules.board import Availability
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, guarded
from crossforce.kernel.refusals import NotKnown
from crossforce.organisations import api as organisations
from crossforce.people import api as people
from crossforce.register import api as register

LATELY: Final = timedelta(minutes=1)


class NoSuchFilter(NotKnown):
    """This filter is not known."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Whom to show; every condition given must hold."""

    force: str = ""
    unit: str = ""
    function: str = ""
    skill: str = ""
    authority: str = ""
    availability: str = ""

    @property
    def is_any(self) -> bool:
        """Whether anything is asked for."""
        return self != Filter()


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a long board: so many, after so many. None is all."""

    offset: int = 0
    limit: int | None = None

    def of(self, rows: Sequence[Any]) -> Sequence[Any]:
        """That part of the rows."""
        return rows[self.offset : None if self.limit is None else self.offset + self.limit]


ALL: Final = Part()


def require_known(actor: people.Actor, wanted: Filter, at: datetime) -> None:
    """Raises NoSuchFilter for a code that nothing bears: a slip is not an empty board.

    A unit of which the actor may not know is answered like one that does not exist.
    """
    on = civil.day_of(at)
    known: dict[str, Callable[[], Container[str]]] = {
        "force": lambda: {each.code for each in organisations.directory().organisations},
        "function": catalogues.functions,
        "skill": lambda: people.skills(on),
        "authority": lambda: people.authorities(on),
        "availability": lambda: set(Availability),
    }
    for name, codes in known.items():
        code = getattr(wanted, name)
        if code and code not in codes():
            raise NoSuchFilter(f"There is no {name} “{code}”.", ("query", name))
    if wanted.unit and not _knows_unit(actor, wanted.unit, at):
        raise NoSuchFilter(f"There is no unit “{wanted.unit}”.", ("query", "unit"))


def _knows_unit(actor: people.Actor, code: str, at: datetime) -> bool:
    """A force's own unit, one of an agreement that the actor may know of, one of the public register, or one in
    whose duties they look.

    One in a compartment is known to those who act in it.
    """
    rows = organisations.Unit.objects.filter(code=code)
    if rows.filter(organisation__isnull=False).exists():
        return True
    known = agreements.visible(actor).values("reference")
    others = agreements.Agreement.objects.exclude(reference__in=known).values("reference")
    if rows.joint().exclude(agreement_reference__in=others).exists():
        owners = set(rows.values_list("agreement_reference", flat=True)) - {""}
        made = (each.terms.unit(code) for each in agreements.in_force(at, owners))
        if actor.unit == code or not any(unit and unit.compartment for unit in made):
            return True
    if register.unit_of(code, at):
        return True
    with guarded.acting(actor, as_of(at)):
        return bool(models.Entry.objects.filter(unit=code).exists())


def may_look(actor: people.Actor, at: datetime) -> bool:
    """Whether some clause lets the actor read duties, though nobody may have noted any yet."""
    return bool(insight.explain(actor, ENTRY, "read", at).because)


def as_of(at: datetime) -> datetime | None:
    """The instant, if one looks back at it; the board of this minute is that of now."""
    return at if at < clock.now() - LATELY else None


def sight_at(at: datetime) -> datetime | None:
    """The instant at which sight is asked for beside now, before or to come: who has left by then is not planned with."""
    return at if abs(at - clock.now()) > LATELY else None
