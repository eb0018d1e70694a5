"""Staff join, change and leave."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from crossforce.kernel import events, guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.people import models
from crossforce.people.choices import Actor, PostingState
from crossforce.people.events import StaffAdded, StaffEdited, StaffEnded
from crossforce.people.operations import beats
from crossforce.people.rules import names
from crossforce.people.rules.powers import require

NUMBER_TAKEN = (
    "Someone in this organisation has that number at that time. Look them up by number: if it is "
    "the same person, change their record; if not, check the number."
)


class LeavesBeforeJoining(Conflict):
    """The last day is before the first. Check both dates."""


class HasLeft(Conflict):
    """This person has left, so their record is closed. Someone who comes back is added again."""


class Incomplete(NotUnderstood):
    """A member of staff has at least a number and a family name."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an organisation notes of a member of staff."""

    number: str
    given_name: str
    family_name: str
    kind: str
    rank: str = ""
    email: str = ""

    def refuse_incomplete(self) -> None:
        """Raises Incomplete."""
        if not self.number.strip() or not self.family_name.strip():
            raise Incomplete

    def columns(self) -> dict[str, str]:
        """As the table holds them."""
        sort_key = names.sort_key(family_name=self.family_name, given_name=self.given_name)
        return {**asdict(self), "sort_key": sort_key}


@guarded.acts
def add_staff(
    *, actor: Actor, organisation: str, particulars: Particulars, period: Period, at: datetime
) -> models.Staff:
    """Enter someone who works for the organisation. They hold nothing until they are posted."""
    require(actor, "people.administer", organisation=organisation)
    staff = write(organisation, particulars, period, by=actor.reference, at=at)
    beats.record(
        actor=actor,
        operation="people.staff-added",
        staff=staff,
        detail={
            "ends_at": beats.instant(period.ends_at),
            "starts_at": beats.instant(period.starts_at),
        },
        private=asdict(particulars),
        at=at,
    )
    events.publish(StaffAdded(staff.pk, organisation, at))
    return staff


@guarded.acts
def edit_staff(
    *, actor: Actor, staff: UUID, version: int, particulars: Particulars, at: datetime
) -> models.Staff:
    """Change what is noted of someone; refused on an old version, and once they have left."""
    row = beats.permitted_staff(actor, staff, "people.administer")
    if row.ends_at is not None and row.ends_at <= at:
        raise HasLeft
    particulars.refuse_incomplete()
    before = {name: getattr(row, name) for name in asdict(particulars)}
    after = asdict(particulars)
    changed = {name for name in after if before[name] != after[name]}
    with beats.refusing_a_clash(NUMBER_TAKEN):
        row.change(
            expected=version,
            changed_at=at,
            changed_by=actor.reference,
            **particulars.columns(),
        )
    models.Account.objects.filter(staff=row).update(name=row.name)
    beats.record(
        actor=actor,
        operation="people.staff-edited",
        staff=row,
        detail={"fields": sorted(changed), "version": row.version},
        private={name: [before[name], after[name]] for name in sorted(changed)},
        at=at,
    )
    events.publish(StaffEdited(row.pk, row.organisation_id, at))
    return row


@guarded.acts
def end_staff(
    *, actor: Actor, staff: UUID, version: int, ends_at: datetime, at: datetime
) -> models.Staff:
    """Someone leaves: everything they hold ends with them, at that instant, at read time."""
    row = beats.permitted_staff(actor, staff, "people.administer")
    if row.ends_at is not None and row.ends_at <= at:
        raise HasLeft
    if ends_at <= row.starts_at:
        raise LeavesBeforeJoining
    by = actor.reference
    row.change(expected=version, ends_at=ends_at, changed_at=at, changed_by=by)
    ended = _end_all(row, ends_at, by=by, at=at)
    beats.record(
        actor=actor,
        operation="people.staff-ended",
        staff=row,
        detail={"ended": ended, "ends_at": beats.instant(ends_at), "version": row.version},
        at=at,
    )
    events.publish(StaffEnded(row.pk, row.organisation_id, ends_at, at))
    return row


def write(
    organisation: str, particulars: Particulars, period: Period, *, by: str, at: datetime
) -> models.Staff:
    """The row of a new member of staff; part of an operation, which permits and records it."""
    particulars.refuse_incomplete()
    identifier, kind = new_id(), models.Staff.record_kind
    with beats.refusing_a_clash(NUMBER_TAKEN):
        return models.Staff.objects.create(
            id=identifier,
            organisation_id=organisation,
            scope_id=guarded.scope(guarded.ScopeOf(organisation, kind, person=identifier)),
            starts_at=period.starts_at,
            ends_at=period.ends_at,
            changed_at=at,
            changed_by=by,
            **particulars.columns(),
        )


def _end_all(
    staff: models.Staff, ends_at: datetime, *, by: str, at: datetime
) -> dict[str, int]:
    """End what goes on past the leaving; what would only begin after it never does."""
    counts = {}
    for name in ("postings", "skills", "authorities", "vettings"):
        rows = getattr(staff, name).not_over(ends_at).select_for_update()
        counts[name] = rows.count()
        for row in rows:
            if row.starts_at < ends_at:
                row.change(expected=row.version, ends_at=ends_at, changed_at=at, changed_by=by)
            elif isinstance(row, models.Posting):
                _call_off(row, by=by, at=at)
            else:
                row.delete()
    return counts


def _call_off(posting: models.Posting, *, by: str, at: datetime) -> None:
    posting.change(
        expected=posting.version,
        state=PostingState.DECLINED.value,
        answered_at=at,
        answered_by=by,
        changed_at=at,
        changed_by=by,
    )
