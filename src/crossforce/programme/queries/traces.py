"""What went on by a decision of a board: projects through gates and trials, reviews of contributions."""

from collections.abc import Iterator, Sequence

from crossforce.boards.api import Came, Made
from crossforce.kernel.civil import day_of
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import ReviewState
from crossforce.records import api as records


def by_decisions(actor: Actor, decisions: Sequence[Made]) -> Iterator[Came]:
    """The projects and the reviews that went on by these decisions, as far as the actor may read them."""
    named = {str(each.key): each.key for each in decisions}
    for first in records.first_said(actor, models.Project, "decision", list(named), ("state",)):
        said = f"The project “{first.row.title}” went on as {first.beside[0]}."
        yield Came(named[first.value], said, day_of(first.at), first.by)
    for first in records.first_said(
        actor, models.ContributionReview, "decision", list(named), ("state",)
    ):
        if first.beside[0] == ReviewState.DECIDED:
            said = f"The review “{first.row.title}” was decided: {first.row.outcome}."
            yield Came(named[first.value], said, day_of(first.at), first.by)
