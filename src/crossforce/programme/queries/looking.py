"""Entries of the own register that wait for the look of whoever acts, by the office that they hold."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from crossforce.kernel import civil, guarded
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import ENTRY, Stage
from crossforce.programme.queries import entries, known
from crossforce.programme.rules import staleness
from crossforce.programme.rules.register import Entry
from crossforce.programme.rules.staleness import Chase, office
from crossforce.records import api as records

ENTRIES: Final = (
    "SELECT scope_id, owner, stage, entered_on, looked_on FROM programme_registerentry"
)


@guarded.acts
def waiting(actor: Actor, at: datetime) -> int:
    """How many there are; none of them is opened for it."""
    on = civil.day_of(at)
    rows = records.cursor(models.RegisterEntry).figures(ENTRIES, planning={})
    places = records.places_of({scope for scope, *_ in rows})
    is_asked, figures = _asked(actor, on), known.practice(on)
    found = (
        Entry("", "", actor.organisation, Stage(stage), entered_on=entered, looked_on=looked)
        for scope, owner, stage, entered, looked in rows
        if places[scope].holder == actor.organisation and is_asked(owner)
    )
    return sum(staleness.is_stale(each, on, figures) for each in found)


@guarded.acts
def own(actor: Actor, at: datetime) -> list[Chase]:
    """The same entries, by owner."""
    is_asked = _asked(actor, civil.day_of(at))
    return [
        each
        for each in entries.chased(actor, at)
        if each.holder == actor.organisation and is_asked(each.owner)
    ]


def _asked(actor: Actor, on: date) -> Callable[[str], bool]:
    """Whether an owner is the actor's office; for who keeps the register also one that nobody can hold here."""
    offices = {
        code: {office(code), *(office(each) for each in (role.title.en, role.title.cy) if each)}
        for code, role in people.roles(on).items()
    }
    mine, held = offices.get(actor.office, set()), set().union(*offices.values())
    keeps = known.may_add(actor, ENTRY)
    return lambda owner: office(owner) in mine or (keeps and office(owner) not in held)
