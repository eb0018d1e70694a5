"""Who would command whom, and who would lead and govern: at every instant from commencement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import product

from crossforce.agreements import resolve
from crossforce.agreements.preview.context import PreviewContext
from crossforce.agreements.preview.phrases import row_of, words
from crossforce.agreements.preview.shapes import Row, Section, cited
from crossforce.agreements.preview.through_time import Run, edges, runs
from crossforce.agreements.resolve import Citation, Deployment
from crossforce.agreements.terms import CommandRule, CompiledTerms, LeadRule, ParticipationRule
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class _Subject:
    """Work of one kind: in a unit, for a function, in a role."""

    unit: str | None
    function: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class _Chiefs:
    """The chief officer in each area, for one force's people in one kind of work."""

    by_area: tuple[tuple[str, str], ...]
    of_the_agreement: bool = field(compare=False)
    why: tuple[Citation, ...] = field(compare=False, default=())

    def in_area(self, area: str) -> str:
        return dict(self.by_area)[area]


def command(context: PreviewContext) -> Section:
    """For each unit, force and area: the chief officer before and after."""
    if not any(terms.of(CommandRule) for terms in context.sides if terms):
        return Section("command", words("command"), words("command.none"))
    areas = _areas(context)
    instants = edges(
        context, CommandRule, LeadRule, ParticipationRule, more=_staffing_edges(context)
    )
    rows: list[Row] = []
    for subject in _subjects(context):
        rows += _of_subject(context, subject, areas, instants)
    changed = [row for row in rows if row.is_change]
    whose = dict.fromkeys(dict(row.about)["force"] for row in changed)
    lead = words("command.same")
    if changed:
        lead = words("command.lead", forces=context.organisations(whose))
    return Section("command", words("command"), lead, tuple(rows))


def _areas(context: PreviewContext) -> tuple[str, ...]:
    found = {
        rule.force
        for terms in context.sides
        if terms
        for _, rule in terms.of(ParticipationRule)
        if rule.status in resolve.TAKING_PART
    }
    return tuple(sorted(found))


def _staffing_edges(context: PreviewContext) -> Iterator[datetime | None]:
    for terms in context.sides:
        for unit in terms.units if terms else ():
            for span in unit.staffing:
                yield from (span.period.starts_at, span.period.ends_at)


def _subjects(context: PreviewContext) -> list[_Subject]:
    """The units that a clause gives command in, else the functions, in each role a clause names."""
    found: dict[_Subject, None] = {}
    for terms in context.sides:
        for _, rule in terms.of(CommandRule) if terms else ():
            assert terms is not None
            units: tuple[str | None, ...] = _units_under(terms, rule.unit) or (None,)
            functions: tuple[str | None, ...] = rule.functions or (None,)
            roles: tuple[str | None, ...] = rule.roles or (None,)
            found.update(
                dict.fromkeys(_Subject(*each) for each in product(units, functions, roles))
            )
    return sorted(
        found, key=lambda each: (each.unit or "", each.function or "", each.role or "")
    )


def _units_under(terms: CompiledTerms, unit: str | None) -> tuple[str | None, ...]:
    """The unit with the units that are part of it; all whole units where the clause names none."""
    if unit is None:
        return tuple(each.code for each in terms.units if each.part_of is None)
    return (unit,)


def _of_subject(
    context: PreviewContext,
    subject: _Subject,
    areas: tuple[str, ...],
    instants: tuple[datetime, ...],
) -> Iterator[Row]:
    unmoved = []
    for force in areas:
        found = runs(instants, partial(_ask, context, subject, force, areas))
        concerned = [r for r in found if r.before.of_the_agreement or r.after.of_the_agreement]
        differing = [run for run in found if run.differs]
        if differing:
            for run in differing:
                yield from _changed(context, subject, force, areas, run)
        elif concerned:
            unmoved.append((force, concerned[-1]))
    if unmoved:
        yield _same(context, subject, unmoved, areas)


def _ask(
    context: PreviewContext, subject: _Subject, force: str, areas: tuple[str, ...], at: datetime
) -> tuple[_Chiefs, _Chiefs]:
    before, after = (
        _chiefs(context, terms, subject, force, areas, at) for terms in context.sides
    )
    return before, after


