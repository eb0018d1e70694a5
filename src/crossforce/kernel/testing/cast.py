"""The cast: four people, so that every story of access is one line.

Asha works here, Bryn at a partner with an agreement, Cole at a force without one, Dee audits
here. The fixture `cast` (people/tests/cast.py) gives each an account, a posting and a browser.
"""

from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.test import Client

HERE: Final = "wiltshire"
PARTNER: Final = "gloucestershire"
ELSEWHERE: Final = "cumbria"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the cast: for whom they work."""

    name: str
    organisation: str


ASHA: Final = Member("Asha Rees", HERE)
BRYN: Final = Member("Bryn Parry", PARTNER)
COLE: Final = Member("Cole Marsh", ELSEWHERE)
DEE: Final = Member("Dee Osman", HERE)


@dataclass(frozen=True, slots=True)
class Player:
    """A member of the cast in an office: who acts, the account, and a browser signed in as it."""

    actor: Any
    account: Any
    client: Client


class Cast(Protocol):
    """The members of the cast, each in an office that the test chooses."""

    def asha(self, office: str) -> Player:
        """This force."""

    def bryn(self, office: str) -> Player:
        """The partner force."""

    def cole(self, office: str) -> Player:
        """A force without an agreement."""

    def dee(self) -> Player:
        """The auditor of this force."""
