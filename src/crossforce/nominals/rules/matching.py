"""Who decides whether two records are of one person, and what may follow on what."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from crossforce.kernel import rulepacks
from crossforce.nominals.choices import Act, Judged, Lean

PACK: Final = "nominals-linkage"


@dataclass(frozen=True, slots=True)
class Stands:
    """Where two records stand before somebody acts; `first_by` confirmed them and waits for somebody else."""

    state: Judged | None = None
    first_by: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """Where they stand afterwards: with `is_first`, one has confirmed and another has to."""

    state: Judged
    is_first: bool = False


def thresholds(on: date) -> tuple[float, float]:
    """From how likely on two records are proposed, and from how likely on somebody looks."""
    pack = rulepacks.load(PACK)
    return float(pack.value("propose-from", on)), float(pack.value("review-from", on))


def fewest(on: date) -> int:
    """Of fewer records nothing is learnt."""
    return int(rulepacks.load(PACK).value("fewest", on))


def is_outgrown(learnt: int, held: int, on: date) -> bool:
    """Whether so many more records are held than a model was learnt from that another is learnt."""
    times = float(rulepacks.load(PACK).value("learn-anew-from", on))
    return held >= max(fewest(on), times * learnt)


def needs_two(on: date, *, is_across: bool, lean: str) -> bool:
    """Whether two people confirm: by the rule of the day, across holders, or where no weight proposes it."""
    rule: Mapping[str, Any] = rulepacks.load(PACK).value("two-people", on)
    return bool((rule["across"] and is_across) or (rule["review"] and lean != Lean.PROPOSE))


def refusal(act: Act, before: Stands, *, reason: str, by: Set[str], is_two: bool) -> str:
    """Why somebody may not do this now; empty where they may. `by` are all names of the human who acts."""
    if act in (Act.REFUSE, Act.WITHDRAW) and not reason.strip():
        return "Say why."
    if act is Act.WITHDRAW:
        is_decided = before.state in (Judged.CONFIRMED, Judged.REFUSED)
        return "" if is_decided else "There is no decision to withdraw."
    if before.state in (Judged.CONFIRMED, Judged.REFUSED):
        return f"These two are {before.state} already. Withdraw that first."
    if act is Act.CONFIRM and is_two and before.first_by in by:
        return "You have confirmed these two. Somebody else has to confirm them as well."
    return ""


def stays(act: Act, before: Stands, *, reason: str, was: str) -> bool:
    """Whether all stays as it is: leaving for later takes nothing from whoever confirmed, and no reason away."""
    if act is not Act.LEAVE or before.state is not Judged.PROPOSED:
        return False
    return bool(before.first_by) or reason.strip() in ("", was)


def following(act: Act, before: Stands, *, is_two: bool) -> Next:
    """What follows from an act that is not refused."""
    match act:
        case Act.CONFIRM if is_two and not before.first_by:
            return Next(Judged.PROPOSED, is_first=True)
        case Act.CONFIRM:
            return Next(Judged.CONFIRMED)
        case Act.REFUSE:
            return Next(Judged.REFUSED)
        case Act.WITHDRAW:
            return Next(Judged.WITHDRAWN)
        case Act.LEAVE:
            return Next(Judged.PROPOSED)
