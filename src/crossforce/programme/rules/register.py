"""The register of ideas and collaborations: what an entry is, and how it moves from stage to stage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from crossforce.programme.choices import Stage
from crossforce.programme.rules.collaboration import Verdict

MOVES: Final[Mapping[Stage, tuple[Stage, ...]]] = {
    Stage.IDEA: (Stage.SCOPING, Stage.DROPPED),
    Stage.SCOPING: (Stage.BUSINESS_CASE, Stage.IDEA, Stage.DROPPED),
    Stage.BUSINESS_CASE: (Stage.AGREEMENT, Stage.SCOPING, Stage.DROPPED),
    Stage.AGREEMENT: (Stage.LIVE, Stage.BUSINESS_CASE, Stage.DROPPED),
    Stage.LIVE: (Stage.REVIEWED, Stage.DROPPED),
    Stage.REVIEWED: (Stage.LIVE, Stage.DROPPED),
    Stage.DROPPED: (Stage.IDEA,),
}
"""Where an entry may go from each stage."""

FORWARD: Final = (
    Stage.IDEA, Stage.SCOPING, Stage.BUSINESS_CASE, Stage.AGREEMENT, Stage.LIVE, Stage.REVIEWED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One idea or collaboration, as its holder's register has it. `owner` is an office; `key` leads to its page."""

    reference: str
    title: str
    holder: str
    stage: Stage
    description: str = ""
    forces: tuple[str, ...] = ()
    function: str = ""
    owner: str = ""
    agreement: str = ""
    entered_on: date | None = None
    looked_on: date | None = None
    key: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Move:
    """What is known when an entry is to move: the test's verdict, and whether its agreement is in force.

    `has_case` is that the full business case passed its gate; `review` is what a review concluded.
    """

    to: Stage
    verdict: Verdict
    has_case: bool = False
    is_in_force: bool = False
    review: str = ""
    reason: str = ""


def lacking(entry: Entry, move: Move) -> list[str]:
    """What stands against the move, in words; nothing where it may be made.

    Going forward, an entry needs what its next stage stands on. Going back or being dropped needs a
    reason, and so does being taken up again.
    """
    if move.to not in MOVES[entry.stage]:
        ways = ", ".join(MOVES[entry.stage])
        return [f"an entry at {entry.stage} goes to {ways}, and not to {move.to}"]
    if not _is_forward(entry.stage, move.to):
        return [] if move.reason.strip() else [f"no reason is given for going to {move.to}"]
    return _needs(entry, move)


def _is_forward(stage: Stage, to: Stage) -> bool:
    if Stage.DROPPED in (stage, to):
        return False
    return FORWARD.index(to) > FORWARD.index(stage) or stage is Stage.REVIEWED


def _needs(entry: Entry, move: Move) -> list[str]:
    of_stage = {
        Stage.SCOPING: _for_scoping,
        Stage.BUSINESS_CASE: _for_business_case,
        Stage.AGREEMENT: _for_agreement,
        Stage.LIVE: _for_live,
        Stage.REVIEWED: _for_reviewed,
    }
    return of_stage[move.to](entry, move)


def _for_scoping(entry: Entry, _move: Move) -> list[str]:
    lacks = [] if entry.owner else ["no owner is named"]
    return lacks if len(set(entry.forces)) > 1 else [*lacks, "fewer than two bodies are named"]


def _for_business_case(entry: Entry, move: Move) -> list[str]:
    lacks = _for_scoping(entry, move)
    why = move.verdict.reason.rstrip(".")
    return lacks if move.verdict.is_passed else [*lacks, why[:1].lower() + why[1:]]


def _for_agreement(entry: Entry, move: Move) -> list[str]:
    lacks = _for_business_case(entry, move)
    if not move.has_case:
        lacks.append("its full business case has not passed its gate")
    return lacks if entry.agreement else [*lacks, "the draft agreement is not named"]


def _for_live(entry: Entry, move: Move) -> list[str]:
    if not entry.agreement:
        return ["no agreement is named"]
    return [] if move.is_in_force else [f"the agreement {entry.agreement} is not in force"]


def _for_reviewed(_entry: Entry, move: Move) -> list[str]:
    return [] if move.review.strip() else ["what the review concluded is not said"]
