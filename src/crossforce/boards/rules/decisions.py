"""Whether a board has decided: its paper was out, it was quorate, it was its to decide, and enough agreed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crossforce.boards.choices import Carrying, How, Vote
from crossforce.boards.rules import called
from crossforce.boards.rules.authority import (
    Authority,
    authority,
    exceeded,
    not_this_board,
)
from crossforce.boards.rules.motions import Law, Motion, Taken
from crossforce.boards.rules.quorums import Quorum, quorum
from crossforce.boards.rules.reasons import Reason
from crossforce.boards.rules.rolls import refusals
from crossforce.boards.rules.votes import Tally, agreed, tally
from crossforce.boards.rules.wants import mismatch, weighed
from crossforce.kernel.civil import day_of
from crossforce.kernel.money import in_pounds


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of a motion. It is decided only where nothing stands in the way.

    `agreeing` are the legal persons that agreed, where persons carry it. `late` is whether the paper
    came after it was due, which is shown and refuses nothing.
    """

    motion: Motion
    taken: Taken
    authority: Authority
    quorum: Quorum
    tally: Tally
    agreeing: frozenset[str]
    reasons: tuple[Reason, ...]
    late: bool = False

    @property
    def is_decided(self) -> bool:
        """Whether the motion is validly carried."""
        return not self.reasons

    @property
    def takes_effect_on(self) -> date | None:
        """The first day of its effect: the day that it names, never before it was decided."""
        if not self.is_decided or self.motion.is_procedural:
            return None
        decided_on = day_of(self.taken.at)
        return max(decided_on, self.motion.effect_on or decided_on)


def judge(motion: Motion, taken: Taken, law: Law) -> Judgement:
    """What came of the motion, with every reason that stands in its way and the clause of each."""
    found = authority(motion, taken, law)
    enough = quorum(taken.roll, motion.reference, taken.quorum, law.practice.quorum_more_than)
    count = tally(taken.roll, motion.reference, taken.votes)
    persons = agreed(
        taken.roll, motion.reference, taken.votes, found.answer.who, taken.consents
    )
    reasons = (
        *refusals(taken.roll, law.directory, day_of(taken.at)),
        *_paper(motion, taken),
        *_wanted(motion),
        *not_this_board(motion, taken, law, found),
        *_manner(motion, taken, law, enough),
        *_carried(motion, taken, law, found, count, persons),
    )
    late = _is_late(motion, taken, law)
    return Judgement(motion, taken, found, enough, count, persons, reasons, late)


def _paper(motion: Motion, taken: Taken) -> Iterator[Reason]:
    if motion.is_procedural:
        if motion.pence:
            yield Reason(
                f"{in_pounds(motion.pence)} is asked for by no kind of decision",
                "Write a paper that names the kind.",
            )
        return
    if motion.paper_out_at is None:
        yield Reason(f"No paper for “{motion.title}” was sent out", "Send it and decide again.")
    elif motion.paper_out_at > taken.at:
        yield Reason(
            f"The paper for “{motion.title}” went out only after the vote", "Decide it again."
        )


def _wanted(motion: Motion) -> Iterator[Reason]:
    """Another kind or sum than the effect wants is no decision of it: other clauses would have judged it."""
    found = mismatch(motion.decision, motion.pence, motion.wants)
    if found is not None:
        yield found


def _is_late(motion: Motion, taken: Taken, law: Law) -> bool:
    if motion.paper_out_at is None or taken.how is not How.MEETING:
        return False
    due = law.days.before(day_of(taken.at), law.practice.papers_working_days)
    return day_of(motion.paper_out_at) > due


def _manner(motion: Motion, taken: Taken, law: Law, enough: Quorum) -> Iterator[Reason]:
    if taken.how is How.URGENT:
        yield from _urgent(motion, taken, law)
        return
    yield from enough.reasons()
    if taken.how is How.WRITTEN:
        yield from _written(motion, taken, law)


def _written(motion: Motion, taken: Taken, law: Law) -> Iterator[Reason]:
    """In writing every seat has been asked, and has answered or had its time.

    Nobody is asked before the paper is out, whatever day is given.
    """
    if taken.asked_on is None:
        yield Reason("Nothing says when the seats were asked", "Say when the paper was sent.")
        return
    if taken.asked_on > day_of(taken.at):
        yield Reason("The seats are asked only after it was decided", "Correct the day.")
    out_on = day_of(motion.paper_out_at) if motion.paper_out_at else taken.asked_on
    closes = law.days.after(max(taken.asked_on, out_on), law.practice.written_working_days)
    silent = [seat.code for seat in taken.roll.voting if seat.code not in taken.votes]
    if silent and day_of(taken.at) < closes:
        yield Reason(
            f"{called.seats(silent, taken, law)} may still answer until {closes:%-d %B %Y}",
            "Wait for the answers or for that day.",
        )


