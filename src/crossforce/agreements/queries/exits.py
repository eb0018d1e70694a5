"""What leaving means under the signed terms: the day, the money, the handover, what remains."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from crossforce.agreements import models, resolve, rules
from crossforce.agreements.choices import NoticeKind
from crossforce.agreements.preview.context import Figures
from crossforce.agreements.queries import documents
from crossforce.agreements.terms import CompiledTerms
from crossforce.kernel import civil
from crossforce.kernel.refusals import Conflict
from crossforce.kernel.words import Words
from crossforce.organisations import api as organisations


class NoWayOut(Conflict):
    """No clause says how a party leaves. Vary the agreement, or end it by agreement of all."""


@dataclass(frozen=True, slots=True)
class Leave:
    """A leave, or an ending, worked out: when it takes effect and what follows.

    `effective_on` is the first day outside. `settlement` says in pence, line by line, what the
    leaver owes, or why that cannot be worked out.
    """

    effective_on: date
    effective_at: datetime
    winds_up_at: datetime | None = None
    residual_ends_at: datetime | None = None
    clause: str = ""
    why: str = ""
    handover: tuple[str, ...] = ()
    residual_duties: tuple[Words, ...] = ()
    settlement: dict[str, Any] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        """The last day inside."""
        return self.effective_on - timedelta(days=1)


def leave(version: models.Version, side: str, notice_on: date) -> Leave:
    """What follows when the side's notice is complete on the day; its sum by the figures that whoever acts
    may read. Raises NoWayOut."""
    terms = documents.terms_of(version)
    try:
        answer = resolve.leave_date(terms, notice_on)
    except resolve.NoExit as none:
        raise NoWayOut from none
    return Leave(
        effective_on=answer.leaves_on,
        effective_at=answer.leaves_at,
        winds_up_at=_later(answer.winding_up_until, answer.leaves_on),
        residual_ends_at=_later(answer.residual_until, answer.leaves_on),
        clause=answer.why.clause or "",
        why=answer.why.words,
        handover=answer.handover,
        residual_duties=answer.residual_duties,
        settlement=settlement(terms, side, answer.last_day, notice_on),
    )


def ending(version: models.Version, ends_on: date) -> Leave:
    """What follows when all agree that it ends on the day: winding up as the EXIT term has it."""
    terms = documents.terms_of(version)
    try:
        usual = resolve.leave_date(terms, ends_on)
    except resolve.NoExit:
        return Leave(ends_on, civil.instant(ends_on), why="all parties agree")
    moved = ends_on - usual.leaves_on
    return Leave(
        effective_on=ends_on,
        effective_at=civil.instant(ends_on),
        winds_up_at=_later(usual.winding_up_until + moved, ends_on),
        residual_ends_at=_later(usual.residual_until + moved, ends_on),
        clause=usual.why.clause or "",
        why="all parties agree",
        handover=usual.handover,
        residual_duties=usual.residual_duties,
    )


def settlement(terms: CompiledTerms, side: str, on: date, today: date) -> dict[str, Any]:
    """What leaving on the day costs the side, as plain values: by the same figures as preview and price."""
    units = {unit.code: frozenset(unit.functions) for unit in terms.units}
    figures = Figures(organisations.directory(), units, today, terms.reference)
    try:
        answer = resolve.settlement(terms, side, on, figures)
    except (resolve.CannotShare, resolve.NoExit) as reason:
        return {"cannot": str(reason)}
    lines = [
        {"item": line.item, "total": line.total_pence, "share": str(line.share), "pence": line.pence,
         "assumed": line.assumed}
        for line in answer.lines
    ]  # fmt: skip
    return {"pence": answer.pence, "lines": lines, "clause": answer.why.clause, "on": str(on)}


def leaves(
    facts: rules.Facts, version: rules.VersionFacts, at: datetime
) -> dict[str, datetime]:
    """When each organisation leaves, by every notice complete so far: forces and parties alike."""
    sides = {
        notice.side: notice.effective_at
        for notice in rules.notices_of(facts, version, at)
        if notice.kind is NoticeKind.LEAVE and notice.effective_at is not None
    }
    parties = {
        name: sides[party.side]
        for party in version.parties
        if party.side in sides
        for name in (party.organisation, *(heir for _, heir in party.heirs))
    }
    return sides | parties


def _later(day: date, than: date) -> datetime | None:
    return civil.instant(day) if day > than else None
