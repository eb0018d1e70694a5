"""Who becomes a party, and who takes part in what: from which status to which, and when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from crossforce.agreements import resolve
from crossforce.agreements.document.parts import ParticipationStatus
from crossforce.agreements.preview.context import PreviewContext
from crossforce.agreements.preview.phrases import both, join, row_of, words
from crossforce.agreements.preview.shapes import Cited, Row, Section, cited
from crossforce.agreements.preview.through_time import Run, edges, kind_of, runs
from crossforce.agreements.resolve import Citation
from crossforce.agreements.terms import BEGINNING, CompiledTerms, ParticipationRule
from crossforce.agreements.wording import status_in_words
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class _Stand:
    """How a force stands to a function: each status with its disciplines and phase."""

    statuses: tuple[tuple[ParticipationStatus, tuple[str, ...], Words | None], ...]
    why: Citation | None = field(default=None, compare=False)

    def __bool__(self) -> bool:
        return bool(self.statuses)

    @property
    def counts(self) -> bool:
        return any(status in resolve.TAKING_PART for status, *_ in self.statuses)


def participation(context: PreviewContext) -> Section:
    """Every force and function of either side that does not stand as it stood."""
    instants = edges(context, ParticipationRule)
    pairs = sorted({(r.function, r.force) for terms in context.sides for r in _rules(terms)})
    indexes = [_Index(terms) for terms in context.sides]
    rows, turns = [], []
    for function, force in pairs:
        found = runs(instants, partial(_ask, indexes, function, force))
        rows += list(_rows(context, function, force, found))
        turns += list(_turns(function, force, found))
    return Section(
        "participation", words("participation"), _lead(context, rows, turns), tuple(rows)
    )


class _Index:
    """One side's rows of participation by function and force."""

    def __init__(self, terms: CompiledTerms | None) -> None:
        self.rows = defaultdict(list)
        for term, rule in terms.of(ParticipationRule) if terms else ():
            self.rows[rule.function, rule.force].append((term, rule))

    def stand(self, function: str, force: str, at: datetime) -> _Stand:
        found = [
            (t, r) for t, r in self.rows.get((function, force), ()) if t.valid.contains(at)
        ]
        statuses = {(r.status, r.disciplines, r.phase) for _, r in found}
        why = resolve.cite(found[0][0], found[0][1].status) if found else None
        return _Stand(tuple(sorted(statuses, key=str)), why)


def _rules(terms: CompiledTerms | None) -> Iterable[ParticipationRule]:
    return (rule for _, rule in terms.of(ParticipationRule)) if terms else ()


def _ask(
    indexes: list[_Index], function: str, force: str, at: datetime
) -> tuple[_Stand, _Stand]:
    before, after = (each.stand(function, force, at) for each in indexes)
    return before, after


def _rows(
    context: PreviewContext, function: str, force: str, found: list[Run[_Stand]]
) -> Iterator[Row]:
    what = words(
        "participation.what",
        force=context.organisation(force),
        function=context.function(function),
    )
    about = (("force", force), ("function", function))
    if _only_moves(found):
        yield _moved(context, found, what, about)
        return
    for run in found:
        if run.differs:
            before = _said(context, run.before) if run.before else None
            yield Row(
                kind=kind_of(run.before, run.after),
                what=what,
                before=before or _elsewhere(context, function, force, run),
                after=_said(context, run.after),
                when=context.period(run.start, run.end),
                starts_on=run.starts_on,
                ends_on=run.ends_on,
                clauses=cited("before", run.before.why) + cited("after", run.after.why),
                about=about,
            )


def _only_moves(found: list[Run[_Stand]]) -> bool:
    """Whether both sides pass through the same, at other times."""
    if not any(run.differs for run in found):
        return False
    sequences = [_sequence(run.before for run in found), _sequence(run.after for run in found)]
    return sequences[0] == sequences[1] and any(sequences[0])


def _sequence(values: Iterable[_Stand]) -> list[_Stand]:
    found: list[_Stand] = []
    for value in values:
        if not found or found[-1] != value:
            found.append(value)
    return found


