"""That something new answers saved searches: for their owners that there is, under seal what is asked of whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from crossforce.acting import api as acting
from crossforce.kernel import guarded, statements
from crossforce.nominals.choices import SEARCHED
from crossforce.nominals.queries import searching
from crossforce.nominals.queries.searching import Reach
from crossforce.people.api import Actor

ASKED: Final = "SELECT alert, question, known, posting, purpose FROM nominals_asked(%s, %s)"
REACH_OF: Final = "SELECT * FROM nominals_reach_of(%s, %s)"


@dataclass(frozen=True, slots=True)
class Standing:
    """A saved search as it stands: what it asks, what its owner knows already, and who that is."""

    alert: UUID
    question: str
    known: frozenset[str]
    posting: UUID
    purpose: str


@guarded.acts
def of(actor: Actor) -> frozenset[UUID]:
    """The saved searches of whoever acts in which something was new."""
    found: Sequence[UUID] = statements.answer("SELECT nominals_news_of()")
    return frozenset(found)


@transaction.atomic
def standing() -> list[Standing]:
    """Every saved search that is on. Under seal: it is shown to nobody."""
    rows = statements.answers(ASKED, *acting.sealed("asked", {}))
    return [Standing(alert, said, frozenset(known), *who) for alert, said, known, *who in rows]


@transaction.atomic
def reach_of(posting: UUID, purpose: str) -> Reach:
    """How far the owner of a search reaches at this instant."""
    content = {"posting": str(posting), "purpose": purpose, "kinds": list(SEARCHED)}
    return searching.reach_from(
        statements.answers(REACH_OF, *acting.sealed("reach-of", content))
    )
