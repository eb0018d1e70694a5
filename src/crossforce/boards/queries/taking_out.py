"""What leaves the platform as a file: what it shows is disclosed."""

from datetime import date
from uuid import UUID

from crossforce.boards.queries import actions as set_here
from crossforce.boards.queries import meetings
from crossforce.boards.queries import papers as asked
from crossforce.boards.queries.actions import ActionShown
from crossforce.boards.queries.meetings import Shown, Taken
from crossforce.boards.queries.papers import Standing
from crossforce.kernel import guarded, guarded_watch
from crossforce.people.api import Actor


@guarded.acts
def meeting(actor: Actor, key: UUID, on: date) -> Shown:
    """A meeting with its agenda or minutes. Raises NoSuchMeeting."""
    guarded_watch.takes_out("meeting-of-a-board")
    return meetings.shown(actor, key, on)


@guarded.acts
def decisions(actor: Actor, board: UUID) -> list[Taken]:
    """The decisions of a board. Raises NoSuchBoard."""
    guarded_watch.takes_out("decisions-of-a-board")
    return meetings.decisions(actor, board)


@guarded.acts
def papers(actor: Actor) -> list[Standing]:
    """The papers that the actor may read, and where each stands."""
    guarded_watch.takes_out("papers-of-boards")
    return asked.papers(actor)


@guarded.acts
def actions(actor: Actor, on: date) -> list[ActionShown]:
    """The actions that the actor may read, and how they stand on the day."""
    guarded_watch.takes_out("actions-of-boards")
    return set_here.actions(actor, on)
