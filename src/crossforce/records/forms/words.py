"""What codes of records are called where people read and choose them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from crossforce.kernel import rulepacks
from crossforce.kernel.civil import day_of
from crossforce.kernel.clock import now
from crossforce.records.choices import (
    NOT_KNOWN,
    Disposal,
    Group,
    ProposalState,
    Purpose,
    Relation,
)

PURPOSES: Final[dict[str, str]] = {
    Purpose.LIFE: "Protecting life and property",
    Purpose.ORDER: "Preserving order",
    Purpose.PREVENTION: "Preventing offences",
    Purpose.JUSTICE: "Bringing offenders to justice",
    Purpose.DUTY: "A duty from common law or statute",
}
RELATIONS: Final = {
    Relation.CONCERNS: "concerns",
    Relation.SUPPORTS: "supports",
    Relation.FOLLOWS: "follows from",
    Relation.DUPLICATES: "duplicates",
    Relation.COMBINES: "combines",
    Relation.NEEDS: "needs, for as long as it is kept itself,",
}
NO_GROUP: Final = "None: kept by the schedule of its kind"
UNKNOWN: Final = "Not known yet"
DISPOSALS: Final = {Disposal.KEPT: "Kept", Disposal.PROPOSED: "Disposal proposed"}
STATES: Final = {
    ProposalState.OPEN: "Waits for an answer",
    ProposalState.ACCEPTED: "Accepted",
    ProposalState.REFUSED: "Refused",
}


def group_said(code: str) -> str:
    """A review group as its record shows it."""
    return dict(groups()).get(code, code)


def groups() -> list[tuple[str, str]]:
    """The review groups, in words."""
    pack = rulepacks.load("retention-schedules")
    on = day_of(now())
    return [("", NO_GROUP), *((each.value, _group(pack, each, on)) for each in Group if each)]


def _group(pack: rulepacks.RulePack, group: Group, on: date) -> str:
    rule = pack.value(f"police-information-group-{group}", on)
    return f"{rule['title']['en']}: {rule['keep']}"


LABELS: Final = {
    "purposes": "Policing purpose",
    "source_system": "Source system",
    "source_reference": "Reference in that system",
    "review_group": "Review group",
    "review_due": "Review due",
    "disposal": "Disposal",
}


def said(name: str, value: Any, known: Mapping[str, str]) -> Any:
    """The value of a field with names in place of codes; `known` names collections."""
    if name == "purposes":
        return [PURPOSES.get(each, each) for each in value or ()]
    if name == "disposal":
        return DISPOSALS.get(value, value)
    if name == "review_due" and value == NOT_KNOWN:
        return UNKNOWN
    if name == "review_group":
        return group_said(value) if value is not None else ""
    if name == "collection":
        return known.get(value, value)
    return value
