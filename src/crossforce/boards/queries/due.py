"""What a board must see by its next meeting: its own papers, actions and reports, and what other apps add."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from crossforce.boards import models
from crossforce.boards.choices import ActionState, How, MeetingState
from crossforce.boards.kinds import Asked, agenda_items
from crossforce.boards.queries import agreed, papers
from crossforce.boards.queries.boards import Sitting, days_of
from crossforce.boards.rules import actions as rules
from crossforce.boards.rules import effects
from crossforce.boards.rules.agendas import Due
from crossforce.boards.rules.seats import called
from crossforce.kernel import civil
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor


def due(
    actor: Actor,
    board: models.Board,
    sitting: Sitting,
    meets_next: date | None,
    taken: Collection[UUID] = (),
) -> list[Due]:
    """Everything that is due before this board on the day of the sitting, as far as the actor may see.

    Papers that the meeting itself has `taken` stay on its agenda.
    """
    functions = frozenset((each.agreement, each.function) for each in sitting.governs)
    asked = Asked(board.code, sitting.agreements, sitting.on, meets_next, functions)
    found = [
        *_minutes(board, sitting.on),
        *_actions(board, sitting.on),
        *_reports(board, sitting.on),
        *_papers(sitting, taken),
    ]
    for items in agenda_items:
        found.extend(items(actor, asked))
    return found


def last_meeting(board: models.Board, before: date) -> models.Meeting | None:
    """The last meeting that the board has held before the day."""
    held = models.Meeting.objects.filter(
        board=board.pk, on__lt=before, state=MeetingState.HELD.value
    )
    found: models.Meeting | None = held.order_by("-on").first()
    return found


def functions_of(paper: models.Paper) -> tuple[str, ...]:
    """The functions that a paper is about; none means all of its agreement."""
    return tuple(paper.functions.split())


def _minutes(board: models.Board, on: date) -> Iterator[Due]:
    last = last_meeting(board, on)
    if last is not None:
        yield Due(str(last.pk), "minutes", last.title, last.on, "to be agreed")


def _actions(board: models.Board, on: date) -> tuple[Due, ...]:
    rows = models.Action.objects.filter(
        board=board.pk, state=ActionState.OPEN.value, set_on__lt=on
    )
    directory, offices = organisations.directory(), agreed.known_offices(on)
    named = [
        replace(each, owner=called(each.owner, directory, offices, on))
        for each in map(action_of, rows)
    ]
    return rules.arising(named, on, days_of(board))


def action_of(row: models.Action) -> rules.Action:
    """An action as the rules know it."""
    return rules.Action(
        str(row.pk), row.what, row.owner, row.set_on, row.due_on, ActionState(row.state),
        row.ended_on, row.item,
    )  # fmt: skip


def _reports(board: models.Board, on: date) -> Iterator[Due]:
    last = last_meeting(board, on)
    rows = models.Decision.objects.filter(board=board.pk, is_decided=True)
    rows = rows.exclude(how=How.MEETING.value)
    told = effects.to_report([report_of(row) for row in rows], last.on if last else None, on)
    for each in told:
        how = "decided in writing" if each.how is How.WRITTEN else f"urgent: {each.urgency}"
        yield Due(each.reference, "report", each.title, each.decided_on, how)


def report_of(row: models.Decision) -> effects.Report:
    """A decision as a later meeting is told of it."""
    return effects.Report(
        str(row.pk), row.title, How(row.how), civil.day_of(row.decided_at), row.urgency
    )


def _papers(sitting: Sitting, taken: Collection[UUID]) -> Iterator[Due]:
    """Papers about what the board governs on that day: they move with participation."""
    governed = {(each.agreement, each.function) for each in sitting.decides}
    asked = models.Paper.objects.filter(
        Q(state__in=papers.OPEN) | Q(pk__in=taken),
        agreement__in={agreement for agreement, _ in governed},
    )
    fates = papers.fates(list(asked.values_list("pk", flat=True)))
    open_ones = [key for key, fate in fates.items() if key in taken or not fate.decided_on]
    for row in models.Paper.objects.filter(pk__in=open_ones).order_by("due_on", "pk"):
        wanted = functions_of(row)
        if not wanted or any((row.agreement, each) in governed for each in wanted):
            out = "paper out" if row.out_at else "its paper is not out yet"
            yield Due(
                str(row.pk), row.heading, row.title, row.due_on, out, row.agreement, True,
                fates[row.pk].put_before,
            )  # fmt: skip
