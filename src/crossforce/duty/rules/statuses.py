"""The national status codes, and what they say of availability."""

from dataclasses import dataclass
from datetime import date

from crossforce.kernel import rulepacks
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Status:
    """One code. `assignable` is "yes", "warn" or "no"; `is_on` whether it is on duty at all."""

    code: str
    title: Words
    is_on: bool
    assignable: str


def statuses(on: date) -> dict[str, Status]:
    """The codes of the day."""
    return {
        code: Status(code, Words(en=row["en"], cy=row["cy"]), row["is_on"], row["assignable"])
        for code, row in rulepacks.load("duty-statuses").under("status", on).items()
    }


def off(on: date) -> set[str]:
    """The codes of those who are not on duty at all."""
    return {code for code, each in statuses(on).items() if not each.is_on}
