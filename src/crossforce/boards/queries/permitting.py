"""What whoever reads a page of boards may change by it: buttons and forms are for them alone."""

from typing import Any

from crossforce.access import api as access
from crossforce.boards import models
from crossforce.boards.choices import MEETING
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Refused
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records


class MayNotPlan(Refused):
    """You may read this board, but not plan its meetings: the message says whom to ask."""


@guarded.acts
def may_edit(actor: Actor, row: Any) -> bool:
    """Whether the actor may change this board, meeting, paper or action."""
    return access.may(row.record_kind, row.pk, "edit")


@guarded.acts
def may_plan(actor: Actor, row: models.Board) -> bool:
    """Whether the actor may add meetings to the board: they stand in its own place."""
    return _is_open(records.place_of(row.scope_id))


@guarded.acts
def require_plan(actor: Actor, row: models.Board) -> None:
    """Let the page that adds a meeting show its form. Raises MayNotPlan."""
    place = records.place_of(row.scope_id)
    if not _is_open(place):
        holder = organisations.directory().get(place.holder)
        whom = f", {holder.name.en}" if holder else ""
        raise MayNotPlan(
            f"You may read this board, but not plan its meetings: ask its holder{whom}."
        )


def _is_open(place: records.Place) -> bool:
    asked = guarded.ScopeOf(
        place.holder, MEETING, place.collection, place.compartment, place.marking
    )
    return asked in guarded.open_scopes("add", [asked])
