"""The reader's own desk: drafts, what waits for the reader's organisation, what stands, what is over."""

from dataclasses import dataclass, field
from datetime import datetime

from crossforce.agreements import models, rules
from crossforce.agreements.choices import STATE_TITLES, Origin, PartyState, State
from crossforce.agreements.queries import agreements
from crossforce.agreements.queries.facts import facts_of_many
from crossforce.people import api as people

_STANDING = rules.GOING_ON
ORIGIN_TITLES = {
    Origin.DRAFTED: "",
    Origin.RECORDED: "From a public source",
    Origin.DEMONSTRATION: "Demonstration",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One agreement on the desk. `waits` says what is asked of the reader's own organisation."""

    reference: str
    title: str
    state: State
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
    drafts = _drafts(actor)
    for row in found:
        _place(desk, row, facts[row.pk], actor, row.pk in drafts, at)
    return desk


def _drafts(actor: people.Actor) -> set[object]:
    return set(agreements.drafts(actor).values_list("agreement_id", flat=True))


def _place(
    desk: Desk,
    row: models.Agreement,
    facts: rules.Facts,
    actor: people.Actor,
    has_draft: bool,
    at: datetime,
) -> None:
    line = _line(row, facts, waits_for(facts, actor, at), at)
    if has_draft:
        desk.drafts.append(line)
    if line.waits or line.state is State.PROPOSED:
        desk.awaiting.append(line)
    elif line.state in _STANDING:
        desk.standing.append(line)
    elif facts.versions:
        desk.over.append(line)


def _line(row: models.Agreement, facts: rules.Facts, waits: str, at: datetime) -> Line:
    state = rules.state(facts, at)
    version = rules.version_begun(facts, at) or (facts.versions[-1] if facts.versions else None)
    origin = ORIGIN_TITLES[version.origin] if version else ""
    return Line(row.reference, row.title_en, state, STATE_TITLES[state], origin, waits)


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
