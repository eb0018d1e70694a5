"""A budget moves with its lines, or stays: sums are of lines that stand where their budget stands."""

from typing import Any, Final
from uuid import UUID

from django.db.models import F

from crossforce.access import api as access
from crossforce.finance import models
from crossforce.finance.choices import LINE
from crossforce.finance.queries import summing
from crossforce.kernel import guarded, statements
from crossforce.kernel.refusals import Conflict, Refused
from crossforce.people.api import Actor
from crossforce.records import api as records

POSTING: Final = "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))"


class Charged(Conflict):
    """Something of this budget was charged: invoices of it are where other bodies find them, and it stays with them.
    Withdraw those that were not sent yet; a budget of which some were sent is not moved any more."""


class LinesStay(Refused):
    """The lines of a budget go where it goes, and you may not read and change all of them, here and there. Ask its
    keeper to move it."""


class StandsByItsBudget(Conflict):
    """A line stands where its budget stands. Move the budget: all of its lines go with it."""


def with_lines(
    *, row: models.Budget, before: records.Place, to: records.Place, actor: Actor
) -> None:
    """Take the lines of a budget along; they say by whom and when, whoever posted them. Raises Charged, LinesStay."""
    statements.alone(_named(row.pk))
    here, there = (summing.lines_place(place) for place in (before, to))
    if len(guarded.open_scopes("read", {here, there})) < len({here, there}):
        raise LinesStay
    if summing.charged_to([row.pk]):
        raise Charged
    lines = models.Line.objects.filter(budget=row.pk)
    if not (number := lines.count()):
        return
    scopes = {guarded.scope(each) for each in (here, there)}
    if not scopes <= set(access.scopes(LINE, "edit")):
        raise LinesStay
    moved = lines.update(
        scope_id=guarded.scope(there),
        version=F("version") + 1,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )
    if moved != number:
        raise LinesStay


def stay(*, row: Any, before: records.Place, to: records.Place, actor: Actor) -> None:
    """Refuse to move a line by itself. Raises StandsByItsBudget."""
    raise StandsByItsBudget


def hold(budget: UUID) -> None:
    """Let a budget not move while lines are posted to it; held until this is done."""
    statements.answer(POSTING, _named(budget))


def _named(budget: UUID) -> str:
    return f"finance/{budget}"
