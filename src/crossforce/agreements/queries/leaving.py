"""What leaving would mean, before notice is given; and the handover list afterwards."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from crossforce.agreements import models, rules
from crossforce.agreements.choices import NoticeKind
from crossforce.agreements.queries import agreements, exits, facts, parts, showing
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, Missing
from crossforce.people import api as people


class NotBound(Conflict):
    """That organisation is not bound by a version in force, so it has nothing to leave."""


@guarded.acts
def outlook(
    actor: people.Actor, reference: str, organisation: str, at: datetime
) -> tuple[str, exits.Leave]:
    """The side that would leave and what follows, if its notice were complete at the instant.

    Raises Missing, NotBound, NoWayOut.
    """
    agreement = agreements.of(actor, reference)
    begun, side = _bound(facts.facts_of(agreement), organisation, at)
    version = agreements.version(agreement, begun.number)
    return side, exits.leave(version, side, civil.day_of(at))


def needed(
    actor: people.Actor, reference: str, organisation: str, at: datetime
) -> tuple[str, ...]:
    """The parties of the organisation's side, each of which must give notice. Raises Missing, NotBound."""
    known = facts.facts_of(agreements.of(actor, reference))
    begun, side = _bound(known, organisation, at)
    return rules.who_must_consent(known, begun, NoticeKind.LEAVE, side, at)


def _bound(
    known: rules.Facts, organisation: str, at: datetime
) -> tuple[rules.VersionFacts, str]:
    begun = rules.version_begun(known, at)
    party = begun.party(organisation, at) if begun else None
    if begun is None or party is None:
        raise NotBound
    return begun, party.side


def items(agreement: models.Agreement, notice: UUID) -> list[models.HandoverItem]:
    """The handover list of a notice, by kind and who answers for it. Raises Missing."""
    held = agreement.notices.filter(pk=notice).first()
    if held is None:
        raise Missing("There is no such notice.")
    return list(held.handover.order_by("kind", "organisation", "id"))


def item(agreement: models.Agreement, identifier: UUID) -> models.HandoverItem:
    """One item of a handover list of the agreement. Raises Missing."""
    found = models.HandoverItem.objects.filter(
        pk=identifier, notice__agreement=agreement
    ).first()
    if found is None:
        raise Missing("There is no such item on the handover list.")
    return found


def notice_shown(shown: showing.AgreementShown, notice: UUID) -> parts.NoticeShown:
    """The notice of that id on the agreement. Raises Missing."""
    found = next((each for each in shown.notices if each.row.pk == notice), None)
    if found is None:
        raise Missing("There is no such notice.")
    return found


@guarded.acts
def would_follow(
    actor: people.Actor, notice: models.Notice, at: datetime
) -> exits.Leave | None:
    """What would follow if the last party the notice needs joined it now; None once it is complete.

    An ending has its day from the start, unless that day is past.
    """
    if notice.completed_at is not None:
        return None
    today = civil.day_of(at)
    if notice.kind == NoticeKind.END:
        return exits.ending(notice.under, max(notice.wanted_on or today, today))
    return exits.leave(notice.under, notice.side, today)


def part(share: str) -> str:
    """An exact share for reading: `1/3`, or `28.95%` where the fraction is not a simple one."""
    exact = Fraction(share)
    return share if exact.denominator <= 12 else f"{float(exact * 100):.2f}%"


def last_day(notice: models.Notice) -> date | None:
    """The last day inside, once the notice is complete."""
    return notice.effective_on - timedelta(days=1) if notice.effective_on else None


def waiting_notice(agreement: models.Agreement, side: str) -> UUID | None:
    """The notice of that side, or the proposed ending for no side, that is not complete yet."""
    found = agreement.notices.filter(side=side, completed_at__isnull=True).order_by("-given_at")
    return found.values_list("pk", flat=True).first()
