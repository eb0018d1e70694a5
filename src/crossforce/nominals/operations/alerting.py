"""Searches are saved, looked at and stopped, by whoever asks them. Nothing of another's answer is told."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.kernel import civil, guarded, statements
from crossforce.kernel.refusals import NotUnderstood
from crossforce.nominals import models
from crossforce.nominals.choices import ALERT, MARKING, PURPOSES
from crossforce.nominals.queries import alerts
from crossforce.nominals.searching.asking import Wanted, in_words, understood
from crossforce.nominals.searching.question import NotADate
from crossforce.people.api import Actor
from crossforce.records import api as records

SEEN: Final = "SELECT nominals_news_seen(%s)"
MOST_KNOWN: Final = 400
"""Records of an answer that are remembered."""


class NothingAsked(NotUnderstood):
    """Write what to look for: a name, a number or an address, with a date that there is."""


class TooManySaved(NotUnderstood):
    """You have as many saved searches as one posting may have. Stop one first."""


@guarded.acts
def save(*, actor: Actor, question: str, name: str = "", at: datetime) -> models.Alert:
    """Go on asking a question: what answers now is known, and what answers later is new.

    Raises NothingAsked, TooManySaved, MayNotAdd.
    """
    wanted = asked(question, at)
    if len(alerts.mine(actor)) >= alerts.MOST:
        raise TooManySaved
    values = {
        "name": name.strip() or ", ".join(in_words(wanted))[:120],
        "question": question.strip(),
        "posting": actor.posting,
        "purpose": actor.purpose,
        "known": [str(hit.key) for hit in alerts.hits(wanted)],
        "is_on": True,
        "purposes": list(PURPOSES),
    }
    place = records.Place(actor.organisation, "", "", MARKING)
    row: Any = records.create(actor=actor, new=records.NewRecord(ALERT, place, values), at=at)
    saved: models.Alert = row
    return saved


@guarded.acts
def looked(*, actor: Actor, alert: UUID, at: datetime) -> Any:
    """Its owner has seen what is new: from now on that is known. Raises Missing."""
    row = alerts.one(actor, alert)
    statements.answer(SEEN, row.pk)
    now = [str(hit.key) for hit in alerts.hits(asked(row.question, at))]
    known = list(dict.fromkeys([*now, *row.known]))[:MOST_KNOWN]
    return _edit(actor, row, {"known": known}, at)


@guarded.acts
def stop(*, actor: Actor, alert: UUID, at: datetime) -> Any:
    """Ask it no longer. Raises Missing."""
    row = alerts.one(actor, alert)
    statements.answer(SEEN, row.pk)
    return _edit(actor, row, {"is_on": False, "known": []}, at)


def asked(question: str, at: datetime) -> Wanted:
    """What a saved question asks today. Raises NothingAsked."""
    try:
        wanted = understood(question, at=civil.day_of(at))
    except NotADate:
        raise NothingAsked from None
    if wanted.is_empty:
        raise NothingAsked
    return wanted


def _edit(actor: Actor, row: models.Alert, given: dict[str, Any], at: datetime) -> Any:
    return records.edit(
        actor=actor, kind=ALERT, record=row.pk, version=row.version, given=given, at=at
    )
