"""What must be published of the agreement, what is withheld, and on which ground (s23E)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from crossforce.agreements import resolve
from crossforce.agreements.preview.context import PreviewContext
from crossforce.agreements.preview.phrases import words
from crossforce.agreements.preview.shapes import Kind, Row, Section, cited
from crossforce.agreements.preview.through_time import Run, edges, runs
from crossforce.agreements.resolve import Citation
from crossforce.agreements.terms import CompiledTerms, PublicationRule, WithheldRule
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class _Published:
    """What a side publishes: whole or by notice, and without which clauses."""

    mode: str = ""
    notice: Words | None = None
    withheld: tuple[WithheldRule, ...] = ()
    why: Citation | None = field(default=None, compare=False)

    def of(self, clause: str) -> WithheldRule | None:
        return next((each for each in self.withheld if each.clause == clause), None)


def publication(context: PreviewContext) -> Section:
    """What is published before and after; every clause withheld on either side."""
    found = runs(edges(context, PublicationRule), lambda at: _ask(context, at))
    at = max(context.at, context.since)
    shown = [run for run in found if run.differs]
    shown = shown or [run for run in found if run.period.contains(at)] or found[-1:]
    rows = [row for run in shown for row in _rows(context, run)]
    last = shown[-1].after
    but = "-but" if last.withheld else ""
    lead = words(f"publication.lead.{last.mode or 'none'}{but}", number=len(last.withheld))
    return Section("publication", words("publication"), lead, tuple(rows))


def _ask(context: PreviewContext, at: datetime) -> tuple[_Published, _Published]:
    before, after = (_published(terms, at) for terms in context.sides)
    return before, after


def _published(terms: CompiledTerms | None, at: datetime) -> _Published:
    found = resolve.publication(terms, at) if terms else None
    if found is None:
        return _Published()
    term, rule = found
    return _Published(rule.mode, rule.notice, rule.withheld, resolve.cite(term, rule.mode))


def _rows(context: PreviewContext, run: Run[_Published]) -> Iterator[Row]:
    sides = (run.before, run.after)
    yield _row(context, run, words("publication.what"), *map(_mode, sides))
    for clause in sorted({each.clause for side in sides for each in side.withheld}):
        found = [_withheld(side, clause) for side in sides]
        yield _row(context, run, words("publication.clause", clause=clause), *found)


def _row(
    context: PreviewContext, run: Run[_Published], what: Words, before: Words, after: Words
) -> Row:
    return Row(
        kind=_kind(run, before, after),
        what=what,
        before=before,
        after=after,
        when=context.period(run.start, run.end),
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        clauses=cited("before", run.before.why) + cited("after", run.after.why),
    )


def _kind(run: Run[_Published], before: Words, after: Words) -> Kind:
    if before == after:
        return "same"
    if not run.before.mode:
        return "added"
    return "changed" if run.after.mode else "removed"


def _mode(side: _Published) -> Words:
    if not side.mode:
        return words("publication.none")
    said = words(f"publication.{side.mode}")
    return (
        words("publication.notice-text", said=said, text=side.notice) if side.notice else said
    )


def _withheld(side: _Published, clause: str) -> Words:
    if not side.mode:
        return words("publication.none")
    found = side.of(clause)
    if found is None:
        return words("publication.open" if side.mode == "whole" else "publication.in-notice")
    return words(
        "publication.withheld", ground=words(f"ground.{found.ground}"), reason=found.reason
    )
