"""An original is shown by link to a partner without an account, for a time; and called back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from crossforce.evidence.choices import ITEM, SHARE, Lasts
from crossforce.evidence.models import Exhibit, Item, Share
from crossforce.evidence.operations import links
from crossforce.evidence.operations.opening import NotWhole
from crossforce.evidence.queries import copies, item_of, share_of
from crossforce.evidence.rules import sharing
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Conflict, NotUnderstood, Refused
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor
from crossforce.records import api as records


class NotActing(Refused):
    """A link is read as whoever gives it could read: sign in and choose a posting first."""


class NotApproved(Conflict):
    """This redacted copy goes to nobody before a second person approved it."""


class NotSuchATime(NotUnderstood):
    """A link is given for some days, and for no longer than the rules allow; the message says how many."""


@dataclass(frozen=True, slots=True)
class NewShare:
    """An original that is to be shown: to whom of which organisation, on what ground, for how many days; or until its case or an agreement ends."""

    item: UUID
    partner: str
    organisation: str
    ground: str
    days: int = 0
    lasts: Lasts = Lasts.DAY
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A share with its link, which is shown once and kept nowhere."""

    share: Share
    link: str


@guarded.acts
def share(*, actor: Actor, new: NewShare, at: datetime) -> Given:
    """Show an original to a partner by link. It is a disclosure, and asks for what every disclosure asks.

    Raises Missing, NotWhole, NotApproved, NotActing, NotSuchATime and what `records.disclose` and `records.create` raise.
    """
    row = item_of(actor, new.item)
    if not row.is_kept:
        raise NotWhole
    if not row.may_leave:
        raise NotApproved
    if actor.account is None or actor.posting is None:
        raise NotActing
    tied = _tied(row, new, at)
    to = f"{new.partner.strip()}, {new.organisation.strip()}"
    records.disclose(
        actor=actor, kind=ITEM, records=[row.pk], recipient=to, reason=new.ground, at=at
    )
    key = new_id()
    link = links.write(key, actor.account, actor.posting, actor.purpose)
    values = {
        "exhibit": row.exhibit,
        "item": row.pk,
        "partner": new.partner.strip(),
        "organisation": new.organisation.strip(),
        "ground": new.ground.strip(),
        "digest": links.digest(link),
        "purposes": row.purposes,
    } | tied
    place = records.place_of(row.scope_id)
    made = records.create(
        actor=actor, new=records.NewRecord(SHARE, place, values, id=key), at=at
    )
    assert isinstance(made, Share)
    return Given(made, link)


def _tied(row: Item, new: NewShare, at: datetime) -> dict[str, Any]:
    """Until when the link is given, and to what that is tied. Raises NotSuchATime."""
    tied: dict[str, Any] = {"lasts": new.lasts.value}
    if new.lasts is Lasts.DAY:
        until = sharing.until(new.days, at)
        if until is None:
            raise NotSuchATime(f"Give the link for 1 to {sharing.most_days(at)} days.")
        return tied | {"expires_at": until}
    tied["expires_at"] = at + timedelta(days=sharing.most_tied_days(at))
    if new.lasts is Lasts.CASE:
        exhibit = Exhibit.objects.filter(pk=row.exhibit).first()
        case = copies.case_named(exhibit.case_reference) if exhibit else None
        if case is None:
            raise NotSuchATime("There is no open case of its reference that you may read.")
        return tied | {"case": case}
    if new.agreement not in copies.binding(records.place_of(row.scope_id).holder):
        raise NotSuchATime("Choose an agreement in force by which the holder is bound.")
    return tied | {"agreement": new.agreement}


@guarded.acts
def recall(*, actor: Actor, share: UUID, at: datetime) -> Share:
    """Have the link show nothing from now on. Raises Missing and what `records.edit` raises."""
    row = share_of(actor, share)
    if row.recalled_at is not None:
        return row
    given = {"recalled_at": at, "recalled_by": actor.reference}
    changed = records.edit(
        actor=actor, kind=SHARE, record=row.pk, version=row.version, given=given, at=at
    )
    holder = records.place_of(row.scope_id).holder
    ledger.append(
        actor=actor,
        operation="evidence.share-recalled",
        subject=row.reference.subject,
        detail={"item": str(row.item)},
        at=at,
        about=ledger.About(concerns=[holder], scopes=[row.scope_id]),
    )
    assert isinstance(changed, Share)
    return changed
