"""The reader's own desk: drafts, what waits for the reader's organisation, what stands, what is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from crossforce.agreements import models, rules
from crossforce.agreements.choices import (
    Claim,
    NoticeKind,
    Origin,
    PartyState,
    State,
    claim,
    standing,
)
from crossforce.agreements.queries import agreements, claims
from crossforce.agreements.queries.facts import facts_of_many
from crossforce.people import api as people

_STANDING = rules.GOING_ON
_JOIN = {
    NoticeKind.LEAVE: "Notice to leave: join it",
    NoticeKind.END: "Notice that it ends: join it",
}
ORIGIN_TITLES: dict[str, str] = {Origin.RECORDED: "From a public source"}


@dataclass(frozen=True, slots=True)
class Line:
    """One agreement on the desk. `waits` says what is asked of the reader's own organisation."""

    reference: str
    title: str
    state: State
    claim: Claim
    state_title: str
    origin: str
    waits: str = ""


@dataclass(slots=True)
class Desk:
    """Four lists, each by title."""

    organisation: str
    may_draft: bool
    may_keep_keys: bool
    drafts: list[Line] = field(default_factory=list)
    awaiting: list[Line] = field(default_factory=list)
    standing: list[Line] = field(default_factory=list)
    over: list[Line] = field(default_factory=list)


def mine(actor: people.Actor, at: datetime) -> Desk:
    """Everything on the actor's desk."""
    desk = Desk(
        organisation=actor.organisation,
        may_draft=actor.may("agreement.draft"),
        may_keep_keys=actor.may("signing-key.administer"),
    )
    found = list(agreements.visible(actor).order_by("title_en", "reference"))
    facts = facts_of_many(found)
    drafts, rehearsed = _drafts(actor), claims.rehearsed(found)
    joinable = _joinable(found, facts, actor, at)
    for row in found:
        waits = waits_for(facts[row.pk], actor, at) or joinable.get(row.pk, "")
        line = _line(row, facts[row.pk], waits, rehearsed, at)
        _place(desk, line, row.pk in drafts, has_versions=bool(facts[row.pk].versions))
    return desk


def _drafts(actor: people.Actor) -> set[object]:
    return set(agreements.drafts(actor).values_list("agreement_id", flat=True))


def _joinable(
    found: Sequence[models.Agreement],
    facts: Mapping[UUID, rules.Facts],
    actor: people.Actor,
    at: datetime,
) -> dict[UUID, str]:
    """The agreements with a notice that is complete only when the actor's own organisation joins it."""
    rows = models.Notice.objects.filter(agreement__in=found, completed_at=None)
    rows = rows.exclude(consents__organisation=actor.organisation)
    told: dict[UUID, str] = {}
    for key, number, kind, side in rows.values_list(
        "agreement_id", "under__number", "kind", "side"
    ):
        current = rules.version_begun(facts[key], at)
        if current is None or current.number != number:
            continue
        needed = rules.who_must_consent(facts[key], current, NoticeKind(kind), side, at)
        if actor.organisation in needed:
            told[key] = _JOIN[NoticeKind(kind)]
    return told


def _place(desk: Desk, line: Line, has_draft: bool, *, has_versions: bool) -> None:
    if has_draft:
        desk.drafts.append(line)
    if line.waits or line.state is State.PROPOSED:
        desk.awaiting.append(line)
    elif line.state in _STANDING:
        desk.standing.append(line)
    elif has_versions:
        desk.over.append(line)


def _line(
    row: models.Agreement,
    facts: rules.Facts,
    waits: str,
    rehearsed: claims.Rehearsed,
    at: datetime,
) -> Line:
    state = rules.state(facts, at)
    origin = claims.origin(row, facts, rehearsed, at)
    return Line(
        reference=row.reference,
        title=row.title_en,
        state=state,
        claim=claim(origin, state),
        state_title=standing(origin, state),
        origin=ORIGIN_TITLES.get(origin, ""),
        waits=waits,
    )


def waits_for(facts: rules.Facts, actor: people.Actor, at: datetime) -> str:
    """What the agreement asks of the actor's own organisation now, in words; empty for nothing."""
    pending = rules.pending(facts, at)
    party = pending.party(actor.organisation, at) if pending else None
    if pending is None or party is None:
        return ""
    stands = rules.party_state(party, at)
    if stands is PartyState.NOTIFIED:
        return f"Version {pending.number}: consider it"
    if stands is PartyState.CONSIDERED:
        return f"Version {pending.number}: sign or refuse it"
    return ""
