"""What is noted of one member of staff, and what of it is about to lapse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from crossforce.kernel import guarded
from crossforce.kernel.civil import day_of
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Missing
from crossforce.people import models
from crossforce.people.choices import Actor
from crossforce.people.queries.staff import VIEW, ours
from crossforce.people.rules import catalogue
from crossforce.people.rules.changes import Change, changes
from crossforce.people.rules.powers import require
from crossforce.people.rules.standing import Standing, standing

SHOWN_IN_HISTORY = (
    "number",
    "given_name",
    "family_name",
    "kind",
    "rank",
    "email",
    "starts_at",
    "ends_at",
)


@dataclass(frozen=True, slots=True)
class HeldAuthority:
    """An authority, and where it stands at the instant asked about."""

    row: models.Authority
    standing: Standing


@dataclass(frozen=True, slots=True)
class Record:
    """What an organisation notes of one member of staff, newest first.

    Clearances are shown to those who administer people or vet them; others get None.
    """

    staff: models.Staff
    account: models.Account | None
    postings: Sequence[models.Posting]
    skills: Sequence[models.Skill]
    authorities: Sequence[HeldAuthority]
    vettings: Sequence[models.Vetting] | None


@guarded.acts
def record(actor: Actor | None, staff: UUID, at: datetime) -> Record:
    """One member of staff. Raises Missing for anybody who may not be known of."""
    row = _staff(actor, staff)
    skills = list(row.skills.order_by("-starts_at", "code"))
    postings = row.postings.select_related("organisation", "unit")
    return Record(
        staff=row,
        account=models.Account.objects.filter(staff=row).first(),
        postings=list(postings.order_by("-starts_at", "id")),
        skills=skills,
        authorities=[
            HeldAuthority(each, _standing(each, skills, at))
            for each in row.authorities.order_by("-starts_at", "code")
        ],
        vettings=list(row.vettings.order_by("-starts_at", "code"))
        if sees_vetting(actor)
        else None,
    )


@guarded.acts
def changeable(actor: Actor | None, staff: UUID, power: str) -> models.Staff:
    """One member of staff, for a page that changes something. Raises Missing; Refused."""
    row = _staff(actor, staff)
    require(actor, power, organisation=row.organisation_id)
    return row


def sees_vetting(actor: Actor | None) -> bool:
    """Whether clearances are shown to the actor."""
    return actor is not None and (actor.may("people.vet") or actor.may("people.administer"))


@guarded.acts
def history(actor: Actor | None, staff: UUID) -> tuple[models.Staff, list[Change]]:
    """How someone's own row changed, newest first, and by whom. Raises Missing."""
    row: Any = _staff(actor, staff)
    states = list(
        row.events.order_by("pgh_id").values("changed_at", "changed_by", *SHOWN_IN_HISTORY)
    )
    names = _names(row.organisation_id, {state["changed_by"] for state in states})
    for state in states:
        state["changed_by"] = names.get(state["changed_by"], state["changed_by"])
    return row, list(reversed(list(changes(states, SHOWN_IN_HISTORY))))


def _names(organisation: str, references: Iterable[str]) -> dict[str, str]:
    """Names of the organisation's own staff; anyone else stays a reference."""
    keys = [each.removeprefix("staff:") for each in references if each.startswith("staff:")]
    found = models.Staff.objects.filter(organisation=organisation, pk__in=keys)
    return {f"staff:{each.pk}": each.name for each in found}


@guarded.acts
def posting(actor: Actor | None, identifier: UUID) -> models.Posting:
    """A posting of someone of the organisation, or offered to it. Raises Missing."""
    organisation = _seen_by(actor)
    found = models.Posting.objects.select_related("staff", "organisation", "unit")
    row: models.Posting | None = found.filter(
        Q(staff__organisation=organisation) | Q(organisation=organisation), pk=identifier
    ).first()
    if row is None:
        raise Missing
    return row


@guarded.acts
def skill(actor: Actor | None, identifier: UUID) -> models.Skill:
    """A skill of someone of the organisation. Raises Missing."""
    found: models.Skill = _held(actor, models.Skill, identifier)
    return found


@guarded.acts
def authority(actor: Actor | None, identifier: UUID) -> models.Authority:
    """An authority of someone of the organisation. Raises Missing."""
    found: models.Authority = _held(actor, models.Authority, identifier)
    return found


@guarded.acts
def vetting(actor: Actor | None, identifier: UUID) -> models.Vetting:
    """A clearance of someone of the organisation. Raises Missing.

    Also for those who may see the person, but not what they are cleared for.
    """
    if not sees_vetting(actor):
        raise Missing
    found: models.Vetting = _held(actor, models.Vetting, identifier)
    return found


@guarded.acts
def lapsing(
    actor: Actor | None, at: datetime, *, days: int | None = None
) -> list[HeldAuthority]:
    """Valid authorities that stop being so within the days, soonest first. Raises Refused.

    The earliest end of grant and required skills decides. The days default to the rule pack's.
    """
    serving = ours(actor)
    longest = days if days is not None else catalogue.warning_days(day_of(at))[0]
    rows = models.Authority.objects.at(at).filter(staff__in=serving).select_related("staff")
    rows = rows.prefetch_related("staff__skills")
    held = [HeldAuthority(row, _standing(row, row.staff.skills.all(), at)) for row in rows]
    limit = at + timedelta(days=longest)
    soon = [
        (each.standing.until, str(each.row.pk), each)
        for each in held
        if each.standing.is_valid and each.standing.until and each.standing.until <= limit
    ]
    return [each for _, _, each in sorted(soon, key=lambda item: item[:2])]


def _seen_by(actor: Actor | None) -> str:
    """The organisation whose people the actor may know of. Below that, nobody is there."""
    if actor is None or not actor.may(VIEW):
        raise Missing
    return actor.organisation


def _staff(actor: Actor | None, staff: UUID) -> models.Staff:
    rows = models.Staff.objects.filter(organisation=_seen_by(actor))
    row: models.Staff | None = rows.select_related("organisation").filter(pk=staff).first()
    if row is None:
        raise Missing
    return row


def _held(actor: Actor | None, model: Any, identifier: UUID) -> Any:
    rows = model.objects.select_related("staff")
    row = rows.filter(staff__organisation=_seen_by(actor), pk=identifier).first()
    if row is None:
        raise Missing
    return row


def _standing(row: models.Authority, skills: Iterable[models.Skill], at: datetime) -> Standing:
    item = catalogue.authorities(day_of(row.starts_at)).get(row.code)
    periods: dict[str, list[Period]] = {}
    for each in skills:
        periods.setdefault(each.code, []).append(each.period)
    return standing(
        granted=row.period,
        is_suspended=row.suspended_at is not None,
        requires=item.requires if item else (),
        skills=periods,
        at=at,
    )
