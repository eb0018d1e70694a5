"""ACCESS: `participants` become organisations with periods, ready to be rows of a grant."""

from crossforce.agreements.compile.workings import Workings
from crossforce.agreements.document import terms as written
from crossforce.agreements.document.parts import Clause
from crossforce.agreements.terms import AccessRule, Span
from crossforce.kernel.periods import Period

PARTICIPANTS = "participants"


def access(work: Workings, clause: Clause, term: written.Access, valid: Period) -> AccessRule:
    """The rule of an ACCESS term."""
    functions = _functions(work, clause, term)
    taking = work.taking_part(functions, valid)
    glass = term.break_glass
    return AccessRule(
        kinds=term.kinds,
        holders=_spans(term.held_by, taking, valid),
        holders_are_participants=term.held_by == PARTICIPANTS,
        collection_unit=term.collection.unit,
        collection_function=term.collection.function,
        recipients=_recipients(work, clause, term, taking, valid),
        to_unit=term.to.unit,
        to_function=term.to.function,
        to_roles=term.to.roles,
        actions=term.actions,
        purposes=term.purposes,
        marking=term.marking,
        compartment=term.compartment,
        territory=term.territory,
        onward=term.onward,
        break_glass_minutes=glass.minutes if glass else None,
        break_glass_roles=glass.roles if glass else (),
    )


def _functions(work: Workings, clause: Clause, term: written.Access) -> tuple[str, ...]:
    """The functions whose participants are meant: of the collection, else of the recipient."""
    what = "The ACCESS term"
    for function in filter(None, (term.collection.function, term.to.function)):
        work.named((function,), what, clause.number)
    if term.collection.function:
        return (term.collection.function,)
    for unit in (term.collection.unit, term.to.unit):
        if unit and unit in work.units:
            return work.functions_of(unit)
    return (term.to.function,) if term.to.function else work.functions


def _recipients(
    work: Workings,
    clause: Clause,
    term: written.Access,
    taking: tuple[Span, ...],
    valid: Period,
) -> tuple[Span, ...]:
    """Named organisations; else whose staff are in the unit; else who takes part."""
    within = valid
    if term.to.unit:
        if term.to.unit not in work.units:
            work.problem(
                "no-such-unit",
                f"The ACCESS term grants to the unit {term.to.unit}, which this agreement has not.",
                f"Name one of: {', '.join(sorted(work.units)) or 'none is written yet'}.",
                clause.number,
            )
            return ()
        unit = work.validity(f"The unit {term.to.unit}", None, work.units[term.to.unit])
        both = unit.period.intersection(valid) if unit else None
        if both is None:
            return ()
        within = both
        taking = work.staffing(term.to.unit, within)
    elif term.to.function:
        taking = work.taking_part((term.to.function,), within)
    return _spans(term.to.organisations or (PARTICIPANTS,), taking, within)


def _spans(
    named: str | tuple[str, ...], taking: tuple[Span, ...], within: Period
) -> tuple[Span, ...]:
    codes = (named,) if isinstance(named, str) else named
    spans = [Span(organisation=code, period=within) for code in codes if code != PARTICIPANTS]
    if PARTICIPANTS in codes:
        explicit = {span.organisation for span in spans}
        spans += [span for span in taking if span.organisation not in explicit]
    return tuple(sorted(spans, key=lambda each: (each.organisation, each.period.starts_at)))
