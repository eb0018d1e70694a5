"""What leaving would mean for each force: the last day, and the bill, line by line, to the penny."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from crossforce.agreements import resolve
from crossforce.agreements.document.values import CivilDate
from crossforce.agreements.preview.context import PreviewContext
from crossforce.agreements.preview.money import part_of
from crossforce.agreements.preview.phrases import both, words
from crossforce.agreements.preview.shapes import Figures, Row, Section, cited
from crossforce.agreements.preview.through_time import kind_of
from crossforce.agreements.resolve import CannotShare, Citation, NoExit, SettlementLine
from crossforce.agreements.terms import BEGINNING, CompiledTerms, ExitRule, ParticipationRule
from crossforce.agreements.wording import date_in_words
from crossforce.kernel.civil import day_of, instant
from crossforce.kernel.money import in_pounds
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class _Exit:
    """One force's way out by one side's terms: the last day, and the sum or why there is none.

    Nothing is `lacking` where no clause says what leaving costs: a sum of nothing is one that is written.
    """

    last_day: date | None
    pence: int | None
    lacking: str = ""
    lines: tuple[SettlementLine, ...] = ()
    why: Citation | None = field(default=None, compare=False)

    def __bool__(self) -> bool:
        return self.last_day is not None


_NONE = _Exit(None, None)


def leaving(context: PreviewContext) -> Section:
    """Every force that takes part, as if it gave notice on the day or, later, at the beginning."""
    notice = _notice_day(context)
    forces = sorted(
        {
            rule.force
            for terms in context.sides
            if terms
            for _, rule in terms.of(ParticipationRule)
            if rule.status in resolve.TAKING_PART
        }
    )
    rows = [row for force in forces for row in _row(context, force, notice)]
    notes = (words("exit.notice", day=_day(notice)),) if rows else ()
    return Section("exit", words("exit"), _lead(context, rows), tuple(rows), notes)


def _notice_day(context: PreviewContext) -> date:
    """The day of the preview, or the first day of what has not begun."""
    if context.leaving:
        return context.notice_on or context.on
    start = context.new.terms.valid.starts_at
    return context.on if start == BEGINNING else max(context.on, day_of(start))


def _row(context: PreviewContext, force: str, notice: date) -> Iterator[Row]:
    old, new = (_exit(context, terms, force, notice) for terms in context.sides)
    if force == context.leaving:
        old, new = _NONE, old
    if old or new:
        yield Row(
            kind=kind_of(old, new) if old != new else "same",
            what=context.organisation(force),
            before=words("exit.stays") if force == context.leaving else _said(old),
            after=_said(new),
            when=words("exit.if-notice", day=_day(notice)),
            starts_on=notice,
            clauses=cited("before", old.why) + cited("after", new.why),
            figures=Figures(old.pence, new.pence),
            lines=tuple(_line(each) for each in (new.lines or old.lines)),
            about=(("force", force),),
        )


def _exit(
    context: PreviewContext, terms: CompiledTerms | None, force: str, notice: date
) -> _Exit:
    if terms is None or not _is_in(terms, force, notice):
        return _NONE
    try:
        answer = resolve.leave_date(terms, notice)
    except NoExit as none:
        return _Exit(notice, None, str(none)) if terms.of(ExitRule) else _NONE
    try:
        bill = resolve.settlement(terms, force, answer.last_day, context.drivers)
    except (CannotShare, NoExit) as cannot:
        return _Exit(answer.last_day, None, str(cannot), why=answer.why)
    return _Exit(answer.last_day, bill.pence if bill.lines else None, "", bill.lines, bill.why)


def _is_in(terms: CompiledTerms, force: str, notice: date) -> bool:
    """Whether the force takes part when notice is given, or at some later time."""
    at = instant(notice)
    return any(
        rule.force == force
        and rule.status in resolve.TAKING_PART
        and (term.valid.ends_at is None or at < term.valid.ends_at)
        for term, rule in terms.of(ParticipationRule)
    )


def _said(found: _Exit) -> Words:
    if found.last_day is None:
        return words("exit.none")
    if found.pence is None and not found.lacking:
        return words("exit.unstated", day=_day(found.last_day))
    if found.pence is None:
        return words("exit.lacking", day=_day(found.last_day), reason=found.lacking)
    phrase = "exit.owed" if found.pence < 0 else "exit.pays"
    return words(phrase, day=_day(found.last_day), sum=in_pounds(abs(found.pence)))


def _line(line: SettlementLine) -> Words:
    said = words(
        "exit.line",
        item=words(f"item.{line.item}"),
        total=in_pounds(line.total_pence),
        part=part_of(line.share),
        sum=in_pounds(line.pence),
    )
    return words("exit.assumed", said=said) if line.assumed else said


def _day(day: date) -> Words:
    shown = CivilDate(date=day)
    return both(lambda language: date_in_words(shown, language))


def _lead(context: PreviewContext, rows: list[Row]) -> Words:
    if context.leaving:
        own = [row for row in rows if ("force", context.leaving) in row.about]
        return own[0].words if own else words("exit.unknown")
    sums = [row.figures.after for row in rows if row.figures and row.figures.after is not None]
    if not sums:
        stated = any(rule.settlement for _, rule in context.new.terms.of(ExitRule))
        return words("exit.cannot" if rows and stated else "exit.unknown")
    least, most = in_pounds(min(sums)), in_pounds(max(sums))
    if least == most:
        return words("exit.lead.one", sum=most)
    return words("exit.lead", least=least, most=most)
