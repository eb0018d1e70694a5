"""Worlds whose grants come from agreement documents: written, checked, compiled, recorded, varied,
suspended and left, by the operations that everybody uses. Their days are civil days.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import strategies as st

from crossforce.agreements import api as agreements
from crossforce.agreements import models, operations
from crossforce.agreements.choices import NoticeKind
from crossforce.agreements.operations import activation
from crossforce.agreements.tests import factories
from tests.worlds.lifecycle import Agreement, Side, Term, Version, both
from tests.worlds.model import MARKINGS, Grant, Span
from tests.worlds.strategies import KINDS, LONDON, PURPOSES, ROLES, Pen, Sketch, peopled

REFERENCE = "paper-roads"
FUNCTION, UNIT, COMPARTMENT = "firearms", "roads", "blue"
CEILINGS = (("find", "read"), ("read",), ("find", "read", "edit"), ("read", "dispose"))
DAYS = (-4, -3, -2, -1, 0, 1, 2, 3)
ADOPTED = ((None, None, -6, -4), (None, None, -6, -4, -2))
"""Since when the first and the second version say that they count on paper: before they are put here."""
PARTICIPANTS = '"participants"'
EVERYTHING = "records.*"
"""In a document it means every kind of the service."""


Writing = Callable[[], None]


@dataclass(frozen=True)
class Days:
    """A civil period, counted in days from today; what a table of a document says of it."""

    first: int | None = None
    last: int | None = None

    def words(self, pen: Pen) -> str:
        said = [
            f"{name} = {_day(pen, day)}\n"
            for name, day in (("from", self.first), ("until", self.last))
            if day is not None
        ]
        return "".join(said)

    def span(self, pen: Pen, within: Span) -> Span:
        first = within.starts if self.first is None else pen.midnight(self.first)
        return Span(first, within.ends if self.last is None else pen.midnight(self.last))


@dataclass
class Paper:
    """The documents of one agreement in their order, when each was put here, and what was done since."""

    documents: list[tuple[str, datetime]] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    suspension: Span | None = None
    leave: tuple[str, datetime] | None = None
    is_acted_on: bool = True

    def agreement(self) -> Agreement:
        return Agreement(
            reference=REFERENCE,
            versions=tuple(self.versions),
            suspensions=(self.suspension,) if self.suspension else (),
            leaves=dict([self.leave]) if self.leave else {},
            is_acted_on=self.is_acted_on,
        )

    def write(self) -> None:
        """Through the operations: the documents, then the suspension and the leave, then what follows."""
        for document, at in self.documents:
            agreement = operations.record_document(
                actor=factories.loader(), document=document, at=at
            )
        if self.suspension is not None:
            _suspended(agreement, self.suspension)
        if self.leave is not None:
            _left(agreement, *self.leave)
        activation.enforce(agreement, at=datetime.now(LONDON))


@st.composite
def papers(draw: st.DrawFn, base: datetime) -> tuple[Sketch, Writing]:
    """A world that stands on one agreement's documents, and what writes them."""
    pen = Pen(draw, base)
    bodies = factories.FORCES[: pen.number(2, 4)]
    paper = _paper(pen, bodies)
    return peopled(pen, bodies, KINDS, [paper.agreement()]), paper.write


def _paper(pen: Pen, bodies: Sequence[str]) -> Paper:
    paper = Paper(is_acted_on=pen.number(0, 7) != 7)
    for number in range(pen.number(1, 2)):
        begins = pen.one(DAYS[:5])
        put = pen.base - timedelta(hours=90 - 60 * number)
        adopted = pen.one(ADOPTED[number]) if paper.is_acted_on else None
        _version(pen, paper, bodies, begins, put, adopted)
    if paper.is_acted_on and pen.number(0, 3) == 0:
        paper.suspension = pen.span(usual=0)
    if paper.is_acted_on and len(paper.versions) == 1 and len(bodies) > 2 and pen.number(0, 1):
        paper.leave = (pen.one(bodies), pen.midnight(pen.one(DAYS)))
    return paper


def _version(
    pen: Pen,
    paper: Paper,
    bodies: Sequence[str],
    first: int,
    put: datetime,
    adopted: int | None,
) -> None:
    begins = pen.midnight(first)
    whole = Span(begins)
    taking = {each: _days(pen, first) for each in bodies}
    unit = _days(pen, first)
    sides = tuple(Side(each, days.span(pen, whole)) for each, days in taking.items())
    written, terms = [], []
    for number in range(pen.number(1, 3)):
        said = _said(pen, bodies, first)
        written.append(f"{_clause(number)}\n{said.text(pen)}")
        terms.append(said.term(pen, sides, whole, unit.span(pen, whole)))
    state = "demonstration" if paper.is_acted_on else "recorded"
    document = _document(pen, bodies, taking, unit, first, state) + "\n".join(written)
    since = None
    if adopted is not None:
        since = pen.midnight(adopted)
        document = f"adopted.since = {_day(pen, adopted)}\n{document}"
    paper.documents.append((document, put))
    paper.versions.append(
        Version(max(begins, put), tuple(terms), begins=begins, adopted_since=since)
    )


def _days(pen: Pen, first: int) -> Days:
    """Mostly the whole time; sometimes later, or not for ever. Never before the agreement begins."""
    if pen.number(0, 2):
        return Days()
    start = max(first, pen.one(DAYS))
    return Days(start, start + pen.number(1, 3) if pen.number(0, 1) else None)


