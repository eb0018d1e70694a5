"""Which board has to decide: one that is kept here binds also those who may not read its record."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from crossforce.agreements import api as agreements
from crossforce.agreements import resolve
from crossforce.agreements.resolve import Citation, GoverningAnswer
from crossforce.agreements.terms import CompiledTerms
from crossforce.boards import models
from crossforce.boards.queries import agreed, boards, kept
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.rules.authority import is_a_board
from crossforce.finance import api as finance
from crossforce.kernel import civil, guarded
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor


def why_another(row: models.Board, sitting: Sitting, agreement: str) -> str:
    """Why another board than this one decides for those as whom it sits, by that agreement; empty where this one does.

    Seats, chair and delegations are its keeper's words: of two boards of the same bodies one alone speaks for them.
    """
    is_joint = organisations.directory().get(row.code) is None
    answer = GoverningAnswer(sitting.bodies, is_joint, None, Citation("as it sits"))
    found = boards.board_among(kept.kept(), answer, agreement, sitting.on)
    if found is not None and found.key == row.pk:
        return ""
    if found is None:
        return f"{row.title} is no board of that agreement. Put it to the one that governs it."
    return (
        f"For them the board decides that is kept here as “{found.code}”. Put it to that one."
    )


@guarded.acts
def deciding_board(
    actor: Actor,
    agreement: str,
    functions: Sequence[str],
    at: datetime,
    spending: int | None = None,
) -> finance.Board | None:
    """The board that is kept here and decides at the instant on one of these functions; on any, where none is named.

    `spending` is how much is to be spent in pence: then a board that an approval clause names comes first. None
    where no board does: nobody governs who keeps a board here, or a clause leaves it to one that is kept elsewhere.
    """
    known = _standing(actor, agreement, at)
    if known is None:
        return None
    terms, at = known
    on = civil.day_of(at)
    rows = kept.kept()
    for answer in _answers(terms, functions, spending, at):
        found = boards.board_among(rows, answer, agreement, on)
        if found is not None:
            return _board(found, answer, agreement)
    return None


def _standing(
    actor: Actor, agreement: str, at: datetime
) -> tuple[CompiledTerms, datetime] | None:
    """Its terms at the instant, suspended or not; where all have signed and it is yet to begin, those of its first day."""
    try:
        found, at = agreed.binding(actor, agreement, at)
    except agreed.NoSuchAgreement:
        return None
    except agreed.NotStanding:
        suspended = agreements.standing(at, [agreement])
        return (suspended[0].terms, at) if suspended else None
    return found.terms, at


def _answers(
    terms: CompiledTerms, functions: Sequence[str], spending: int | None, at: datetime
) -> Iterator[GoverningAnswer]:
    """Who decides: the boards that an approval clause names, otherwise whoever governs the functions."""
    directory = organisations.directory()
    if spending is not None:
        found = resolve.approvers(terms, finance.SPENDING, spending, at, directory)
        if found.who and all(is_a_board(code, directory) for code in found.who):
            yield GoverningAnswer(found.who, False, None, found.why)
            return
    named = [each for each in functions if each in terms.functions]
    for function in named or terms.functions:
        yield resolve.governing_body(terms, function, at, directory)


def _board(found: kept.Known, answer: GoverningAnswer, agreement: str) -> finance.Board:
    directory = organisations.directory()
    known = (directory.get(code) for code in answer.bodies)
    names = [
        each.name.en if each else code for each, code in zip(known, answer.bodies, strict=True)
    ]
    titled = (
        names[0] if len(names) == 1 else f"The board of {', '.join(names[:-1])} and {names[-1]}"
    )
    asked = urlencode({"agreement": agreement})
    return finance.Board(
        titled, civil.day_of(found.since), f"{reverse('boards:write')}?{asked}"
    )
