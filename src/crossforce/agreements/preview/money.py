"""What each force pays a year, before and after, to the penny, and on which figures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction

from crossforce.agreements import resolve
from crossforce.agreements.preview import figures
from crossforce.agreements.preview.context import PreviewContext
from crossforce.agreements.preview.phrases import plain, row_of, words
from crossforce.agreements.preview.shapes import Cited, Figures, Kind, Row, Section, cited
from crossforce.agreements.preview.through_time import Run, edges, kind_of, runs
from crossforce.agreements.resolve import CannotShare, Charges, UnknownCost, YearlyCosts
from crossforce.agreements.terms import (
    BEGINNING,
    CompiledTerms,
    CostShareRule,
    ParticipationRule,
    Term,
)
from crossforce.kernel.civil import add_months, day_of, instant
from crossforce.kernel.money import in_pounds
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class _Year:
    """A side's costs of a year: what each force is due to pay, and what cannot be said."""

    due: tuple[tuple[str, int], ...]
    lacking: tuple[tuple[tuple[str, ...], str], ...]
    costs: YearlyCosts = field(compare=False)

    def of(self, force: str) -> int | None:
        return dict(self.due).get(force)

    @property
    def is_known(self) -> bool:
        """Whether every cost that is shared can be said in pence."""
        return all(reason == "money.own" for _, reason in self.lacking)

    @property
    def total(self) -> int:
        return sum(pence for _, pence in self.due)


_NOTHING = _Year((), (), YearlyCosts((), ()))


def money(context: PreviewContext) -> Section:
    """Each force's yearly sum, old and new, for every time in which it differs."""
    found = runs(_instants(context), lambda at: _ask(context, at))
    differing = [run for run in found if run.differs]
    rows = [row for run in differing or _now(context, found) for row in _rows(context, run)]
    lead = _lead(context, differing, rows)
    return Section("money", words("money"), lead, tuple(rows), tuple(_notes(context, rows)))


def _instants(context: PreviewContext) -> tuple[datetime, ...]:
    return edges(context, CostShareRule, ParticipationRule, more=_steps(context))


def _steps(context: PreviewContext) -> Iterator[datetime]:
    """The anniversaries on which a cost that is phased in moves on."""
    for terms in context.sides:
        for term, rule in terms.of(CostShareRule) if terms else ():
            if rule.transition_years and term.valid.starts_at != BEGINNING:
                begins = day_of(term.valid.starts_at)
                for year in range(1, rule.transition_years + 1):
                    step = instant(add_months(begins, 12 * year))
                    if term.valid.contains(step):
                        yield step


def _now(context: PreviewContext, found: list[Run[_Year]]) -> list[Run[_Year]]:
    """What stays as it is, as of the day of the preview or of the beginning."""
    at = max(context.at, context.since)
    return [run for run in found if run.period.contains(at)] or found[-1:]


def _ask(context: PreviewContext, at: datetime) -> tuple[_Year, _Year]:
    old, new = context.sides
    before = _year(old, resolve.charges(old, day_of(at), context.drivers)) if old else _NOTHING
    return before, _year(new, _charges(context, at))


def _year(terms: CompiledTerms, costs: YearlyCosts) -> _Year:
    due = tuple(sorted(costs.due().items()))
    lacking = tuple((each.functions, _reason(terms, each)) for each in costs.unknown)
    return _Year(due, lacking, costs)


def _reason(terms: CompiledTerms, unknown: UnknownCost) -> str:
    """Why no pence can be said; of costs that lie where they fall there are none to divide."""
    for term, rule in terms.of(CostShareRule):
        if term.id == unknown.why.term and rule.method == "costs-lie-where-they-fall":
            return "money.own"
    if unknown.reason == "the yearly cost is not known in pence":
        return "money.no-cost"
    return unknown.reason


def _charges(context: PreviewContext, at: datetime) -> YearlyCosts:
    """The draft's charges; what is phased in or capped starts from the shares that held before."""
    terms, day = context.new.terms, day_of(at)
    before = _shares_before(context)
    if not before:
        return resolve.charges(terms, day, context.drivers)
    known: list[Charges] = []
    unknown: list[UnknownCost] = []
    for term, _ in terms.in_force(CostShareRule, instant(day)):
        part = resolve.charges(
            _with_one(terms, term), day, context.drivers, before=before.get(term.id)
        )
        known += part.known
        unknown += part.unknown
    return YearlyCosts(tuple(known), tuple(unknown))


