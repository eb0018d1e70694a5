"""What a decision of a board changed: promises of benefits."""

from collections.abc import Iterator, Sequence

from crossforce.benefits import models
from crossforce.boards.api import Came, Made
from crossforce.kernel.civil import day_of
from crossforce.people.api import Actor
from crossforce.records import api as records


def by_decisions(actor: Actor, decisions: Sequence[Made]) -> Iterator[Came]:
    """The changes of promises that rest on these decisions, as far as the actor may read them."""
    named = {str(each.key): each.key for each in decisions}
    for first in records.first_said(actor, models.PromiseChange, "decision", list(named)):
        said = f"What a benefit promises was changed: {first.row.title}."
        yield Came(named[first.value], said, day_of(first.at), first.by)
