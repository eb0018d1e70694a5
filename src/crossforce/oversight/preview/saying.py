"""The answer of the preview: who gains and who loses sight of how many records, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crossforce.agreements.preview import Cited, PreviewContext, Row, Section
from crossforce.agreements.preview.phrases import join, row_of, words
from crossforce.agreements.wording import listed
from crossforce.insight.choices import Falling
from crossforce.kernel.civil import day_of
from crossforce.kernel.words import Words
from crossforce.oversight.preview.reckoning import Choice, Line


@dataclass(frozen=True, slots=True)
class Run:
    """A line, or what falls, and the time in which it is so."""

    of: Line | Falling
    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found: the lines through time, distinct records by change, and kinds not kept here."""

    runs: tuple[Run, ...] = ()
    records: Mapping[str, int] = field(default_factory=dict)
    unkept: tuple[str, ...] = ()


def section(context: PreviewContext, found: Findings | None) -> Section:
    """The section of the preview; None was not told."""
    if found is None:
        return Section("", words("sight"), words("sight.untold"))
    rows = tuple(_row(context, run) for run in found.runs)
    return Section("", words("sight"), _lead(found), rows, tuple(_notes(context, found)))


def _lead(found: Findings) -> Words:
    falling = sum(run.of.amount for run in found.runs if isinstance(run.of, Falling))
    said = []
    if any(found.records.values()):
        numbers = {each: f"{found.records.get(each, 0):,}" for each in ("added", "removed")}
        said.append(words("sight.lead", **numbers))
    if falling:
        said.append(words("sight.shares", number=f"{falling:,}"))
    return row_of(said, " ") if said else words("sight.same")


def _notes(context: PreviewContext, found: Findings) -> Iterator[Words]:
    yield words("sight.note.counted")
    yield words("sight.note.compartments")
    if found.unkept:
        yield words("sight.note.unkept", kinds=join(context.kind(k) for k in found.unkept))


def _row(context: PreviewContext, run: Run) -> Row:
    found = run.of
    said, none = _said(context, found), words("sight.row.none")
    is_added = isinstance(found, Line) and found.change == "added"
    return Row(
        kind="added" if is_added else "removed",
        what=who(context, found),
        before=none if is_added else said,
        after=said if is_added else none,
        when=context.period(run.start, run.end),
        starts_on=day_of(run.start),
        ends_on=day_of(run.end) if run.end else None,
        clauses=tuple(clauses(context, found)) if isinstance(found, Line) else (),
        about=tuple(about(found)),
    )


def _said(context: PreviewContext, found: Line | Falling) -> Words:
    actions = found.actions if isinstance(found, Line) else ("read",)
    return words(
        "sight.row",
        actions=join(words(f"action.{each}") for each in actions),
        number=f"{found.amount:,}",
        kind=context.kind(found.kind),
        holder=context.organisation(found.holder),
    )


def who(context: PreviewContext, line: Line | Falling) -> Words:
    """For whom it is so: organisations, in which units, as what, for which purposes."""
    if isinstance(line, Falling):
        return words("sight.share", who=context.organisation(line.viewer))
    said = context.organisations(line.viewers)
    if line.units.values:
        units = join(context.unit(each) for each in line.units.values)
        named = words("sight.any-unit", units=units) if line.units.but else units
        said = words("access.in-unit", who=said, unit=named)
    if line.roles.values:
        said = words("with-detail", said=said, detail=_roles(line.roles))
    if line.purposes.values:
        purposes = join(context.purpose(each) for each in line.purposes.values)
        named = words("sight.but", values=purposes) if line.purposes.but else purposes
        said = words("sight.for", who=said, purposes=named)
    return said


def _roles(choice: Choice) -> Words | str:
    roles = listed(each.replace("-", " ") for each in choice.values)
    return words("sight.but", values=roles) if choice.but else roles


def clauses(context: PreviewContext, line: Line) -> Iterator[Cited]:
    """The clauses that give, or gave, what the line is about; each once."""
    is_added = line.change == "added"
    before, after = context.sides
    terms = after if is_added else before
    known = {each.id: each for each in terms.terms} if terms else {}
    cited = (known[each] for each in line.terms if each in known)
    found = {term.clause: term for term in cited if term.clause}
    for clause, term in sorted(found.items()):
        yield Cited("after" if is_added else "before", clause, term.heading, term.assumed)


def about(found: Line | Falling) -> Iterator[tuple[str, str]]:
    """The same for programs, in codes."""
    yield "holder", found.holder
    yield "kind", found.kind
    yield "records", str(found.amount)
    if isinstance(found, Falling):
        yield "recipient", found.viewer
        yield "share", "closes"
        return
    yield from (("recipient", each) for each in found.viewers)
    yield from (("action", each) for each in found.actions)
    asks = (("unit", found.units), ("role", found.roles), ("purpose", found.purposes))
    for name, choice in asks:
        said = f"not-{name}" if choice.but else name
        yield from ((said, each) for each in choice.values)
