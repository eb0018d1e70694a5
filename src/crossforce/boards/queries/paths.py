"""How long decisions took, from paper to effect: what inspectors asked for and nobody counted."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import PUT_OFF
from crossforce.boards.queries import agreed, boards, carrying
from crossforce.boards.rules.days import WorkingDays
from crossforce.boards.rules.paths import Path, PathsOfABoard, Step, path, together
from crossforce.kernel import civil, guarded
from crossforce.people.api import Actor


@guarded.acts
def of_decision(actor: Actor, row: models.Decision) -> Path:
    """The way of one decision: its paper, every time it was voted on, and its effect."""
    board = models.Board.objects.filter(pk=row.board).first()
    paper = models.Paper.objects.filter(pk=row.paper).first()
    votes = models.Decision.objects.filter(paper=row.paper).order_by("decided_at")
    days = boards.days_of(board) if board else WorkingDays()
    return _path(row, paper, list(votes), days, carrying.outcome(actor, row).done_on)


@guarded.acts
def of_board(actor: Actor, board: UUID) -> PathsOfABoard | None:
    """The ways of all decisions of a board together; None where it has made none. Raises NoSuchBoard."""
    days = boards.days_of(boards.row_of(board))
    rows = list(models.Decision.objects.within_reach().filter(board=board))
    papers = models.Paper.objects.filter(pk__in={row.paper for row in rows})
    by_key = {each.pk: each for each in papers}
    made = [row for row in rows if row.is_decided]
    done = carrying.outcomes(actor, made)
    return together(
        _path(
            row,
            by_key.get(row.paper),
            [each for each in rows if each.paper == row.paper],
            days,
            done[row.pk].done_on,
        )
        for row in made
    )


def _path(
    row: models.Decision,
    paper: models.Paper | None,
    votes: Iterable[models.Decision],
    days: WorkingDays,
    done_on: date | None,
) -> Path:
    steps = []
    if paper is not None:
        steps.append(Step("the paper was begun", civil.day_of(paper.created_at)))
        if paper.out_at is not None:
            steps.append(Step("it went out", civil.day_of(paper.out_at)))
    for vote in votes:
        steps.append(Step(_came_of(vote), civil.day_of(vote.decided_at)))
    if done_on is not None:
        steps.append(Step("it took effect", done_on))
    ordered = sorted(steps, key=lambda step: step.on)
    slow = agreed.known_practice(civil.day_of(row.decided_at)).slow_working_days
    return path(ordered, days, slow)


def _came_of(vote: models.Decision) -> str:
    if vote.how == PUT_OFF:
        return "it was put off"
    return "it was decided" if vote.is_decided else "it was voted on and not decided"
