"""People are posted, and postings end."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crossforce.kernel import events, guarded
from crossforce.kernel.civil import day_of
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Conflict
from crossforce.organisations import api as organisations
from crossforce.people import models
from crossforce.people.choices import Actor, PostingState
from crossforce.people.events import PostingDeclined, PostingEnded, PostingHeld, PostingOffered
from crossforce.people.operations import beats
from crossforce.people.rules import postings as rules
from crossforce.people.rules.powers import require

ALREADY_POSTED = (
    "This person is already posted in that role there for some of that time. End that posting "
    "first, or choose dates that do not overlap."
)


class CannotPost(Conflict):
    """This person cannot be posted there in that role for that time."""


class AlreadyAnswered(Conflict):
    """That posting was answered already; nothing was changed."""


class EndsOutside(Conflict):
    """A posting ends after it starts, and can only be brought to an earlier end than it had."""


class NoOrganisation(Conflict):
    """There is no such organisation on the day on which the posting starts."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where someone is to act, as what and how long."""

    organisation: str
    role: str
    period: Period
    unit: UUID | None = None


@guarded.acts
def post(*, actor: Actor, staff: UUID, wanted: Wanted, at: datetime) -> models.Posting:
    """Post someone of one's own organisation.

    A posting for another organisation is an offer: it counts once that organisation accepts it,
    because whoever is posted acts in its name.
    """
    row = beats.permitted_staff(actor, staff, "people.administer")
    refuse_unsound(actor, row, wanted)
    is_held = actor.may("people.administer", wanted.organisation)
    state = PostingState.HELD if is_held else PostingState.OFFERED
    posting = write(row, wanted, state, by=actor.reference, at=at)
    beats.record(
        actor=actor,
        operation="people.posted" if is_held else "people.posting-offered",
        staff=row,
        detail=detail(posting),
        at=at,
        also=(wanted.organisation,),
    )
    told = PostingHeld if is_held else PostingOffered
    events.publish(told(posting.pk, row.pk, wanted.organisation, at))
    return posting


@guarded.acts
def accept_posting(
    *, actor: Actor, posting: UUID, version: int, at: datetime
) -> models.Posting:
    """Let someone of another organisation act in the name of one's own."""
    row = _answer(actor, posting, version, PostingState.HELD, at)
    events.publish(PostingHeld(row.pk, row.staff_id, row.organisation_id, at))
    return row


@guarded.acts
def decline_posting(
    *, actor: Actor, posting: UUID, version: int, at: datetime
) -> models.Posting:
    """Turn down someone whom another organisation offered."""
    row = _answer(actor, posting, version, PostingState.DECLINED, at)
    events.publish(PostingDeclined(row.pk, row.staff_id, row.organisation_id, at))
    return row


@guarded.acts
def end_posting(
    *, actor: Actor, posting: UUID, version: int, ends_at: datetime, at: datetime
) -> models.Posting:
    """End a posting, or bring its end forward. Either organisation may: the one that lends, or uses."""
    rows = models.Posting.objects.select_related("staff")
    found: models.Posting | None = beats.locked(rows.filter(pk=posting))
    ours = {found.organisation_id, found.staff.organisation_id} if found else set()
    if found is None or actor.organisation not in ours:
        raise beats.NoSuchRow
    require(actor, "people.administer")
    staff = found.staff  # whom a borrower knows of only until the posting is over
    if ends_at <= found.starts_at or (found.ends_at is not None and found.ends_at <= ends_at):
        raise EndsOutside
    found.change(expected=version, ends_at=ends_at, changed_at=at, changed_by=actor.reference)
    beats.record(
        actor=actor,
        operation="people.posting-ended",
        staff=staff,
        detail=detail(found),
        at=at,
        also=(found.organisation_id,),
    )
    events.publish(PostingEnded(found.pk, found.staff_id, found.organisation_id, ends_at, at))
    return found


def refuse_unsound(actor: Actor, staff: models.Staff, wanted: Wanted) -> None:
    """Raises CannotPost or NoOrganisation, with the reason."""
    reason = rules.reason_not_to_post(
        actor=actor,
        staff=staff.pk,
        employed=staff.period,
        place=_place(actor, wanted),
        role=wanted.role,
        period=wanted.period,
    )
    if reason:
        raise CannotPost(reason)


def write(
    staff: models.Staff, wanted: Wanted, state: PostingState, *, by: str, at: datetime
) -> models.Posting:
    """The row of a new posting; part of an operation, which permits and records it."""
    is_held = state is PostingState.HELD
    with beats.refusing_a_clash(ALREADY_POSTED):
        row: models.Posting = models.Posting.objects.create(
            staff=staff,
            organisation_id=wanted.organisation,
            unit_id=wanted.unit,
            role=wanted.role,
            state=state.value,
            answered_at=at if is_held else None,
            answered_by=by if is_held else "",
            starts_at=wanted.period.starts_at,
            ends_at=wanted.period.ends_at,
            changed_at=at,
            changed_by=by,
        )
    return row


def _answer(
    actor: Actor, posting: UUID, version: int, state: PostingState, at: datetime
) -> models.Posting:
    rows = models.Posting.objects.filter(pk=posting, organisation=actor.organisation)
    row: models.Posting | None = beats.locked(rows.select_related("staff"))
    if row is None:
        raise beats.NoSuchRow
    require(actor, "people.administer", organisation=row.organisation_id)
    if row.state != PostingState.OFFERED:
        raise AlreadyAnswered
    by, staff = actor.reference, row.staff  # who declines no longer knows of the person
    row.change(
        expected=version,
        state=state.value,
        answered_at=at,
        answered_by=by,
        changed_at=at,
        changed_by=by,
    )
    verb = "accepted" if state is PostingState.HELD else "declined"
    beats.record(
        actor=actor,
        operation=f"people.posting-{verb}",
        staff=staff,
        detail=detail(row),
        at=at,
        also=(row.organisation_id,),
    )
    return row


def _place(actor: Actor, wanted: Wanted) -> rules.Place:
    found = organisations.Organisation.objects.filter(pk=wanted.organisation).first()
    if found is None or not found.exists(day_of(wanted.period.starts_at)):
        raise NoOrganisation
    unit = organisations.unit(actor, wanted.unit) if wanted.unit else None
    return rules.Place(
        organisation=wanted.organisation,
        kind=found.kind,
        unit=wanted.unit,
        unit_owner=unit.owner if unit else "",
        unit_is_joint=bool(unit and unit.organisation_id is None),
    )


def detail(posting: models.Posting) -> dict[str, str | int | None]:
    """What the ledger holds of a posting."""
    return {
        "ends_at": beats.instant(posting.ends_at),
        "organisation": posting.organisation_id,
        "posting": str(posting.pk),
        "role": posting.role,
        "starts_at": beats.instant(posting.starts_at),
        "unit": str(posting.unit_id) if posting.unit_id else None,
        "version": posting.version,
    }
