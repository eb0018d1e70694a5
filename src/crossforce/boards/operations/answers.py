"""An answer that somebody gives for an office, to a paper or to own rules: kept where they act, and changed there."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import ANSWER, PURPOSES, Vote
from crossforce.kernel.refusals import Refused
from crossforce.people.api import Actor
from crossforce.records import api as records


class AnsweredByTheOffice(Refused):
    """Whoever holds the office has answered themself: only they change that, and nobody who stands in for them."""


def keep(
    actor: Actor,
    asked: models.Paper | models.Board,
    given: Iterable[models.SeatAnswer],
    is_of_the_office: Callable[[models.SeatAnswer], bool],
    whole: Mapping[str, Any],
    vote: Vote,
    at: datetime,
) -> UUID:
    """Keep the vote beside what is asked, with the `whole` of a first answer; of those `given` one's own place's is changed.

    Raises AnsweredByTheOffice, MayNotAdd.
    """
    said = {"vote": vote.value, "said_by": actor.reference, "said_at": at}
    place = replace(records.place_of(asked.scope_id), holder=actor.organisation)
    key: UUID
    for row in given:
        if records.place_of(row.scope_id) == place:
            if is_of_the_office(row):
                raise AnsweredByTheOffice
            key = row.pk
            records.edit(
                actor=actor, kind=ANSWER, record=key, version=row.version, given=said, at=at
            )
            return key
    new = {**said, **whole, "agreement": asked.agreement, "purposes": list(PURPOSES)}
    key = records.create(actor=actor, new=records.NewRecord(ANSWER, place, new), at=at).pk
    return key