@dataclass(frozen=True)
class Said:
    """What one ACCESS term of a document says."""

    days: Days
    named: tuple[str, ...]
    to: str
    recipients: tuple[str, ...]
    kinds: tuple[str, ...]
    collection: str
    pattern: Grant

    def target(self) -> str:
        return {
            "participants": 'organisations = ["participants"]',
            "named": f"organisations = {_list(self.recipients)}",
            "unit": f'unit = "{UNIT}"',
            "function": f'function = "{FUNCTION}"',
        }[self.to]

    def text(self, pen: Pen) -> str:
        """As it is written."""
        grant = self.pattern
        of = {"unit": UNIT, "function": FUNCTION}.get(self.collection)
        lines = [
            "[[clause.term]]",
            'type = "ACCESS"',
            f"kinds = {_list(self.kinds)}",
            f"held_by = {_list(self.named) if self.named else PARTICIPANTS}",
            f"to = {{ {self.target()}, roles = {_list(grant.roles)} }}",
            f"actions = {_list(grant.actions)}",
            f"purposes = {_list(grant.purposes)}",
            f'marking = "{grant.marking}"',
            f"territory = {_list(grant.forces)}",
            f'collection = {{ {self.collection} = "{of}" }}' if of else "",
            f'compartment = "{grant.compartment}"' if grant.compartment else "",
            self.days.words(pen),
        ]
        return "\n".join(filter(None, lines))

    def term(self, pen: Pen, sides: tuple[Side, ...], whole: Span, unit: Span) -> Term:
        """As it is meant."""
        given_to = tuple(Side(each, whole) for each in self.recipients) or sides
        if self.to == "unit":
            given_to = tuple(
                Side(side.organisation, span)
                for side in sides
                if (span := both(side.span, unit)) is not None
            )
        return Term(
            pattern=self.pattern,
            valid=self.days.span(pen, whole),
            kinds=KINDS if self.kinds == (EVERYTHING,) else self.kinds,
            holders=tuple(Side(each, whole) for each in self.named) or sides,
            recipients=given_to,
        )


def _said(pen: Pen, bodies: Sequence[str], first: int) -> Said:
    named = pen.most(bodies) if pen.number(0, 2) == 0 else ()
    to = pen.one(("participants", "participants", "named", "unit", "function"))
    recipients = pen.most(bodies) if to == "named" else ()
    if len(named) == 1 and recipients == named:
        recipients = tuple(bodies)  # no clause grants something to its holder alone
    collection = pen.one(("", "", "unit", "function"))
    pattern = Grant(
        agreement="",
        holder="",
        recipient="",
        kind="",
        actions=pen.one(CEILINGS),
        holds=(),
        collection={"unit": f"unit:{UNIT}", "function": f"function:{FUNCTION}"}.get(
            collection, ""
        ),
        units=(UNIT,) if to in ("unit", "function") else (),
        roles=pen.seldom(ROLES),
        purposes=pen.one((PURPOSES, PURPOSES[:1], PURPOSES[1:])),
        marking=pen.one((MARKINGS[0], MARKINGS[1], MARKINGS[1])),
        compartment=COMPARTMENT if pen.number(0, 5) == 0 else "",
        forces=pen.seldom(bodies),
    )
    kinds = (EVERYTHING,) if pen.number(0, 5) == 0 else pen.most(KINDS)
    return Said(_days(pen, first), named, to, recipients, kinds, collection, pattern)


def _document(
    pen: Pen,
    bodies: Sequence[str],
    taking: dict[str, Days],
    unit: Days,
    first: int,
    state: str,
) -> str:
    """A memorandum that passes check, but for its access clauses."""
    whole = factories.document(bodies, starter="memorandum", reference=REFERENCE)
    begins = f"from = {factories.BEGINS.isoformat()}"
    assert begins in whole
    whole = whole.replace(begins, f"from = {_day(pen, first)}", 1)
    whole = whole.replace("specialist-support", FUNCTION)
    whole = whole.replace('state = "draft"', f'state = "{state}"')
    start = whole.index("in = [")
    end = whole.index("]", start) + 1
    rows = "".join(
        f'\n[[function.participation]]\nforces = ["{force}"]\n{days.words(pen)}'
        for force, days in taking.items()
    )
    made = f"""{rows}
[[unit]]
code = "{UNIT}"
title = {{ en = "Unit" }}
functions = ["{FUNCTION}"]
compartment = "{COMPARTMENT}"
{unit.words(pen)}"""
    return whole[:start] + made + whole[end:]


def _clause(number: int) -> str:
    return f"""
[[clause]]
number = "{20 + number}"
heading = {{ en = "Sight" }}
head = "access"
text = {{ en = "Who sees what." }}
"""


def _list(items: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{each}"' for each in items) + "]"


def _day(pen: Pen, days: int) -> str:
    return pen.midnight(days).astimezone(LONDON).date().isoformat()


def _suspended(agreement: agreements.Agreement, span: Span) -> None:
    models.Suspension.objects.create(
        agreement=agreement,
        organisation=factories.parties(factories.AVON)[0],
        reason="a world",
        suspended_at=span.starts,
        suspended_by="worlds",
        resumed_at=span.ends,
        resumed_by="worlds" if span.ends else "",
    )


def _left(agreement: agreements.Agreement, side: str, at: datetime) -> None:
    under = agreement.versions.get()
    models.Notice.objects.create(
        agreement=agreement,
        under=under,
        kind=NoticeKind.LEAVE,
        side=side,
        reason="a world",
        given_at=under.proposed_at,
        given_by="worlds",
        completed_at=under.proposed_at,
        effective_at=at,
        effective_on=at.date(),
    )
