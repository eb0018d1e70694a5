"""Offices that sit on boards, as the rule pack has them: whom a vote binds, and who may sit instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crossforce.boards.choices import ANY_SEAT
from crossforce.kernel.rulepacks import RulePack
from crossforce.kernel.words import Words

SPEAKS_FOR = ("chief-officer", "policing-body", "itself")


@dataclass(frozen=True, slots=True)
class Office:
    """An office: what a quorum counts it as, for whom it speaks, and who may sit in its place.

    `is_binding` is whether a vote of the office alone gives the agreement of whom it speaks for.
    """

    code: str
    title: Words
    type: str
    speaks_for: str
    is_binding: bool
    alternates: tuple[str, ...] = ()

    def counts_as(self, wanted: str) -> bool:
        """Whether a quorum of that office, office type or of any seat counts this one."""
        return wanted in (self.code, self.type, ANY_SEAT)


@dataclass(frozen=True, slots=True)
class Offices:
    """Every office of the rule pack, by code."""

    known: Mapping[str, Office]

    def office(self, code: str) -> Office:
        """The office; one that the pack does not know speaks for its own organisation and binds nobody."""
        return self.known.get(code) or _unknown(code)


def offices(pack: RulePack, on: date) -> Offices:
    """The offices of the rule pack that hold on the day. Raises ValueError for a malformed row."""
    rows = {rule.key: rule.value for rule in pack.rule if rule.applies(on)}
    return Offices({code: _read(code, row) for code, row in rows.items()})


def _read(code: str, row: Mapping[str, object]) -> Office:
    if row.get("speaks_for") not in SPEAKS_FOR:
        raise ValueError(f"office {code!r} speaks for one of {', '.join(SPEAKS_FOR)}")
    alternates = row.get("alternates")
    return Office(
        code=code,
        title=Words(en=str(row["en"]), cy=str(row["cy"])),
        type=str(row["type"]),
        speaks_for=str(row["speaks_for"]),
        is_binding=bool(row["binds"]),
        alternates=tuple(alternates) if isinstance(alternates, list | tuple) else (),
    )


def _unknown(code: str) -> Office:
    words = code.replace("-", " ").capitalize()
    return Office(code, Words(en=words), code, "itself", is_binding=False)
