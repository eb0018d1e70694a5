"""Names for what duties call by a code: forces, units, functions, skills; and words for availability."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from crossforce.agreements import catalogues
from crossforce.duty.choices import Absence, What
from crossforce.duty.queries import OnDuty
from crossforce.duty.rules import statuses
from crossforce.duty.rules.board import Availability
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, rulepacks, subjects
from crossforce.kernel.web import dates, jinja
from crossforce.organisations import api as organisations
from crossforce.people import api as people

AVAILABILITY: Final = {
    Availability.AVAILABLE: ("Available", "green"),
    Availability.COMMITTED: ("Committed, deployable", "yellow"),
    Availability.ON_CALL: ("On call", "blue"),
    Availability.NOT_AVAILABLE: ("Not available", "grey"),
}
BARRED: Final = "barred"
MARKS: Final = {
    **{code.value: said for code, (said, _) in AVAILABILITY.items()},
    BARRED: "Deployable, but not with every authority",
    "several": "Several",
}
"""What stands beside the marks of a map, in their order."""
WHAT: Final = {What.DUTY: "On duty", What.ON_CALL: "On call", What.ABSENCE: "Away"}
ABSENCE: Final = {
    Absence.LEAVE: "leave",
    Absence.TRAINING: "training",
    Absence.COURT: "court",
    Absence.AWAY: "away",
}
PLAIN: Final = {"officer", "handler", "member"}
"""Words of a role that say nothing of what somebody does, or in which rank."""

STEM: Final = 9


@dataclass(frozen=True, slots=True)
class Names:
    """Names by code, as of a day; a code that nothing names is read out."""

    forces: Mapping[str, str]
    units: Mapping[str, str]
    functions: Mapping[str, str]
    skills: Mapping[str, str]
    authorities: Mapping[str, str]
    statuses: Mapping[str, str]
    roles: Mapping[str, str]
    availability: Mapping[str, tuple[str, str]]

    def force(self, code: str) -> str:
        return self.forces.get(code) or read_out(code)

    def unit(self, code: str) -> str:
        return self.units.get(code) or read_out(code) or "No unit"

    def function(self, code: str) -> str:
        return self.functions.get(code) or read_out(code)

    def skill(self, code: str) -> str:
        return self.skills.get(code) or read_out(code)

    def authority(self, code: str) -> str:
        return self.authorities.get(code) or read_out(code)

    def role(self, code: str, function: str = "") -> str:
        """The role in words; nothing where it says no more than the function beside it."""
        said = {_stem(word) for word in function.split("-") if word}
        if said and all(_stem(word) in said or word in PLAIN for word in code.split("-")):
            return ""
        return self.roles.get(code) or read_out(code)

    def status(self, code: str) -> str:
        return self.statuses.get(code, code)


def names(forces: Iterable[str], units: Iterable[str], on: date) -> Names:
    """Names for these forces and units, and of every function, skill and authority of the day."""
    held = organisations.directory()
    known = {code: held.get(code) for code in forces}
    rows = organisations.Unit.objects.filter(code__in=list(units))
    return Names(
        forces={code: jinja.in_language(each.name) for code, each in known.items() if each},
        units={row.code: row.name_en for row in rows},
        functions={code: jinja.in_language(w) for code, w in catalogues.functions().items()},
        skills={code: jinja.in_language(i.title) for code, i in people.skills(on).items()},
        authorities={
            code: jinja.in_language(i.title) for code, i in people.authorities(on).items()
        },
        statuses={
            code: jinja.in_language(s.title) for code, s in statuses.statuses(on).items()
        },
        roles={code: jinja.in_language(i.title) for code, i in people.roles(on).items()},
        availability={code.value: words for code, words in AVAILABILITY.items()},
    )


def mark(row: OnDuty) -> str:
    """By which mark somebody stands on a map."""
    return BARRED if row.is_barred else str(row.availability)


def since(row: OnDuty, at: datetime) -> str:
    """What became of a duty after the instant of a board of the past."""
    entry = row.entry
    if entry.cancelled_at:
        return f"Cancelled since, {dates.instant(entry.cancelled_at)}"
    if entry.created_at > at:
        return f"Recorded since, {dates.instant(entry.created_at)}"
    return f"Changed since, {dates.instant(entry.changed_at)}" if entry.changed_at > at else ""


def then(row: OnDuty, named: Names) -> list[str]:
    """What a duty said at the instant of a board of the past, where it says something else now."""
    was = row.then
    if was is None:
        return []
    said = {
        "staff": ("Who", f"{was.name}, {was.number}"),
        "what": ("What", WHAT[What(was.what)]),
        "starts_at": ("From", dates.instant(was.starts_at)),
        "ends_at": ("Until", dates.instant(was.ends_at)),
        "unit": ("Unit", named.unit(was.unit)),
        "function": ("Function", named.function(was.function)),
        "call_sign": ("Call sign", was.call_sign),
        "role": ("Role", named.role(was.role)),
        "location": ("Where", was.location),
        "status": ("Status", named.status(was.status)),
    }
    return [f"{said[name][0]}: {said[name][1] or 'none'}" for name in row.differs]


def _stem(word: str) -> str:
    """A word without its ending, so that a dog handler is one of the dogs."""
    return word.rstrip("s")[:STEM]


def read_out(code: str) -> str:
    """A code that nothing names, in words."""
    return code.replace("-", " ").capitalize()


def missing(reason: insight.Reason) -> str:
    """What would have to be so for a clause to let somebody see duties."""
    on = civil.day_of(clock.now())
    known = {code: jinja.in_language(item.title) for code, item in people.roles(on).items()}
    purposes = rulepacks.load("purposes").under("purpose", on)
    said = {
        "period": f"it holds {_period(reason)}",
        "unit": f"it is for people acting in {_listed(_units(reason.units))}",
        "role": f"it is for {_listed(known.get(r, read_out(r)) for r in reason.roles)}",
        "purpose": "it is for the purpose "
        + _listed(purposes[p]["en"] if p in purposes else read_out(p) for p in reason.purposes),
        "action": "it does not let anybody read",
    }
    subject = f"agreement:{reason.agreement}"
    title = subjects.names_of([subject])[subject]
    lacks = "; ".join(said[name] for name in reason.missing if name in said)
    return f"{title}, clause {reason.clause}: {lacks}."


def nearest(empty: insight.Explanation) -> list[str]:
    """What is missing for the clauses that come nearest to showing somebody, each said once."""
    return list(dict.fromkeys(map(missing, empty.nearest[:12])))[:3]


def _units(codes: Iterable[str]) -> list[str]:
    rows = organisations.Unit.objects.filter(code__in=list(codes))
    named = {row.code: row.name_en for row in rows}
    return [named.get(code, read_out(code)) for code in codes]


def _listed(names: Iterable[str]) -> str:
    return " or ".join(names)


def _period(reason: insight.Reason) -> str:
    ends = reason.holds.ends_at
    until = f" until {dates.instant(ends)}" if ends else ""
    return f"from {dates.instant(reason.holds.starts_at)}{until}"
