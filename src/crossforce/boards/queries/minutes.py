"""The minutes of a meeting as they would be written from what is recorded of it."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from crossforce.boards.choices import Vote
from crossforce.boards.queries import due, meetings
from crossforce.boards.queries.meetings import Shown, Taken
from crossforce.boards.rules import keeping, votes
from crossforce.boards.rules.minutes import Decided, Held, Paragraph, minutes
from crossforce.kernel import guarded
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor


@guarded.acts
def minutes_of(actor: Actor, key: UUID, on: date) -> str:
    """The text of the minutes as they would be written now. Raises NoSuchMeeting."""
    return minutes_text(actor, meetings.shown(actor, key, on))


def minutes_text(actor: Actor, found: Shown) -> str:
    """The same of a meeting that is shown already."""
    paragraphs = written(actor, found)
    return "\n\n".join(
        "\n".join((f"{each.number} {each.heading}".strip(), *each.lines)) for each in paragraphs
    )


def written(actor: Actor, found: Shown) -> tuple[Paragraph, ...]:
    """The minutes by paragraphs."""
    named = meetings.titles(actor, found.sitting.seats, found.meeting.on)
    voted_on = [each for each in found.decisions if not each.is_put_off]
    decided = {each.row.paper for each in voted_on if each.row.is_decided}
    held = Held(
        board=found.board.title,
        at=meetings.instant_of(found.meeting),
        roll=found.roll,
        quorum=found.quorum,
        agenda=found.agenda,
        decisions=tuple(_decided(each, found) for each in voted_on),
        actions=tuple(due.action_of(each.row) for each in found.actions),
        put_off=tuple(
            str(each.row.paper)
            for each in found.decisions
            if each.is_put_off and each.row.paper not in decided
        ),
        notes=tuple(keeping.notes(found.meeting.notes).items()),
    )
    return minutes(held, lambda seat: named[seat.code])


def _decided(taken: Taken, found: Shown) -> Decided:
    row, judged = taken.row, taken.judged
    said = keeping.votes(row.votes)
    cast: Mapping[str, Vote] = votes.counting(found.roll, str(row.paper), said)
    directory, on = organisations.directory(), found.meeting.on
    known = ((code, directory.get(code)) for code in judged.agreeing)
    return Decided(
        str(row.paper),
        cast,
        tuple(each.name_on(on).en if each else code for code, each in known),
        judged.reasons,
        judged.clause,
        row.takes_effect_on,
    )
