"""What an effect wants of the decision that it follows from: its kind, and its sum."""

from dataclasses import dataclass
from typing import Final

from crossforce.boards.rules.reasons import Reason
from crossforce.kernel.money import in_pounds

OF_ANY_VALUE: Final = 10**18
"""In pence, more than any limit of a clause: what has no sum is never small enough for one."""


@dataclass(frozen=True, slots=True)
class Wants:
    """What an effect wants; `title` names it.

    `is_priced` is whether it has a sum at all; `pence` is that sum, None where nothing says it yet.
    """

    title: str
    decision: str
    is_priced: bool = False
    pence: int | None = None


def mismatch(decision: str, pence: int, wants: Wants | None) -> Reason | None:
    """Why a decision of this kind and value cannot do what is wanted of it; None where it can."""
    if wants is None:
        return None
    if decision != wants.decision:
        return Reason(
            f"“{wants.title}” follows from a decision of the kind {_kind(wants.decision)} and this is {_kind(decision) or 'of none'}",
            f"Write a paper of the kind {_kind(wants.decision)}.",
        )
    if not wants.is_priced and pence:
        words = f"“{wants.title}” has no sum of its own and the paper says {in_pounds(pence)}"
        return Reason(words, "Leave the sum out, and ask for money by a paper of its own.")
    if wants.pence is not None and pence != wants.pence:
        words = f"“{wants.title}” is of {in_pounds(wants.pence)} and the paper says {in_pounds(pence)}"
        return Reason(words, "Write a paper of that sum.")
    return None


def _kind(code: str) -> str:
    return code.replace("-", " ")


def weighed(pence: int, wants: Wants | None) -> int:
    """The value that approval clauses judge it by: what has no sum is for those without a limit."""
    return OF_ANY_VALUE if wants and not wants.is_priced else pence
