"""Disclosure of unused material: Criminal Procedure and Investigations Act 1996, its Code of Practice, and the Attorney General's Guidelines.

Every relevant item that is not used stands on one of two schedules: what is not sensitive on MG6C, which the defence is given, and
what is sensitive on MG6D, which it is not. Material of some kinds, such as crime reports and notebooks, is presumed to meet the
test, until the prosecutor decided that it does not.
"""

from dataclasses import dataclass

from crossforce.evidence.choices import Decision, Schedule, Test


@dataclass(frozen=True, slots=True)
class Standing:
    """What of an item of unused material decides what may be done with it."""

    number: int
    schedule: Schedule
    test: Test = Test.NONE
    is_presumed: bool = False
    is_reopened: bool = False
    decision: Decision = Decision.NONE

    @property
    def label(self) -> str:
        """Where it stands, as it is cited."""
        return f"{self.schedule.value.upper()}/{self.number}"

    @property
    def asks_the_prosecutor(self) -> bool:
        """Whether the prosecutor has to decide: it may meet the test, is to be inspected, or is presumed to meet it."""
        return self.is_presumed or self.test in {Test.MAY_MEET, Test.INSPECT}

    @property
    def waits_for_prosecutor(self) -> bool:
        """Whether it was tested, and nothing keeps the prosecutor from the decision that is still to come."""
        is_tested = bool(self.test) and not self.is_reopened
        return is_tested and self.asks_the_prosecutor and not self.decision

    @property
    def goes_to_the_defence(self) -> bool:
        """Whether the prosecutor decided that it is disclosed, and nothing since asks for another look."""
        return (
            self.schedule == Schedule.NOT_SENSITIVE
            and self.decision == Decision.DISCLOSE
            and not self.is_reopened
        )


def refusal_to_decide(item: Standing, decision: Decision) -> str | None:
    """Why a prosecutor's decision cannot be written down for it, or None."""
    if item.test == Test.NONE:
        return "The disclosure test is not recorded for it yet. The disclosure officer records it first."
    if item.is_reopened:
        return (
            "It is to be looked at again. The disclosure officer records the test anew first."
        )
    if item.schedule == Schedule.SENSITIVE and decision == Decision.DISCLOSE:
        return "It is on MG6D, which the defence is not given. Put it on MG6C first."
    if item.schedule == Schedule.NOT_SENSITIVE and decision == Decision.WITHHELD:
        return "Only a court lets sensitive material be withheld, and this is on MG6C. Put it on MG6D first, and say why it is sensitive."
    return None


def refusal_to_certify(items: list[Standing]) -> str | None:
    """Why a disclosure officer cannot certify the schedules, or None."""
    if not items:
        return "No unused material is scheduled."
    untested = [each.label for each in items if each.test == Test.NONE]
    if untested:
        return f"The disclosure test is not recorded for {_named(untested)}."
    reopened = [each.label for each in items if each.is_reopened]
    if reopened:
        return f"To be looked at again: {_named(reopened)}."
    return None


def refusal_to_give(items: list[Standing]) -> str | None:
    """Why the defence is given no bundle yet, or None: the prosecutor decides first, on all that may meet the test."""
    waiting = [
        each.label
        for each in items
        if each.asks_the_prosecutor and (each.is_reopened or not each.decision)
    ]
    if waiting:
        return f"The prosecutor has not decided on {_named(waiting)}. Write the decision down first."
    return None


def _named(labels: list[str]) -> str:
    shown = ", ".join(labels[:10])
    return f"{shown} and {len(labels) - 10} more" if len(labels) > 10 else shown
