"""Who is bound and who takes part: parties, participation, units, chief officers."""

from collections.abc import Iterator

from crossforce.agreements.compile.workings import Row, Workings
from crossforce.agreements.document import Function
from crossforce.agreements.document.terms import (
    Access,
    ClauseTerm,
    CostShare,
    DirectionControl,
    Lead,
    Routing,
)
from crossforce.agreements.terms import CompiledParty, CompiledUnit
from crossforce.organisations.directory import NoSuchOrganisation


def participation(work: Workings) -> Iterator[Row]:
    """One row for each force and row of participation."""
    for function in work.document.function:
        for row in function.participation:
            for force in row.forces:
                what = f"The participation of {force} in {function.code}"
                valid = work.validity(what, function.clause, function, row)
                if valid:
                    yield Row(function, row, force, valid)


def parties(work: Workings) -> Iterator[CompiledParty]:
    """Each party row with the days it binds."""
    for party in work.document.party:
        valid = work.validity(f"The party {party.organisation}", None, party)
        if valid:
            yield CompiledParty(
                organisation=party.organisation,
                capacity=party.capacity,
                role=party.role,
                valid=valid.period,
                assumed=party.assumed,
            )


def units(work: Workings) -> Iterator[CompiledUnit]:
    """Each unit with whose staff are in it when: those taking part, unless it says whose."""
    for unit in work.document.unit:
        valid = work.validity(f"The unit {unit.code}", None, unit)
        if valid is None:
            continue
        work.named(unit.functions, f"The unit {unit.code}", None)
        functions = work.functions_of(unit.code)
        yield CompiledUnit(
            code=unit.code,
            part_of=unit.part_of,
            functions=functions,
            valid=valid.period,
            staffing=work.staffing(unit.code, valid.period),
            embedded=unit.embedded,
            based_in=unit.based_in,
            compartment=unit.compartment,
        )


def chiefs(work: Workings) -> dict[str, str]:
    """The chief officer of every force the document names."""
    found: dict[str, str] = {}
    for code in sorted(set(_forces_named(work))):
        if work.directory.get(code) is None:
            work.problem(
                "no-such-force",
                f"The directory knows no force {code}.",
                "Write the code of a force as the directory has it.",
            )
            continue
        try:
            found[code] = work.directory.chief_officer(code)
        except NoSuchOrganisation:
            continue  # a body with officers of its own and no chief officer of a territorial force
    return found


def _forces_named(work: Workings) -> Iterator[str]:
    for function in work.document.function:
        yield from _forces_of_function(function)
    for unit in work.document.unit:
        yield from unit.staffed_by
    for party in work.document.party:
        force = (
            _force_of_party(work, party.organisation)
            if party.capacity == "chief-officer"
            else None
        )
        if force:
            yield force
    for clause in work.document.clause:
        for term in clause.term:
            yield from _forces_of_term(term)


def _forces_of_function(function: Function) -> Iterator[str]:
    for row in function.participation:
        yield from row.forces


def _force_of_party(work: Workings, organisation: str) -> str | None:
    found = work.directory.get(organisation)
    return found.force if found else None


def _forces_of_term(term: ClauseTerm) -> Iterator[str]:
    if isinstance(term, Lead):
        yield term.force
    elif isinstance(term, DirectionControl):
        yield from term.of.staff_of
    elif isinstance(term, CostShare):
        yield from term.shares
    elif isinstance(term, Routing):
        yield from term.forces
    elif isinstance(term, Access):
        yield from term.territory
