"""What every part of the compiler needs to know of the document it works on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crossforce.agreements.compile.dates import NeverValid, Validity, validity
from crossforce.agreements.document import AgreementDocument, Function, Participation, Unit
from crossforce.agreements.document.values import Dated
from crossforce.agreements.findings import Finding
from crossforce.agreements.terms import Span
from crossforce.kernel.periods import Period, merged
from crossforce.kernel.rulepacks import RulePack
from crossforce.organisations.directory import Directory

TAKING_PART = frozenset({"in", "partial", "as-tasked"})
"""Statuses by which a force takes part; exploring, planned, linked and out do not count."""


@dataclass(frozen=True, slots=True)
class Row:
    """One force in one function, with the days it holds."""

    function: Function
    row: Participation
    force: str
    validity: Validity

    @property
    def counts(self) -> bool:
        """Whether the force takes part by it."""
        return self.row.status in TAKING_PART


@dataclass
class Workings:
    """The document in hand, its participation worked out, and the problems found so far."""

    document: AgreementDocument
    directory: Directory
    all_wales: RulePack
    problems: list[Finding] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    units: Mapping[str, Unit] = field(default_factory=dict)
    functions: tuple[str, ...] = ()

    def problem(self, rule: str, message: str, remedy: str, clause: str | None = None) -> None:
        """Notes that the document has no one meaning here."""
        self.problems.append(
            Finding("error", f"compile.{rule}", message, remedy, clause=clause)
        )

    def validity(self, what: str, clause: str | None, *rows: Dated) -> Validity | None:
        """The days the rows share with the agreement's own; None, and a problem, if none."""
        try:
            return validity(self.document, *rows)
        except NeverValid as error:
            self.problem(
                "never-valid",
                f"{what} is never valid: {error}.",
                "Bring its dates within the dates of what it belongs to, or take it out.",
                clause,
            )
            return None

    def named(self, functions: Iterable[str], what: str, clause: str | None) -> tuple[str, ...]:
        """These functions, or all of the document where none are named."""
        named = tuple(functions)
        for code in sorted(set(named) - set(self.functions)):
            self.problem(
                "no-such-function",
                f"{what} names the function {code}, which this agreement has not.",
                f"Name one of: {', '.join(self.functions) or 'none is written yet'}.",
                clause,
            )
        return named or self.functions

    def taking_part(self, functions: Iterable[str], within: Period) -> tuple[Span, ...]:
        """The forces that take part in any of the functions, and when, within a period."""
        wanted = set(functions)
        held: dict[str, list[Period]] = {}
        for row in self.rows:
            both = row.validity.period.intersection(within)
            if row.counts and row.function.code in wanted and both:
                held.setdefault(row.force, []).append(both)
        return tuple(
            Span(organisation=force, period=period)
            for force in sorted(held)
            for period in merged(held[force])
        )

    def functions_of(self, unit: str) -> tuple[str, ...]:
        """The functions of a unit: its own, else those of the unit it is part of, else all."""
        seen: set[str] = set()
        code: str | None = unit
        while code and code in self.units and code not in seen:
            seen.add(code)
            if self.units[code].functions:
                return self.units[code].functions
            code = self.units[code].part_of
        return self.functions

    def staffing(self, unit: str, within: Period) -> tuple[Span, ...]:
        """Whose staff are in the unit when: those taking part, or the forces it names.

        A named force counts while it takes part; one that never does, for the whole period.
        """
        taking = self.taking_part(self.functions_of(unit), within)
        named = self.units[unit].staffed_by
        if not named:
            return taking
        held = [span for span in taking if span.organisation in named]
        never = set(named) - {span.organisation for span in held}
        always = [Span(organisation=each, period=within) for each in never]
        return tuple(
            sorted(
                [*held, *always], key=lambda each: (each.organisation, each.period.starts_at)
            )
        )
