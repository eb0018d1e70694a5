"""Every organisation that a document names, and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from crossforce.agreements.check.facts import Facts
from crossforce.agreements.check.rule import Path
from crossforce.agreements.check.spans import Span
from crossforce.agreements.document import terms as kinds
from crossforce.agreements.document.values import Dated

Sort = Literal["any", "force", "chief-officer", "region"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of an organisation; `sort` is what the place asks for."""

    code: str
    sort: Sort
    path: Path
    span: Span
    clause: str | None = None


def mentions(facts: Facts) -> Iterator[Mention]:
    """Every naming of an organisation, in order of writing."""
    if facts.document.region:
        yield Mention(facts.document.region, "region", ("region",), facts.span)
    for row in facts.parties:
        yield Mention(row.party.organisation, "any", (*row.path, "organisation"), row.span)
    for taking in facts.takings:
        yield Mention(taking.force, "force", (*taking.path, "forces"), taking.span)
    yield from _units(facts)
    for n, each in enumerate(facts.document.designation):
        path: Path = ("designation", n)
        yield Mention(each.staff_of, "force", (*path, "staff_of"), facts.span, each.clause)
        for code in each.working_for:
            yield Mention(code, "force", (*path, "working_for"), facts.span, each.clause)
    for placed in facts.terms:
        for key, sort, code in _of_term(placed.term):
            path = (*placed.path, *key)
            yield Mention(code, sort, path, placed.span, placed.clause.number)


def _units(facts: Facts) -> Iterator[Mention]:
    for n, unit in enumerate(facts.document.unit):
        if unit.based_in:
            yield Mention(unit.based_in, "force", ("unit", n, "based_in"), facts.span)
        for code in unit.staffed_by:
            yield Mention(code, "force", ("unit", n, "staffed_by"), facts.span)
        for code in unit.embedded:
            yield Mention(code, "any", ("unit", n, "embedded"), facts.span)


Named = Iterator[tuple[Path, Sort, str]]


def _of_term(term: Dated) -> Named:
    if isinstance(term, kinds.Lead):
        yield ("force",), "force", term.force
    elif isinstance(term, kinds.DirectionControl):
        yield from _all(("of", "staff_of"), "force", term.of.staff_of)
        yield from _all(("chief",), "chief-officer", _one(term.chief))
    elif isinstance(term, kinds.CostShare):
        yield from _of_cost(term)
    elif isinstance(term, kinds.Governance):
        yield from _all(("body",), "any", _one(term.body))
        yield from _all(("reports_to",), "any", _one(term.reports_to))
    elif isinstance(term, kinds.Approval):
        yield from _all(("body",), "any", _one(term.body))
    elif isinstance(term, kinds.Routing):
        yield from _all(("forces",), "force", term.forces)
    else:
        yield from _of_sight(term)


def _of_cost(term: kinds.CostShare) -> Named:
    yield from _all(("shares",), "force", tuple(term.shares))
    yield from _all(("demand",), "force", tuple(term.demand))
    yield from _all(("incidents",), "force", tuple(term.incidents))
    for n, each in enumerate(term.component):
        yield from _all(("component", n, "shares"), "force", tuple(each.shares))
    for n, gift in enumerate(term.in_kind):
        yield ("in_kind", n, "force"), "force", gift.force


def _of_sight(term: Dated) -> Named:
    if isinstance(term, kinds.Access):
        held_by = () if isinstance(term.held_by, str) else term.held_by
        yield from _all(("held_by",), "any", held_by)
        yield from _all(("to", "organisations"), "any", term.to.organisations)
        yield from _all(("territory",), "force", term.territory)
    elif isinstance(term, kinds.Controller):
        yield from _all(("controllers",), "any", term.controllers)
        yield from _all(("contact",), "any", _one(term.contact))
        yield from _all(("processors",), "any", term.processors)
    elif isinstance(term, kinds.Tasking):
        yield from _all(("by",), "any", _one(term.by))
    elif isinstance(term, kinds.Kpi):
        yield from _all(("owner",), "any", _one(term.owner))


def _one(code: str | None) -> tuple[str, ...]:
    return (code,) if code else ()


def _all(path: Path, sort: Sort, codes: tuple[str, ...]) -> Named:
    for code in codes:
        if code != "participants":
            yield path, sort, code
