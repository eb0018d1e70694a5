"""Who would be bound by the agreement that is not, and who no longer."""

from collections.abc import Iterator
from datetime import datetime

from crossforce.agreements.preview.context import PreviewContext
from crossforce.agreements.preview.phrases import join, row_of, words
from crossforce.agreements.preview.shapes import Row, Section
from crossforce.agreements.preview.through_time import edges, kind_of, runs
from crossforce.kernel.words import Words


def parties(context: PreviewContext) -> Section:
    """Who would be bound that is not, and who no longer."""
    instants = edges(context, more=_party_edges(context))
    codes = sorted(
        {each.organisation for terms in context.sides if terms for each in terms.parties}
    )
    rows = [row for code in codes for row in _party_rows(context, instants, code)]
    changed = [row for row in rows if row.kind == "added"]
    gone = [row for row in rows if row.kind == "removed"]
    said = [words("parties.added", who=_whos(changed))] if changed else []
    said += [words("parties.removed", who=_whos(gone))] if gone else []
    lead = row_of(said, " ") if said else words("parties.same")
    return Section("parties", words("parties"), lead, tuple(rows))


def _whos(rows: list[Row]) -> Words:
    names = {row.what.en: row.what for row in rows}
    return (
        join(names.values()) if len(names) < 5 else words("parties.number", number=len(names))
    )


def _party_edges(context: PreviewContext) -> Iterator[datetime | None]:
    for terms in context.sides:
        for each in terms.parties if terms else ():
            yield from (each.valid.starts_at, each.valid.ends_at)


def _party_rows(
    context: PreviewContext, instants: tuple[datetime, ...], code: str
) -> Iterator[Row]:
    for run in runs(instants, lambda at: _bound(context, code, at)):
        if run.differs:
            yield Row(
                kind=kind_of(run.before, run.after),
                what=context.organisation(code),
                before=_bound_in_words(run.before),
                after=_bound_in_words(run.after),
                when=context.period(run.start, run.end),
                starts_on=run.starts_on,
                ends_on=run.ends_on,
                about=(("organisation", code),),
            )


def _bound(context: PreviewContext, code: str, at: datetime) -> tuple[str, str]:
    before, after = (
        next(
            (p.role for p in terms.parties if p.organisation == code and p.valid.contains(at)),
            "",
        )
        if terms
        else ""
        for terms in context.sides
    )
    return before, after


def _bound_in_words(role: str) -> Words:
    return words(f"party.{role}") if role else words("party.none")
