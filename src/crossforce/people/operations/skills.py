"""Skills are recorded, and end."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crossforce.kernel import events, guarded
from crossforce.kernel.civil import day_of
from crossforce.kernel.periods import Period
from crossforce.people import models
from crossforce.people.choices import Actor
from crossforce.people.events import SkillChanged
from crossforce.people.operations import beats, qualifying
from crossforce.people.rules import catalogue


@dataclass(frozen=True, slots=True)
class NewSkill:
    """A skill that someone has shown, from a day; without an end it runs as the catalogue says."""

    code: str
    period: Period
    evidence: str = ""


@guarded.acts
def record_skill(*, actor: Actor, staff: UUID, skill: NewSkill, at: datetime) -> models.Skill:
    """Record a skill; shown again before it lapses, the new one takes over from its own start."""
    row = beats.permitted_staff(actor, staff, "people.administer")
    items = catalogue.skills(day_of(skill.period.starts_at))
    period = qualifying.limited(items, skill.code, row, skill.period)
    held = qualifying.succeed(
        models.Skill, row, skill.code, period, {"evidence": skill.evidence}, actor=actor, at=at
    )
    beats.record(
        actor=actor,
        operation="people.skill-recorded",
        staff=row,
        detail=qualifying.detail(held),
        private=qualifying.private(held, evidence=skill.evidence),
        at=at,
    )
    events.publish(SkillChanged(row.pk, skill.code, row.organisation_id, at))
    return held


@guarded.acts
def end_skill(
    *, actor: Actor, skill: UUID, version: int, ends_at: datetime, at: datetime
) -> models.Skill:
    """The skill is no longer held: every authority that requires it stops at that instant."""
    row = beats.permitted_row(actor, models.Skill, skill, "people.administer")
    qualifying.end(row, version=version, ends_at=ends_at, actor=actor, at=at)
    beats.record(
        actor=actor,
        operation="people.skill-ended",
        staff=row.staff,
        detail=qualifying.detail(row),
        private=qualifying.private(row),
        at=at,
    )
    events.publish(SkillChanged(row.staff_id, row.code, row.staff.organisation_id, at))
    return row
