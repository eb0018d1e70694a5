"""The participation matrix: which force takes part in which function, when, under which agreement."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from crossforce.agreements.document.parts import ParticipationStatus
from crossforce.agreements.terms import CompiledTerms, ParticipationRule
from crossforce.agreements.wording import period_in_words
from crossforce.kernel.periods import Period

WHOLE = "collaboration-as-a-whole"
"""The one function shown for an agreement of which only a notice is published."""

RANK: Mapping[ParticipationStatus, int] = {
    "in": 0, "partial": 1, "as-tasked": 2, "planned": 3, "exploring": 4, "linked": 5, "out": 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Participant:
    """One force in one function of one agreement through a period, as it may be shown."""

    reference: str
    function: str
    force: str
    status: ParticipationStatus
    valid: Period
    disciplines: tuple[str, ...] = ()
    clause: str = ""
    period_en: str = ""
    period_cy: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands where a function's row meets a force's column: the strongest status, and all."""

    status: ParticipationStatus
    participants: tuple[Participant, ...]


def participants_of(
    terms: CompiledTerms, *, notice_only: bool, withheld: Collection[str] = ()
) -> list[Participant]:
    """The rows of one agreement, but those of withheld clauses. A notice names no function."""
    rows = []
    for term, rule in terms.of(ParticipationRule):
        if term.clause in withheld:
            continue
        rows.append(
            Participant(
                reference=terms.reference,
                function=WHOLE if notice_only else rule.function,
                force=rule.force,
                status=rule.status,
                valid=term.valid,
                disciplines=() if notice_only else rule.disciplines,
                clause="" if notice_only else term.clause or "",
                period_en=period_in_words(term.from_, term.until),
                period_cy=period_in_words(term.from_, term.until, "cy"),
                assumed=term.assumed is not None,
            )
        )
    return list(dict.fromkeys(rows))


def grid(participants: Iterable[Participant], at: datetime) -> dict[str, dict[str, Cell]]:
    """`function -> force -> cell` at the instant; a force that is out has no cell."""
    found: dict[str, dict[str, list[Participant]]] = defaultdict(lambda: defaultdict(list))
    for each in participants:
        if each.valid.contains(at) and each.status != "out":
            found[each.function][each.force].append(each)
    return {
        function: {force: _cell(some) for force, some in by_force.items()}
        for function, by_force in sorted(found.items())
    }


def changes(participants: Iterable[Participant]) -> list[datetime]:
    """The instants at which anything in the matrix changes, in order."""
    instants: set[datetime] = set()
    for each in participants:
        instants.add(each.valid.starts_at)
        if each.valid.ends_at is not None:
            instants.add(each.valid.ends_at)
    return sorted(instants)


def _cell(some: list[Participant]) -> Cell:
    ordered = sorted(some, key=lambda each: (RANK[each.status], each.reference))
    return Cell(ordered[0].status, tuple(ordered))


def by_force(grid_: Mapping[str, Mapping[str, Cell]]) -> dict[str, dict[str, int | str]]:
    """For each force how it takes part at the strongest, and in how many functions."""
    cells: dict[str, list[Cell]] = defaultdict(list)
    for row in grid_.values():
        for force, cell in row.items():
            cells[force].append(cell)
    return {
        force: {
            "status": min((c.status for c in some), key=RANK.__getitem__),
            "functions": len(some),
        }
        for force, some in sorted(cells.items())
    }
