"""Other agreements in force that reach the same work: same force, function and time, or same unit."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from crossforce.agreements.preview.context import PreviewContext, Standing
from crossforce.agreements.preview.phrases import join, words
from crossforce.agreements.preview.shapes import Cited, Row, Section, Side
from crossforce.agreements.preview.through_time import Run, kind_of
from crossforce.agreements.resolve import TAKING_PART
from crossforce.agreements.terms import CommandRule, ParticipationRule, Term
from crossforce.kernel import rulepacks
from crossforce.kernel.periods import Period
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class _Shared:
    """What one side shares with another agreement, and when."""

    reference: str
    title: Words = field(compare=False)
    subject: str
    code: str
    forces: tuple[str, ...]
    period: Period
    clauses: tuple[tuple[str | None, str | None], ...] = field(compare=False, default=())

    @property
    def about(self) -> tuple[str, str, str]:
        return (self.reference, self.subject, self.code)


def overlaps(context: PreviewContext) -> Section:
    """Where the draft, or what it follows, meets another agreement."""
    before = {each.about: each for each in _shared(context, context.old)}
    after = {each.about: each for each in _shared(context, context.new)}
    rows = [
        _row(context, before.get(about), after.get(about))
        for about in dict.fromkeys([*after, *before])
    ]
    met = {each.reference: each.title for each in after.values()}
    lead = words("overlaps.lead", titles=join(met.values())) if met else words("overlaps.none")
    return Section("overlaps", words("overlaps"), lead, tuple(rows))


def _shared(context: PreviewContext, side: Standing | None) -> Iterator[_Shared]:
    if side is None or side.document.basis in _alone(context.on):
        return
    found: dict[tuple[str, str, str], list[tuple[Standing, str, Term, Term, Period]]]
    found = defaultdict(list)
    for mine, subject, code, force in _subjects(side):
        during = mine.valid.intersection(Period(context.since))
        if during is None:
            continue
        others = (
            context.others.sharing(force, code, during)
            if subject == "function"
            else context.others.commanding(code, during)
        )
        for other, their in others:
            both = during.intersection(their.valid)
            if both and other.document.basis not in _alone(context.on):
                entry = (other, force, mine, their, both)
                found[other.reference, subject, code].append(entry)
    for (reference, subject, code), entries in found.items():
        yield _together(reference, subject, code, entries)


def _alone(on: date) -> tuple[str, ...]:
    """Bases of agreements that one organisation makes with itself: they overlap nobody's."""
    return tuple(rulepacks.load("agreement-practice").value("overlap.bases-of-one", on))


def _subjects(side: Standing) -> Iterator[tuple[Term, str, str, str]]:
    for term, rule in side.terms.of(ParticipationRule):
        if rule.status in TAKING_PART:
            yield term, "function", rule.function, rule.force
    for term, command in side.terms.of(CommandRule):
        if command.unit:
            yield term, "unit", command.unit, ""


def _together(
    reference: str,
    subject: str,
    code: str,
    entries: list[tuple[Standing, str, Term, Term, Period]],
) -> _Shared:
    ends = [period.ends_at for *_, period in entries]
    closed = [end for end in ends if end is not None]
    whole = Period(
        min(period.starts_at for *_, period in entries),
        max(closed) if len(closed) == len(ends) else None,
    )
    forces = {force for _, force, *_ in entries if force}
    pairs = {(mine.clause, their.clause) for _, _, mine, their, _ in entries}
    return _Shared(
        reference=reference,
        title=entries[0][0].title,
        subject=subject,
        code=code,
        forces=tuple(sorted(forces)),
        period=whole,
        clauses=tuple(sorted(pairs, key=str)),
    )


def _row(context: PreviewContext, old: _Shared | None, new: _Shared | None) -> Row:
    shared = new or old
    assert shared is not None
    run = Run(shared.period.starts_at, shared.period.ends_at, None, None)
    name = (
        context.function(shared.code)
        if shared.subject == "function"
        else context.unit(shared.code)
    )
    return Row(
        kind="same" if old == new else kind_of(old, new),
        what=words(f"overlaps.{shared.subject}", name=name, title=shared.title),
        before=_said(context, old),
        after=_said(context, new),
        when=context.period(run.start, run.end),
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        clauses=tuple(_clauses(shared, "after" if new else "before")),
        lines=(words("overlaps.declared"),) if _is_declared(context, shared) else (),
        about=(("agreement", shared.reference), (shared.subject, shared.code)),
    )


def _said(context: PreviewContext, shared: _Shared | None) -> Words:
    if shared is None:
        return words("overlaps.no")
    if shared.subject == "unit":
        return words("overlaps.command")
    return words("overlaps.forces", forces=context.organisations(shared.forces))


def _clauses(shared: _Shared, side: Side) -> Iterator[Cited]:
    mine = dict.fromkeys(own for own, _ in shared.clauses if own)
    theirs = dict.fromkeys(their for _, their in shared.clauses if their)
    yield from (Cited(side, clause) for clause in mine)
    yield from (Cited(side, clause, reference=shared.reference) for clause in theirs)


def _is_declared(context: PreviewContext, shared: _Shared) -> bool:
    named = {each.reference for each in context.new.document.relation}
    back = {
        each.reference
        for other in context.others.standing
        if any(r.reference == context.new.reference for r in other.document.relation)
        for each in (other,)
    }
    return shared.reference in named | back