def _shares_before(context: PreviewContext) -> dict[str, Mapping[str, Fraction]]:
    """The old shares that a cost of the draft moves on from, by the id of its term."""
    old, new = context.sides
    found: dict[str, Mapping[str, Fraction]] = {}
    for term, rule in new.of(CostShareRule) if old else ():
        moves = rule.cap is not None or rule.transition_years > 0
        start = term.valid.starts_at
        if old is None or not moves or start > context.since or start == BEGINNING:
            continue
        eve = day_of(context.since) - timedelta(days=1)
        for function in rule.functions:
            try:
                found[term.id] = resolve.shares(old, function, eve, context.drivers).shares
                break
            except CannotShare:
                continue
    return found


def _with_one(terms: CompiledTerms, wanted: Term) -> CompiledTerms:
    kept = (
        each
        for each in terms.terms
        if each == wanted or not isinstance(each.rule, CostShareRule)
    )
    return terms.model_copy(update={"terms": tuple(kept)})


def _rows(context: PreviewContext, run: Run[_Year]) -> Iterator[Row]:
    forces = sorted({force for year in (run.before, run.after) for force, _ in year.due})
    for force in forces:
        yield _of_force(context, run, force)
    if forces:
        yield _sum(context, run)
    yield from _lacking(context, run)


def _of_force(context: PreviewContext, run: Run[_Year], force: str) -> Row:
    pence = Figures(run.before.of(force), run.after.of(force))
    return Row(
        kind=_kind(run, pence),
        what=context.organisation(force),
        before=_paid(run.before, force),
        after=_paid(run.after, force),
        when=context.period(run.start, run.end),
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        clauses=_clauses(run, force),
        figures=_comparable(run, pence),
        lines=tuple(_in_kind(context, run.after, force)),
        about=(("force", force), *_payer(context, run, force)),
    )


def _payer(context: PreviewContext, run: Run[_Year], force: str) -> tuple[tuple[str, str], ...]:
    """The party whose budget bears it: the force's policing body, where it is known."""
    bodies = context.directory.policing_bodies(force)
    day = day_of(run.start)
    return tuple(("policing-body", each.code) for each in bodies if each.exists(day))


def _comparable(run: Run[_Year], pence: Figures) -> Figures | None:
    """The figures, unless what is not known would count as nothing in their difference."""
    sides = ((pence.before, run.before), (pence.after, run.after))
    is_lacking = any(each is None and not year.is_known for each, year in sides)
    return None if is_lacking else pence


def _kind(run: Run[_Year], pence: Figures) -> Kind:
    if pence.before == pence.after:
        return "same"
    if pence.before is None:
        return "added" if run.before.is_known else "changed"
    return "removed" if pence.after is None and run.after.is_known else "changed"


def _paid(year: _Year, force: str) -> Words:
    pence = year.of(force)
    if pence is None:
        return words("money.nothing" if year.is_known else "money.not-known")
    shares = [each for each in year.costs.known if force in each.gross]
    gross = sum(each.gross[force] for each in shares)
    whole = sum(each.cost_pence for each in year.costs.known)
    if not whole:
        return plain(in_pounds(pence))
    part = part_of(Fraction(gross, whole))
    if len(year.costs.known) == 1:
        part = part_of(shares[0].shares[force])
    return words("money.paid", sum=in_pounds(pence), part=part)


def part_of(share: Fraction) -> Words:
    """`28.95%`, or `a third`, for reading; sums are worked out from the exact share."""
    if share.denominator in (3, 6) and 0 < share < 1:
        return words(f"part.{share}")
    return plain(f"{float(share * 100):.2f}".rstrip("0").rstrip(".") + "%")


def _in_kind(context: PreviewContext, year: _Year, force: str) -> Iterator[Words]:
    for each in year.costs.known:
        given = each.in_kind.get(force, 0)
        if given:
            yield words(
                "money.in-kind",
                gross=in_pounds(each.gross[force]),
                given=in_pounds(given),
                due=in_pounds(each.due[force]),
            )