def _chiefs(
    context: PreviewContext,
    terms: CompiledTerms | None,
    subject: _Subject,
    force: str,
    areas: tuple[str, ...],
    at: datetime,
) -> _Chiefs:
    if terms is None:
        home = context.directory.chief_officer(force)
        return _Chiefs(tuple((area, home) for area in areas), False)
    answers = [
        resolve.direction_and_control(
            terms,
            Deployment(force, subject.unit, subject.function, subject.role, area, area),
            at,
            context.directory,
        )
        for area in areas
    ]
    chiefs = tuple(
        (area, each.chief_officer) for area, each in zip(areas, answers, strict=True)
    )
    why = tuple(each.why for each in answers)
    return _Chiefs(chiefs, any(each.clause for each in why), why)


def _changed(
    context: PreviewContext,
    subject: _Subject,
    force: str,
    areas: tuple[str, ...],
    run: Run[_Chiefs],
) -> Iterator[Row]:
    """A row for each pair of chief officers, naming the areas in which one follows the other; and
    one for the areas in which nothing changes."""
    where: dict[tuple[str, str], list[str]] = defaultdict(list)
    for area in areas:
        where[run.before.in_area(area), run.after.in_area(area)].append(area)
    stay = [area for (before, after), each in where.items() for area in each if before == after]
    for (before, after), places in where.items():
        if before == after:
            continue
        place = areas.index(places[0])
        why_before = run.before.why[place] if run.before.why else None
        why_after = run.after.why[place] if run.after.why else None
        yield Row(
            kind="changed",
            what=_whom(context, subject, (force,), places if len(where) > 1 else ()),
            before=context.organisation(before),
            after=context.organisation(after),
            when=context.period(run.start, run.end),
            starts_on=run.starts_on,
            ends_on=run.ends_on,
            clauses=cited("before", why_before) + cited("after", why_after),
            about=_about(subject, (force,)),
        )
    if stay:
        yield _staying(context, subject, force, stay, run)


def _staying(
    context: PreviewContext,
    subject: _Subject,
    force: str,
    places: list[str],
    run: Run[_Chiefs],
) -> Row:
    """The areas in which a force's people stay under whom they are."""
    said = context.organisations(dict.fromkeys(run.after.in_area(area) for area in places))
    if len(places) > 1:
        own = all(
            run.after.in_area(area) == context.directory.chief_officer(area) for area in places
        )
        said = words("command.of-area") if own else words("command.each", chiefs=said)
    why = next((each for each in run.after.why if each.clause), None)
    return Row(
        kind="same",
        what=_whom(context, subject, (force,), places),
        before=said,
        after=said,
        when=context.period(run.start, run.end),
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        clauses=cited("after", why),
        about=_about(subject, (force,)),
    )


def _same(
    context: PreviewContext,
    subject: _Subject,
    unmoved: list[tuple[str, Run[_Chiefs]]],
    areas: tuple[str, ...],
) -> Row:
    """All those whose command stays as it is, in one row."""
    forces = tuple(force for force, _ in unmoved)
    run = unmoved[0][1]
    why = [each for each in run.after.why if each.clause] or list(run.after.why)
    single = {chief for _, each in unmoved for _, chief in each.after.by_area}
    said = context.organisations(sorted(single)) if len(single) == 1 else _rule(why)
    return Row(
        kind="same",
        what=_whom(context, subject, forces, ()),
        before=said,
        after=said,
        when=context.period(run.start, run.end),
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        clauses=cited("after", why[0] if why else None),
        about=_about(subject, forces),
    )


def _rule(why: Iterable[Citation]) -> Words:
    """How the chief officer is found, where that depends on force or place."""
    rules = {each.term.rsplit("-", 1)[0] if each.term else "" for each in why}
    return words("command.by-clause") if rules - {""} else words("command.home")


def _whom(
    context: PreviewContext, subject: _Subject, forces: Iterable[str], places: Iterable[str]
) -> Words:
    parts = [context.unit(subject.unit)] if subject.unit else []
    parts += [context.function(subject.function)] if subject.function else []
    work = row_of(parts, ", ") if parts else words("command.any-work")
    if subject.role:
        work = words("with-detail", said=work, detail=subject.role.replace("-", " "))
    whom = words("command.whom", forces=context.organisations(forces), work=work)
    some = tuple(places)
    return words("command.in", whom=whom, areas=context.organisations(some)) if some else whom


def _about(subject: _Subject, forces: Iterable[str]) -> tuple[tuple[str, str], ...]:
    pairs = [("force", force) for force in forces]
    pairs += [("unit", subject.unit)] if subject.unit else []
    pairs += [("function", subject.function)] if subject.function else []
    return tuple(pairs)
