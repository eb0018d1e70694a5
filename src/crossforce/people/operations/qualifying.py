"""What skills, authorities and clearances have in common: a code, a period, and its limits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from crossforce.kernel import civil, guarded
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Conflict
from crossforce.people import models
from crossforce.people.choices import Actor
from crossforce.people.operations import beats
from crossforce.people.rules import catalogue, postings

HeldT = TypeVar("HeldT", models.Skill, models.Authority, models.Vetting)


class NotInCatalogue(Conflict):
    """There is no such entry in the catalogue on that day. Choose one from the list."""


class TooLong(Conflict):
    """It would last longer than the catalogue allows."""


class NotServing(Conflict):
    """It must begin within the time that this person serves, and end with it at the latest."""


class BeforeTheLast(Conflict):
    """A later one is recorded already, or this one begins no later than the one it replaces."""


class AlreadyOver(Conflict):
    """It has ended already. Record it again if it is held again."""


class EndsBeforeItStarts(Conflict):
    """It cannot end before it starts."""


def limited(
    items: catalogue.Catalogue, code: str, staff: models.Staff, period: Period
) -> Period:
    """The period, ended where the catalogue or the person's service ends it. Raises a Conflict."""
    item = items.get(code)
    if item is None:
        raise NotInCatalogue
    last = catalogue.longest_end(item, civil.day_of(period.starts_at))
    limit = civil.instant(last) if last else None
    if limit and period.ends_at and period.ends_at > limit:
        raise TooLong(
            f"“{item.title.en}” lasts at most {item.months} months: to {limit:%d %B %Y}. "
            "Choose an earlier end."
        )
    if not staff.holds(period.starts_at):
        raise NotServing
    ends = [end for end in (limit, staff.ends_at) if end]
    found = Period(period.starts_at, period.ends_at or min(ends, default=None))
    if not postings.within(staff.period, found):
        raise NotServing
    return found


def succeed(
    model: type[HeldT],
    staff: models.Staff,
    code: str,
    period: Period,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
) -> HeldT:
    """A new row; the one still running ends where the new one starts, so that no day has two."""
    by = actor.reference
    running = model._default_manager.select_for_update().filter(staff=staff, code=code)
    for row in running.overlapping(period):
        if row.starts_at >= period.starts_at:
            raise BeforeTheLast
        row.change(expected=row.version, ends_at=period.starts_at, changed_at=at, changed_by=by)
    return model._default_manager.create(
        staff=staff,
        code=code,
        starts_at=period.starts_at,
        ends_at=period.ends_at,
        changed_at=at,
        changed_by=by,
        scope_id=guarded.scope(
            guarded.ScopeOf(staff.organisation_id, model.record_kind, person=staff.pk)
        ),
        **values,
    )


def end(row: HeldT, *, version: int, ends_at: datetime, actor: Actor, at: datetime) -> HeldT:
    """End it at the instant. Raises AlreadyOver, EndsBeforeItStarts, StaleVersion."""
    if row.ends_at is not None and row.ends_at <= ends_at:
        raise AlreadyOver
    if ends_at <= row.starts_at:
        raise EndsBeforeItStarts
    return row.change(
        expected=version, ends_at=ends_at, changed_at=at, changed_by=actor.reference
    )


def detail(row: HeldT) -> dict[str, str | int | None]:
    """Which row an entry is about, in its bytes, which many may read."""
    return {"id": str(row.pk), "version": row.version}


def private(row: HeldT, **more: str) -> dict[str, str | None]:
    """What it says, for the private part: open to whoever may read it of this person (insight/sql/5_opened.sql)."""
    ends, starts = beats.instant(row.ends_at), beats.instant(row.starts_at)
    return {"code": row.code, "ends_at": ends, "starts_at": starts, **more}
