"""Opening one's own records one by one, and judging how the glass was broken."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from crossforce.access import api as access
from crossforce.kernel import guarded, vouched
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Conflict, Missing, NotUnderstood
from crossforce.ledger import api as ledger
from crossforce.oversight.models import GlassReview
from crossforce.people import api as people
from crossforce.sharing import api as sharing

REVIEWED: Final = "access.glass-reviewed"


class AlreadyReviewed(Conflict):
    """The holder has judged this already; the judgement stays."""


class NobodyThere(NotUnderstood):
    """Nobody holds a posting of that identifier now. It stands on the page “Access” of whoever holds it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One record for one posting: which actions, why, until when."""

    kind: str
    record: UUID
    posting: UUID
    actions: tuple[str, ...]
    reason: str
    until: datetime


@guarded.acts
def open_record(*, actor: people.Actor, opening: Opening, at: datetime) -> UUID:
    """Open a record that the actor's organisation holds to one posting of anybody's, for a time.

    Raises Missing, Refused for a record of another holder or for oneself, NobodyThere, sharing.CannotShare.
    """
    holder = access.described(opening.kind, opening.record).holder
    sharing.require_deciding(actor, holder)
    if not people.held(at).filter(pk=opening.posting).exists():
        raise NobodyThere
    if sharing.is_oneself(opening.posting):
        raise sharing.ForOneself
    days = sharing.limit("opening-days", at)
    if opening.until > at + timedelta(days=days):
        raise sharing.CannotShare(f"Say a time that ends within {days} days from now.")
    if not opening.reason.strip() or opening.until <= at:
        raise sharing.CannotShare("Say why, and until a time that is still to come.")
    share = sharing.NewShare(
        kind=opening.kind,
        record=opening.record,
        posting=opening.posting,
        actions=opening.actions,
        holds=Period(at, opening.until),
        reason=opening.reason.strip(),
    )
    return sharing.give_share(
        actor=actor, share=share, origin=access.Origin.SHARE, holder=holder, at=at
    )


@guarded.acts
def review_glass(
    *, actor: people.Actor, share: UUID, is_justified: bool, words: str, at: datetime
) -> GlassReview:
    """Somebody of the holder, but who broke it, says whether breaking the glass was justified.

    Raises Missing, Refused, AlreadyReviewed.
    """
    row = sharing.share(actor, share)
    if row.origin != access.Origin.BREAK_GLASS:
        raise Missing
    sharing.require_deciding(actor, row.holder)
    if sharing.is_oneself(row.posting):
        raise sharing.ForOneself
    if not words.strip():
        raise NotUnderstood("Say what you found: it stays with the opening for good.")
    if GlassReview.objects.filter(pk=share).exists():
        raise AlreadyReviewed
    review = GlassReview(
        share=share,
        holder=row.holder,
        is_justified=is_justified,
        words=words.strip(),
        reviewed_at=at,
        reviewed_by=str(actor.staff or actor.office),
    )
    try:
        with transaction.atomic():
            vouched.vouch_for_text(GlassReview._meta.db_table, str(share))
            review.save(force_insert=True)
    except IntegrityError as fault:
        raise AlreadyReviewed from fault
    ledger.append(
        actor=actor,
        operation=REVIEWED,
        subject=f"{row.kind}:{row.record}",
        detail={"share": str(share), "justified": is_justified},
        at=at,
        about=ledger.About(concerns=_concerned(row.holder, row.posting), scopes=[row.scope]),
        private={"words": words.strip()},
    )
    return review


def _concerned(holder: str, posting: UUID) -> list[str]:
    """The holder, and the organisation for which whoever broke the glass acted."""
    row = people.Posting.objects.filter(pk=posting).first()
    return [holder, row.organisation_id] if row else [holder]
