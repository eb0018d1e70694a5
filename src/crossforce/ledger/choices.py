"""Small frozen values of the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from crossforce.transparency.choices import Citation as Citation  # part of this room


class Acts(Protocol):
    """Whoever acts, as far as the ledger needs to know; `people.api.Actor` is one."""

    @property
    def account(self) -> UUID | None:
        """The account signed in."""

    @property
    def staff(self) -> UUID | None:
        """The person, as the organisation knows them."""

    @property
    def posting(self) -> UUID | None:
        """The posting acted in."""

    @property
    def organisation(self) -> str:
        """The organisation acted for."""

    @property
    def office(self) -> str:
        """The office or role held."""

    @property
    def purpose(self) -> str:
        """What for."""

    @property
    def name(self) -> str:
        """The person's name, or that of the system work."""

    def may(self, power: str, organisation: str | None = None) -> bool:
        """Whether the actor holds the standing power for the organisation."""


@dataclass(frozen=True, slots=True)
class About:
    """What an entry touches beside its subject.

    `concerns` lists the other organisations whose auditors may read it; the actor's own is added.
    """

    concerns: Sequence[str] = ()
    agreements: Sequence[Citation] = ()
    scopes: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Who:
    """Who acted, as far as a reader may know it; what is empty is withheld, or was erased."""

    office: str = ""
    purpose: str = ""
    name: str = ""
    staff: str = ""


class Part(StrEnum):
    """The private parts of an entry, each with a salt of its own."""

    ACTOR = "actor"
    PRIVATE = "private"


def in_words(operation: str) -> str:
    """An operation for people: `people.staff-added` is “Staff added”, `agreement.signed` “Agreement signed”."""
    *_, noun, act = operation.split(".")
    words = act if "-" in act else f"{noun} {act}"
    return words.replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Act:
    """One act to record: what `append` takes, for many at once."""

    operation: str
    subject: str
    detail: Mapping[str, Any]
    about: About = About()
    private: Mapping[str, Any] | None = None
