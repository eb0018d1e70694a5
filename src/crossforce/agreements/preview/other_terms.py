"""The rest of the terms, old and new in words: approvals, controllers, retention, measures, routing."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from crossforce.agreements import resolve
from crossforce.agreements.diff import diff
from crossforce.agreements.preview.context import PreviewContext
from crossforce.agreements.preview.phrases import both, plain, row_of, words
from crossforce.agreements.preview.shapes import Cited, Row, Section, cited
from crossforce.agreements.preview.through_time import Run, kind_of
from crossforce.agreements.terms import (
    ApprovalRule,
    CompiledTerms,
    ControllerRule,
    KpiRule,
    RetentionRule,
    RoutingRule,
    TaskingRule,
    Term,
    TermRule,
)
from crossforce.agreements.wording import term_in_words
from crossforce.kernel.periods import Period
from crossforce.kernel.words import Words

KINDS: tuple[tuple[str, tuple[type[TermRule], ...]], ...] = (
    ("approvals", (ApprovalRule,)),
    ("controllers", (ControllerRule,)),
    ("retention", (RetentionRule,)),
    ("performance", (KpiRule,)),
    ("routing", (RoutingRule, TaskingRule)),
)

_NAMED_BY: dict[str, Callable[[Any], tuple[object, ...]]] = {
    "APPROVAL": lambda rule: (rule.decision, rule.up_to_pence),
    "CONTROLLER": lambda rule: (rule.kinds,),
    "RETENTION": lambda rule: (rule.kinds,),
    "KPI": lambda rule: (rule.measure,),
    "ROUTING": lambda rule: (rule.function, tuple(sorted(rule.when.items())), rule.forces),
    "TASKING": lambda rule: (rule.unit, tuple(sorted(rule.when.items()))),
}


@dataclass(frozen=True, slots=True)
class _Side:
    """A term, as far as it holds once the draft counts."""

    term: Term
    period: Period

    @property
    def meaning(self) -> tuple[str, Period]:
        return (self.term.rule.model_dump_json(), self.period)


def other_terms(context: PreviewContext) -> Iterator[Section]:
    """One section for each kind of term that other sections do not answer for."""
    for code, kinds in KINDS:
        rows = list(_rows(context, kinds))
        phrase = "terms.lead" if rows else "terms.same"
        title = words(code)
        yield Section(code, title, words(phrase, what=title, number=len(rows)), tuple(rows))


def _rows(context: PreviewContext, kinds: tuple[type[TermRule], ...]) -> Iterator[Row]:
    before, after = (_sides(context, terms, kinds) for terms in context.sides)
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = _unlike(before.get(name, []), after.get(name, []))
        for place in range(max(len(old), len(new))):
            yield _row(context, _at(old, place), _at(new, place))


def _at(sides: list[_Side], place: int) -> _Side | None:
    return sides[place] if place < len(sides) else None


def _sides(
    context: PreviewContext, terms: CompiledTerms | None, kinds: tuple[type[TermRule], ...]
) -> dict[tuple[object, ...], list[_Side]]:
    found: dict[tuple[object, ...], list[_Side]] = defaultdict(list)
    for term in terms.terms if terms else ():
        period = term.valid.intersection(Period(context.since))
        if isinstance(term.rule, kinds) and period:
            found[term.type, *_NAMED_BY[term.type](term.rule)].append(_Side(term, period))
    return found


def _unlike(old: list[_Side], new: list[_Side]) -> tuple[list[_Side], list[_Side]]:
    """What is on one side only."""
    meanings = [{each.meaning for each in side} for side in (old, new)]
    return (
        [each for each in old if each.meaning not in meanings[1]],
        [each for each in new if each.meaning not in meanings[0]],
    )


def _row(context: PreviewContext, old: _Side | None, new: _Side | None) -> Row:
    side = new or old
    assert side is not None
    run = Run(side.period.starts_at, side.period.ends_at, None, None)
    same_rule = old and new and old.term.rule == new.term.rule
    return Row(
        kind="moved" if same_rule else kind_of(old, new),
        what=side.term.heading or words(f"term.{side.term.type}"),
        before=_said(context, old, new),
        after=_said(context, new, old),
        when=context.period(run.start, run.end),
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        clauses=_clauses(old, new),
    )


def _clauses(old: _Side | None, new: _Side | None) -> tuple[Cited, ...]:
    before = cited("before", resolve.cite(old.term, "")) if old else ()
    return before + (cited("after", resolve.cite(new.term, "")) if new else ())


def _said(context: PreviewContext, side: _Side | None, other: _Side | None) -> Words:
    """The term as a sentence, with the functions it is for where the two sides differ in them."""
    if side is None:
        return words("term.none")
    undated = side.term.model_copy(update={"from_": None, "until": None})
    said = both(lambda language: term_in_words(undated, context.names, language))
    functions = getattr(side.term.rule, "functions", ())
    if other is None or functions == getattr(other.term.rule, "functions", ()):
        return said
    return row_of([said, words("term.functions", functions=context.functions(functions))], " ")


def wording(context: PreviewContext) -> Section:
    """Clauses whose heading or text is other than it was, by the diff of the documents."""
    rows = []
    if context.old and not context.is_parting:
        for change in diff(context.old.document, context.new.document):
            is_text = len(change.path) == 2 or change.path[-1] in ("text", "heading")
            if change.path[0] == "clause" and is_text:
                rows.append(
                    _reworded(context, change.clause or "", change.before, change.after)
                )
    phrase = "terms.lead" if rows else "terms.same"
    title = words("wording")
    return Section("wording", title, words(phrase, what=title, number=len(rows)), tuple(rows))


def _reworded(context: PreviewContext, clause: str, before: Any, after: Any) -> Row:
    sides = ((before, "before"), (after, "after"))
    return Row(
        kind=kind_of(before, after),
        what=words("wording.clause", clause=clause),
        before=_text(before),
        after=_text(after),
        when=context.period(context.since, None),
        clauses=tuple(
            Cited("before" if side == "before" else "after", clause)
            for value, side in sides
            if value is not None
        ),
    )


def _text(value: Any) -> Words:
    if value is None:
        return words("term.none")
    text = value.get("text", value)
    return Words.model_validate(text) if "en" in text else plain(str(text))
