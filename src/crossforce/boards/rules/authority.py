"""By whose agreement a motion is carried: the board's own vote, or legal persons, by the approval clauses."""

from collections.abc import Iterator
from dataclasses import dataclass

from crossforce.agreements.resolve import (
    ApprovalAnswer,
    Citation,
    GoverningAnswer,
    approvers,
    governing_body,
)
from crossforce.agreements.terms import ApprovalRule
from crossforce.boards.choices import Carrying
from crossforce.boards.rules import called
from crossforce.boards.rules.motions import Law, Motion, Taken
from crossforce.boards.rules.reasons import Reason
from crossforce.boards.rules.wants import weighed
from crossforce.kernel.civil import day_of
from crossforce.kernel.money import in_pounds
from crossforce.organisations.choices import OrganisationKind
from crossforce.organisations.directory import Directory

BOARDS = (OrganisationKind.BOARD, OrganisationKind.JOINT_COMMITTEE, OrganisationKind.GROUP)


@dataclass(frozen=True, slots=True)
class Authority:
    """Who must agree, how many of them, and whether they do so as a board or as legal persons."""

    carrying: Carrying
    answer: ApprovalAnswer

    @property
    def why(self) -> Citation:
        """The clause that says so."""
        return self.answer.why


def authority(motion: Motion, taken: Taken, law: Law) -> Authority:
    """Whose agreement carries the motion at the instant at which it was taken."""
    if motion.is_procedural:
        own = tuple(sorted(taken.bodies))
        return Authority(
            Carrying.BOARD, ApprovalAnswer(own, 1, Citation("the board's own business"))
        )
    answer = approvers(
        law.terms,
        motion.decision,
        weighed(motion.pence, motion.wants),
        law.as_of(taken),
        law.directory,
    )
    is_board = bool(answer.who) and all(is_a_board(code, law.directory) for code in answer.who)
    return Authority(Carrying.BOARD if is_board else Carrying.PERSONS, answer)


def not_this_board(
    motion: Motion, taken: Taken, law: Law, found: Authority
) -> Iterator[Reason]:
    """Why the motion is not this board's to decide, if it is not.

    A board decides what an approval clause gives it by name; otherwise what it governs on that day. What
    binds nobody is put to a board that governs any of it.
    """
    if motion.is_procedural:
        yield from _of_another_board(motion, taken, law)
        return
    if found.carrying is Carrying.BOARD:
        if not set(found.answer.who) <= taken.bodies:
            who = called.bodies(found.answer.who, law.directory, day_of(taken.at))
            yield Reason(f"This is for {who} to decide", "Put it to that board.", found.why)
        return
    for function, governing in _governing(motion, taken, law):
        if frozenset(governing.bodies) != taken.bodies:
            yield _governed_by(function, governing, taken, law)


def _of_another_board(motion: Motion, taken: Taken, law: Law) -> Iterator[Reason]:
    found = list(_governing(motion, taken, law))
    if all(frozenset(governing.bodies) != taken.bodies for _, governing in found):
        yield from (_governed_by(*each, taken, law) for each in found[:1])


def _governing(motion: Motion, taken: Taken, law: Law) -> Iterator[tuple[str, GoverningAnswer]]:
    for function in motion.functions or law.terms.functions:
        yield function, governing_body(law.terms, function, law.as_of(taken), law.directory)


def _governed_by(function: str, governing: GoverningAnswer, taken: Taken, law: Law) -> Reason:
    named = called.bodies(governing.bodies, law.directory, day_of(taken.at))
    who = named or "nobody that a clause names"
    words = f"On that day “{called.function(function)}” is governed by {who}"
    return Reason(words, "Put it to that board.", governing.why)


def exceeded(motion: Motion, taken: Taken, law: Law) -> Iterator[Reason]:
    """The limits of the agreement that the motion is beyond, each with its clause."""
    for term, rule in law.terms.in_force(ApprovalRule, law.as_of(taken)):
        limit = rule.up_to_pence
        if rule.decision == motion.decision and limit is not None and motion.pence > limit:
            who = called.whoever(rule, law.directory, day_of(taken.at))
            words = f"{in_pounds(motion.pence)} is beyond the {in_pounds(limit)} that {who}"
            cited = Citation(who, term.clause, term.heading, term.assumed, term.source, term.id)
            yield Reason(f"{words} may decide", why=cited)


def is_a_board(code: str, directory: Directory) -> bool:
    """Whether the organisation is one that decides by the votes of its seats."""
    found = directory.get(code)
    return found is not None and found.kind in BOARDS
