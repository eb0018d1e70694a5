"""Which force would lead each function, and which body would govern it, through time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from crossforce.agreements import resolve
from crossforce.agreements.preview.context import PreviewContext
from crossforce.agreements.preview.phrases import join, plain, words
from crossforce.agreements.preview.shapes import Cited, Row, Section, cited
from crossforce.agreements.preview.through_time import Run, edges, kind_of, runs
from crossforce.agreements.resolve import Citation, LeadAnswer
from crossforce.agreements.terms import (
    CompiledTerms,
    GovernanceRule,
    LeadRule,
    ParticipationRule,
)
from crossforce.kernel.civil import instant
from crossforce.kernel.periods import Period
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class _Answer:
    """Who leads or governs; `remark` says what is amiss with it."""

    who: tuple[str, ...]
    jointly: bool = False
    remark: str = ""
    why: Citation | None = field(default=None, compare=False)
    reference: str | None = field(default=None, compare=False)

    def __bool__(self) -> bool:
        return bool(self.who)


Ask = Callable[[CompiledTerms, str, datetime], _Answer]
_NONE = _Answer(())


def lead(context: PreviewContext) -> Section:
    """The lead force, and the host, of each function, old and new."""
    instants = edges(context, LeadRule, ParticipationRule, more=_party_edges(context))
    rows = _rows(context, "lead", instants, partial(_leading, resolve.lead))
    rows += _rows(context, "host", instants, partial(_leading, resolve.host))
    return Section("lead", words("lead"), _told(context, "lead", rows), tuple(rows))


def governance(context: PreviewContext) -> Section:
    """The body that governs each function, old and new."""
    instants = edges(context, GovernanceRule, ParticipationRule, more=_existence_edges(context))

    def ask(terms: CompiledTerms, function: str, at: datetime) -> _Answer:
        found = resolve.governing_body(terms, function, at, context.directory)
        if not found.bodies and found.why.clause is None:
            return _NONE
        return _Answer(found.bodies, found.jointly, found.undecided or "", found.why)

    rows = _rows(context, "governance", instants, ask)
    return Section(
        "governance", words("governance"), _told(context, "governance", rows), tuple(rows)
    )


def _leading(
    of: Callable[[CompiledTerms, str, datetime], LeadAnswer],
    terms: CompiledTerms,
    function: str,
    at: datetime,
) -> _Answer:
    found = of(terms, function, at)
    if found.force is None or function not in terms.functions:
        return _NONE
    part = resolve.participants(terms, function, at).forces
    remark = "" if found.force in part or not part else "lead.no-part"
    return _Answer((found.force,), remark=remark, why=found.why)


def _rows(
    context: PreviewContext, section: str, instants: tuple[datetime, ...], ask: Ask
) -> list[Row]:
    """A row for each run that differs, functions alike together; one for those that stay."""
    functions = sorted({code for terms in context.sides if terms for code in terms.functions})
    alike: dict[tuple[Run[_Answer], ...], list[str]] = defaultdict(list)
    for function in functions:
        found = runs(instants, partial(_ask, context, ask, function))
        shown = [run for run in found if run.differs] or _said_once(context, found)
        alike[tuple(shown)].append(function)
    return [
        _row(context, section, codes, run)
        for shown, codes in alike.items()
        for run in shown
        if run.before or run.after
    ]


def _ask(
    context: PreviewContext, ask: Ask, function: str, at: datetime
) -> tuple[_Answer, _Answer]:
    before, after = (
        ask(terms, function, at) if terms and terms.valid.contains(at) else _NONE
        for terms in context.sides
    )
    if context.old is None or function not in context.old.terms.functions:
        before = _elsewhere(context, function, at, ask)
    return before, after


def _elsewhere(context: PreviewContext, function: str, at: datetime, ask: Ask) -> _Answer:
    """The answer of another agreement in force by which one of the forces shares the function."""
    for force in resolve.participants(context.new.terms, function, at).forces:
        for other, _ in context.others.sharing(force, function, Period(at)):
            found = ask(other.terms, function, at) if other.terms.valid.contains(at) else _NONE
            if found:
                return _Answer(
                    found.who, found.jointly, found.remark, found.why, other.reference
                )
    return _NONE


def _said_once(context: PreviewContext, found: list[Run[_Answer]]) -> list[Run[_Answer]]:
    """What stays as it is, as of the day of the preview or of the beginning."""
    at = max(context.at, context.since)
    now = [run for run in found if run.period.contains(at)]
    return now or found[-1:]


def _row(context: PreviewContext, section: str, functions: list[str], run: Run[_Answer]) -> Row:
    return Row(
        kind=kind_of(run.before, run.after),
        what=_what(context, section, functions),
        before=_said(context, section, run.before),
        after=_said(context, section, run.after),
        when=context.period(run.start, run.end),
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        clauses=_clauses(run),
        about=tuple(("function", code) for code in functions),
    )


def _what(context: PreviewContext, section: str, functions: list[str]) -> Words:
    said = context.functions(functions)
    return words("host.of", functions=said) if section == "host" else said


def _clauses(run: Run[_Answer]) -> tuple[Cited, ...]:
    before = cited("before", run.before.why, run.before.reference)
    return before + cited("after", run.after.why)


def _said(context: PreviewContext, section: str, answer: _Answer) -> Words:
    if not answer:
        return words(f"{section}.nobody")
    name = context.bodies if section == "governance" else context.organisations
    who = name(answer.who)
    said = words("jointly", who=who) if answer.jointly and len(answer.who) > 1 else who
    if answer.remark:
        remark = (
            words(answer.remark) if answer.remark == "lead.no-part" else plain(answer.remark)
        )
        said = words("with-detail", said=said, detail=remark)
    if answer.reference:
        said = words("under", said=said, reference=answer.reference)
    return said


def _told(context: PreviewContext, section: str, rows: list[Row]) -> Words:
    changed = [row for row in rows if row.is_change]
    if not changed:
        return words(f"{section}.same")
    first = changed[0]
    told = words(
        f"{section}.{first.kind}",
        functions=first.what,
        before=first.before,
        after=first.after,
        when=first.when,
    )
    more = len(changed) - 1
    return join([told]) if not more else words("and-more", said=told, number=more)


def _party_edges(context: PreviewContext) -> Iterator[datetime | None]:
    for terms in context.sides:
        for each in terms.parties if terms else ():
            yield from (each.valid.starts_at, each.valid.ends_at)


def _existence_edges(context: PreviewContext) -> Iterator[datetime | None]:
    """When bodies that could govern come into being or cease."""
    for code in _bodies(context):
        found = context.directory.get(code)
        for day in (found.since, found.until) if found else ():
            yield instant(day.date) if day else None
    for terms in context.sides:
        for _, rule in terms.of(GovernanceRule) if terms else ():
            for span in rule.welsh_bodies:
                yield from (span.period.starts_at, span.period.ends_at)


def _bodies(context: PreviewContext) -> Iterable[str]:
    for terms in context.sides:
        for force in terms.chiefs if terms else ():
            yield from (each.code for each in context.directory.policing_bodies(force))
        for _, rule in terms.of(GovernanceRule) if terms else ():
            yield from _line(context, rule.body)


def _line(context: PreviewContext, body: str | None) -> Iterator[str]:
    """The body and those that follow it."""
    found = context.directory.get(body) if body else None
    if found:
        yield found.code
        for step in found.succeeded_by:
            yield from _line(context, step.code)