def _moved(
    context: PreviewContext, found: list[Run[_Stand]], what: Words, about: tuple[tuple[str, str], ...]
) -> Row:  # fmt: skip
    differing = [run for run in found if run.differs]
    return Row(
        kind="moved",
        what=what,
        before=_course(context, [(run.start, run.end, run.before) for run in found]),
        after=_course(context, [(run.start, run.end, run.after) for run in found]),
        when=context.period(differing[0].start, differing[-1].end),
        starts_on=differing[0].starts_on,
        ends_on=differing[-1].ends_on,
        clauses=_first_clauses(found),
        about=about,
    )


def _first_clauses(found: list[Run[_Stand]]) -> tuple[Cited, ...]:
    before = next((run.before.why for run in found if run.before), None)
    after = next((run.after.why for run in found if run.after), None)
    return cited("before", before) + cited("after", after)


def _course(
    context: PreviewContext, steps: list[tuple[datetime, datetime | None, _Stand]]
) -> Words:
    """`takes part from December 2015`, through every step."""
    merged: list[tuple[datetime, datetime | None, _Stand]] = []
    for start, end, value in steps:
        if merged and merged[-1][2] == value:
            merged[-1] = (merged[-1][0], end, value)
        else:
            merged.append((start, end, value))
    return row_of(
        row_of([_said(context, value), context.period(start, end)], " ")
        for start, end, value in merged
        if value
    )


def _said(context: PreviewContext, stand: _Stand) -> Words:
    if not stand:
        return words("participation.none")
    parts = []
    for status, disciplines, phase in stand.statuses:
        said = both(partial(status_in_words, status))
        if disciplines:
            said = words("with-detail", said=said, detail=context.functions(disciplines))
        parts.append(words("with-phase", said=said, phase=phase) if phase else said)
    return row_of(parts)


def _elsewhere(context: PreviewContext, function: str, force: str, run: Run[_Stand]) -> Words:
    """Where no version stood before: what the force does in the function under other agreements."""
    shared = context.others.sharing(force, function, run.period)
    if not shared:
        return words("participation.none")
    titles = {each.reference: each.title for each, _ in shared}
    return words("participation.elsewhere", titles=join(titles.values()))


@dataclass(frozen=True, slots=True)
class _Turn:
    """That a force joins or leaves a function at an instant."""

    verb: str
    force: str
    function: str
    start: datetime


def _turns(function: str, force: str, found: list[Run[_Stand]]) -> Iterator[_Turn]:
    """The first time at which a force takes part where it did not, and where it no longer does."""
    if _only_moves(found):
        return
    for verb, wanted in (("joins", (False, True)), ("leaves", (True, False))):
        for run in found:
            if (run.before.counts, run.after.counts) == wanted:
                yield _Turn(verb, force, function, run.start)
                break


def _lead(context: PreviewContext, rows: list[Row], turns: list[_Turn]) -> Words:
    if not rows:
        return words("participation.lead.same")
    said = []
    for (verb, start, functions), forces in _grouped(turns).items():
        many = "many" if len(forces) > 1 else "one"
        said.append(
            words(
                f"{verb}.{many}",
                forces=context.organisations(forces),
                functions=_counted(context, functions),
                when=context.period(start, None) if start != BEGINNING else words("at-once"),
            )
        )
    told = {(turn.force, turn.function) for turn in turns}
    rest = [row for row in rows if (row.about[0][1], row.about[1][1]) not in told]
    if rest:
        said.append(words("participation.lead.rest", number=len(rest)))
    return row_of(said, " ")


def _grouped(turns: list[_Turn]) -> dict[tuple[str, datetime, tuple[str, ...]], list[str]]:
    """Forces that join or leave the same functions at the same time, together."""
    functions: dict[tuple[str, datetime, str], list[str]] = defaultdict(list)
    for turn in turns:
        functions[turn.verb, turn.start, turn.force].append(turn.function)
    found: dict[tuple[str, datetime, tuple[str, ...]], list[str]] = defaultdict(list)
    for (verb, start, force), codes in sorted(functions.items()):
        found[verb, start, tuple(codes)].append(force)
    return found


def _counted(context: PreviewContext, functions: tuple[str, ...]) -> Words:
    if len(functions) > 3:
        return words("functions.number", number=len(functions))
    return context.functions(functions)