def _urgent(motion: Motion, taken: Taken, law: Law) -> Iterator[Reason]:
    """Alone, a seat decides only what is delegated to it, and says why it cannot wait.

    What has no sum is delegated where the board's rules name its kind, and within no sum otherwise.
    """
    if not taken.urgency.strip():
        yield Reason("Nothing says why this cannot wait for a meeting", "Give the reason.")
    given = taken.delegation
    if given is None:
        yield _not_delegated(taken, law)
        return
    who, limit = called.seat(given.seat, taken, law), given.up_to_pence
    if limit is None:
        limit = law.practice.urgent_limit_pence
    if given.decisions and motion.decision not in given.decisions:
        yield Reason(
            f"{who} may not decide {called.kind(motion.decision)} alone", why=given.why
        )
    weight = weighed(motion.pence, motion.wants)
    has_sum = weight == motion.pence
    if weight > limit and (has_sum or motion.decision not in given.decisions):
        what = in_pounds(motion.pence) if has_sum else "What has no sum"
        words = f"{what} is beyond the {in_pounds(limit)} that {who}"
        mend = "Put it to the board."
        if not has_sum:
            mend += (
                " The board's rules let a seat decide it alone by naming"
                f" {called.kind(motion.decision)}."
            )
        yield Reason(f"{words} may decide alone", mend, given.why)
    if taken.votes.get(given.seat) is not Vote.FOR:
        yield Reason(f"{who} has not decided for it")


def _not_delegated(taken: Taken, law: Law) -> Reason:
    if not taken.alone:
        return Reason("Nobody is named as deciding", "Name the seat that decides.")
    chair = "" if taken.chair else ", and name no seat that chairs"
    return Reason(
        f"The board's rules let {called.seat(taken.alone, taken, law)} decide nothing alone{chair}",
        "Put it to the board, or have its rules name what this seat may decide.",
    )


def _carried(
    motion: Motion,
    taken: Taken,
    law: Law,
    found: Authority,
    count: Tally,
    persons: frozenset[str],
) -> Iterator[Reason]:
    if found.carrying is Carrying.PERSONS:
        yield from _outvoted(count)
        yield from _by_persons(motion, taken, law, found, persons)
    elif taken.how is not How.URGENT:
        yield from _by_board(motion, taken, law, count)


def _outvoted(count: Tally) -> Iterator[Reason]:
    """Consents carry nothing past a board that voted it down."""
    if count.against > count.votes_for:
        yield Reason(
            f"{count.votes_for} were for and {count.against} against: the board voted it down",
            "Put it again when more are for it.",
        )


def _by_persons(
    motion: Motion, taken: Taken, law: Law, found: Authority, persons: frozenset[str]
) -> Iterator[Reason]:
    if not found.answer.who:
        yield Reason(
            "Nobody is bound who could agree on that day",
            "Name whom the clause means, such as its lead or host force, in the agreement.",
            found.why,
        )
    elif len(persons) < found.answer.needed:
        yield from exceeded(motion, taken, law)
        missing = [code for code in found.answer.who if code not in persons]
        who = called.bodies(missing, law.directory, day_of(taken.at))
        words = f"{found.answer.needed} must agree and {len(persons)} did; {who}"
        yield Reason(
            f"{words} did not", "Ask for their agreement in writing.", found.answer.why
        )


def _by_board(motion: Motion, taken: Taken, law: Law, count: Tally) -> Iterator[Reason]:
    if taken.how is How.WRITTEN:
        if not count.is_majority_of_seats:
            yield Reason(
                f"{count.votes_for} of {count.seats} seats are for: in writing it takes more than half",
                "Put it to a meeting.",
            )
    elif count.is_tie and taken.casting is not None:
        yield from _by_casting(motion, taken, law)
    elif not count.is_majority_of_cast:
        yield Reason(
            f"{count.votes_for} were for and {count.against} against: it is not carried"
        )


def _by_casting(motion: Motion, taken: Taken, law: Law) -> Iterator[Reason]:
    """A tie is broken by a chair that a rule gives that vote, and that takes part in the item."""
    if not law.chair_casts:
        yield Reason("The vote is a tie and no rule gives the chair a casting vote")
    elif taken.chair not in {seat.code for seat in taken.roll.sitting(motion.reference)}:
        who = called.seat(taken.chair, taken, law) or "nobody that the board's rules name"
        yield Reason(
            f"The vote is a tie and the seat that chairs ({who}) takes no part", "Vote again."
        )
    elif taken.casting is not Vote.FOR:
        yield Reason("The vote is a tie and the chair's casting vote is not for it")
