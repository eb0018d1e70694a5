"""People decide whether two records are of one person. Nothing is merged by that, and all of it can be taken back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood, StaleVersion
from crossforce.nominals import models
from crossforce.nominals.choices import MARKING, MATCH, PURPOSES, Act, Judged
from crossforce.nominals.models.match import LONGEST_REASON
from crossforce.nominals.queries import matching
from crossforce.nominals.queries.matching import Pair
from crossforce.nominals.rules import matching as rules
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records


class CannotDecide(Conflict):
    """This cannot be decided about the two now; the message says why."""


@guarded.acts
def decide(
    *,
    actor: Actor,
    one: UUID,
    other: UUID,
    act: Act,
    reason: str = "",
    version: int,
    at: datetime,
) -> models.Match:
    """Confirm, refuse, leave for later, or withdraw what was decided. `version` is 0 where nothing was yet.

    What waits for a second person, and is left for later, waits as it did.
    Raises NoSuchPair, CannotDecide, StaleVersion, MayNotAdd, Refused.
    """
    if len(reason) > LONGEST_REASON:
        raise NotUnderstood(f"Say why in {LONGEST_REASON} characters at most.")
    pair = matching.pair(actor, one, other)
    match, before = pair.match, _stands(pair.match)
    if version != (match.version if match else 0):
        raise StaleVersion
    on, by = civil.day_of(at), people.one_human(actor)
    is_two = rules.needs_two(on, is_across=pair.is_across, lean=pair.lean)
    if refused := rules.refusal(act, before, reason=reason, by=by, is_two=is_two):
        raise CannotDecide(refused)
    if match and rules.stays(act, before, reason=reason, was=match.reason):
        return match
    values = _values(actor, pair, rules.following(act, before, is_two=is_two), at)
    values["reason"] = reason.strip()
    if match is None:
        return _create(actor, pair, values, at)
    row: Any = records.edit(
        actor=actor, kind=MATCH, record=match.pk, version=version, given=values, at=at
    )
    decided: models.Match = row
    return decided


def _stands(match: models.Match | None) -> rules.Stands:
    return rules.Stands(Judged(match.state), match.first_by) if match else rules.Stands()


def _values(actor: Actor, pair: Pair, follows: rules.Next, at: datetime) -> dict[str, Any]:
    """What the match says then: state, by whom, and what the engine says today."""
    values: dict[str, Any] = {"state": follows.state.value}
    if pair.likeness:
        values |= {name: getattr(pair.likeness, name) for name in ("weight", "lean", "model")}
    is_decided = follows.state is not Judged.PROPOSED
    values["decided_at"] = at if is_decided else None
    values["decided_by"] = actor.reference if is_decided else ""
    if follows.is_first:
        values |= {"first_at": at, "first_by": actor.reference}
    elif follows.state in (Judged.REFUSED, Judged.WITHDRAWN):
        values |= {"first_at": None, "first_by": ""}
    return values


def _create(actor: Actor, pair: Pair, values: dict[str, Any], at: datetime) -> models.Match:
    ends = {"one": pair.one.id, "other": pair.other.id, "purposes": list(PURPOSES)}
    place = records.Place(actor.organisation, "", "", MARKING)
    new = records.NewRecord(MATCH, place, values | ends)
    row: Any = records.create(actor=actor, new=new, at=at)
    made: models.Match = row
    return made
