"""What leaves the platform as a file. Register and milestones are spreadsheets that can be read in again."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from crossforce.kernel import guarded, guarded_watch
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.models.fields import parted
from crossforce.programme.queries import dashboard as whole
from crossforce.programme.queries import entries, looking, owned, portfolio
from crossforce.programme.queries import projects as projects_of
from crossforce.programme.queries import reports as performance
from crossforce.programme.queries import reviews as contributions
from crossforce.programme.queries.entries import Wanted
from crossforce.programme.reading.layouts import MILESTONES, REGISTER
from crossforce.programme.rules.likeness import Pair
from crossforce.programme.rules.register import Entry
from crossforce.records import api as records
from crossforce.records.reading.layouts import Layout, Sort
from crossforce.records.reading.values import Value
from crossforce.records.reading.writing import csv_of, xlsx_of


class Chased(NamedTuple):
    """An entry that is to be looked at, and by how many days that is overdue."""

    holder: str
    owner: str
    entry: Entry
    days: int


@guarded.acts
def register(actor: Actor, wanted: Wanted, at: datetime, form: str) -> bytes:
    """The entries that are asked for, as `csv` or `xlsx`; what they say is disclosed."""
    guarded_watch.takes_out("register")
    return _table(
        REGISTER, (each.row for each in entries.entries(actor, wanted, at).entries), form
    )


@guarded.acts
def milestones(actor: Actor, key: UUID, form: str) -> bytes:
    """The milestones of a project, as `csv` or `xlsx`. Raises NoSuchProject."""
    guarded_watch.takes_out("milestones")
    row = projects_of.row_of(key)
    owner = (records.place_of(row.scope_id).holder, row.code)
    return _table(MILESTONES, owned.of_projects(models.Milestone, [row.code])[owner], form)


@guarded.acts
def alike(actor: Actor, at: datetime) -> Sequence[Pair]:
    """The entries that may be one idea twice."""
    guarded_watch.takes_out("entries-alike")
    return entries.alike(actor, at)


@guarded.acts
def chased(actor: Actor, at: datetime, *, own: bool) -> Sequence[Chased]:
    """The entries that nobody has looked at for too long, each with who is to be asked; or what the actor is asked."""
    guarded_watch.takes_out("to-be-looked-at")
    return [
        Chased(each.holder, each.owner, entry, days)
        for each in (looking.own if own else entries.chased)(actor, at)
        for entry, days in zip(each.entries, each.days, strict=True)
    ]


@guarded.acts
def projects(actor: Actor, wanted: portfolio.Wanted, at: datetime) -> Sequence[portfolio.Row]:
    """Every project that is asked for, whatever the page."""
    guarded_watch.takes_out("projects")
    return portfolio.every(actor, wanted, at)


@guarded.acts
def reviews(actor: Actor, at: datetime) -> Sequence[contributions.Weighed]:
    """Every review, with what its figures speak for."""
    guarded_watch.takes_out("contribution-reviews")
    return contributions.weighed(actor, at)


@guarded.acts
def reports(actor: Actor) -> Sequence[models.PerformanceReport]:
    """The reports that the actor may read, each version."""
    guarded_watch.takes_out("performance-reports")
    return performance.reports(actor)


@guarded.acts
def dashboard(actor: Actor, at: datetime) -> whole.Dashboard:
    """The figures of the whole programme."""
    guarded_watch.takes_out("dashboard")
    return whole.dashboard(actor, at)


def _table(layout: Layout, rows: Iterable[object], form: str) -> bytes:
    written = [_values(layout, each) for each in rows]
    return xlsx_of(layout, written) if form == "xlsx" else csv_of(layout, written)


def _values(layout: Layout, row: object) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for column in layout.columns:
        name = "code" if column.sort is Sort.REFERENCE else column.field
        value = getattr(row, name)
        found[column.field] = parted(value) if column.sort is Sort.SEVERAL else value
    return found
