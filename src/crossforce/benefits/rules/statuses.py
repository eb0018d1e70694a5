"""Where a benefit stands, which moves are open from there, and what each needs."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from crossforce.benefits.choices import BenefitClass, Light, Status
from crossforce.benefits.rules.baselines import refusal_to_freeze
from crossforce.benefits.rules.lights import Signal
from crossforce.benefits.rules.practice import Practice
from crossforce.benefits.rules.profile import Profile, lacks
from crossforce.kernel.civil import add_months

RUNNING: Final = frozenset({Status.ON_TRACK, Status.AT_RISK, Status.LATE, Status.UNDER_WAY})
"""Statuses of a benefit that is under way: the first three are what its light says of it."""

KEPT: Final = tuple(each for each in Status if each not in RUNNING or each is Status.UNDER_WAY)
"""Statuses that a benefit is moved to."""

MOVES: Final[dict[Status, frozenset[Status]]] = {
    Status.IDENTIFIED: frozenset({Status.PLANNED, Status.LOST}),
    Status.PLANNED: frozenset({Status.UNDER_WAY, Status.LOST}),
    **dict.fromkeys(RUNNING, frozenset({Status.REALISED, Status.LOST})),
    Status.REALISED: frozenset({Status.SUSTAINED, Status.LOST}),
    Status.SUSTAINED: frozenset({Status.CLOSED, Status.LOST}),
    Status.LOST: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset(),
}

BY_LIGHT: Final = {
    Light.GREEN: Status.ON_TRACK,
    Light.BLUE: Status.ON_TRACK,
    Light.NONE: Status.ON_TRACK,
    Light.AMBER: Status.AT_RISK,
    Light.RED: Status.LATE,
}
"""Where a benefit that is under way stands, by its light."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a move is judged by: the benefit, its light, the day, and what whoever moves it says."""

    profile: Profile
    signal: Signal
    on: date
    reason: str = ""
    is_frozen: bool = False


def refusal_to_move(status: Status, to: Status, case: Case, practice: Practice) -> str:
    """Why a benefit cannot be moved from one status to another now; empty when it can."""
    if to not in MOVES[status]:
        open_moves = " or ".join(sorted(MOVES[status])) or "nothing: it is closed"
        return f"From {status} a benefit moves to {open_moves}, not to {to}."
    if to is Status.PLANNED:
        return next(iter(lacks(case.profile)), "")
    if to is Status.UNDER_WAY:
        return "" if case.is_frozen else refusal_to_freeze(case.profile, case.on)
    if to in (Status.LOST, Status.CLOSED):
        return "" if case.reason.strip() else f"Say why it is {to}."
    return _of_success(to, case, practice)


def _of_success(to: Status, case: Case, practice: Practice) -> str:
    if case.profile.benefit_class is BenefitClass.QUALITATIVE:
        return "" if case.reason.strip() else "Say by which evidence it is realised."
    if case.signal.light is not Light.BLUE:
        return (
            f"Its light is {case.signal.light} ({case.signal.words}): it is {to} when all that was"
            " promised has come."
        )
    if to is Status.REALISED or case.profile.ends_on is None:
        return ""
    from_on = add_months(case.profile.ends_on, practice.sustained_after)
    if case.on >= from_on:
        return ""
    return f"It is sustained when it still holds on {from_on:%-d %B %Y}, not before."


def due_status(status: Status, signal: Signal) -> Status:
    """Where a benefit that is under way stands by its light; any other stays where it is."""
    return BY_LIGHT[signal.light] if status in RUNNING else status
