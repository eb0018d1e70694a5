"""What may be asked of a board: whom to show, which part of a long one, and of which instant."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from crossforce.agreements import catalogues
from crossforce.duty.rules.board import Availability
from crossforce.kernel import civil, clock
from crossforce.kernel.refusals import NotUnderstood
from crossforce.organisations import api as organisations
from crossforce.people import api as people

LATELY: Final = timedelta(minutes=1)


class NoSuchFilter(NotUnderstood):
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


def require_known(wanted: Filter, at: datetime) -> None:
    """Raises NoSuchFilter for a code that nothing bears: a slip is not an empty board."""
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
            raise NoSuchFilter(f"There is no {name} “{code}”.")


def as_of(at: datetime) -> datetime | None:
    """The instant, if one looks back at it; the board of this minute is that of now."""
    return at if at < clock.now() - LATELY else None