def _clauses(run: Run[_Year], force: str) -> tuple[Cited, ...]:
    found: list[Cited] = []
    for side, year in (("before", run.before), ("after", run.after)):
        for each in year.costs.known:
            if force in each.due:
                found += cited("before" if side == "before" else "after", each.why)
    return tuple(found)


def _sum(context: PreviewContext, run: Run[_Year]) -> Row:
    pence = Figures(
        run.before.total if run.before.due else None, run.after.total if run.after.due else None
    )
    workings = [*_workings(context, context.new.terms, run.after, run.start)]
    if context.old and not workings:
        workings = [*_workings(context, context.old.terms, run.before, run.start)]
    return Row(
        kind=_kind(run, pence),
        what=words("money.sum"),
        before=_total(run.before),
        after=_total(run.after),
        when=context.period(run.start, run.end),
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        figures=_comparable(run, pence),
        lines=tuple(workings),
        about=(("sum", "all"),),
    )


def _total(year: _Year) -> Words:
    if year.due:
        return plain(in_pounds(year.total))
    return words("money.nothing" if year.is_known else "money.not-known")


def _workings(
    context: PreviewContext, terms: CompiledTerms, year: _Year, at: datetime
) -> Iterator[Words]:
    """Each shared cost: how much, and by which figures, of which day, from where it is divided."""
    rules = {term.id: rule for term, rule in terms.of(CostShareRule)}
    for each in year.costs.known:
        rule = rules.get(each.why.term or "")
        if rule is None:
            continue
        methods = figures.described(context, rule, tuple(each.shares), day_of(at))
        yield words(
            "money.pot",
            functions=context.functions(each.functions),
            sum=in_pounds(each.cost_pence),
            methods=row_of(methods),
        )
        if each.cost_assumed:
            yield words("money.assumed", reason=each.cost_assumed)


def _lacking(context: PreviewContext, run: Run[_Year]) -> Iterator[Row]:
    """A row for every cost of which no pence can be said, and why not."""
    sides = [dict(run.before.lacking), dict(run.after.lacking)]
    for functions in sorted({*sides[0], *sides[1]}):
        before, after = (side.get(functions) for side in sides)
        yield Row(
            kind=kind_of(before, after),
            what=context.functions(functions),
            before=_why_not(before),
            after=_why_not(after),
            when=context.period(run.start, run.end),
            starts_on=run.starts_on,
            ends_on=run.ends_on,
            clauses=tuple(_lacking_clauses(run, functions)),
            about=tuple(("function", code) for code in functions),
        )


def _why_not(reason: str | None) -> Words:
    if reason is None:
        return words("money.unshared")
    if reason.startswith("money."):
        return words(reason)
    return words("money.lacking", reason=reason)


def _lacking_clauses(run: Run[_Year], functions: tuple[str, ...]) -> Iterator[Cited]:
    for each in run.before.costs.unknown:
        if each.functions == functions:
            yield from cited("before", each.why)
    for each in run.after.costs.unknown:
        if each.functions == functions:
            yield from cited("after", each.why)


def _notes(context: PreviewContext, rows: Iterable[Row]) -> Iterator[Words]:
    if any(row.figures for row in rows):
        yield words("money.note")
    if context.drivers.were_asked:
        yield words("money.as-read")


def _lead(context: PreviewContext, differing: list[Run[_Year]], rows: list[Row]) -> Words:
    if not differing:
        known = any(row.figures for row in rows)
        return words("money.same") if known else words("money.unknown")
    run = differing[-1]
    if not run.before.due and not run.after.due:
        return words("money.unknown")
    when = context.period(run.start, run.end)
    if not run.after.is_known:
        return words("money.after-unknown", when=when)
    if not run.before.due or not run.after.due:
        phrase = "money.new" if run.after.due else "money.gone"
        return words(phrase, sum=in_pounds(run.after.total or run.before.total), when=when)
    forces = {force for year in (run.before, run.after) for force, _ in year.due}
    rises = sum(max(0, Figures(run.before.of(f), run.after.of(f)).difference) for f in forces)
    if run.before.total == run.after.total:
        return words("money.moves", sum=in_pounds(rises), when=when)
    return words(
        "money.total",
        before=in_pounds(run.before.total),
        after=in_pounds(run.after.total),
        when=when,
    )
