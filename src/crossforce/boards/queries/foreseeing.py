"""Preview: what a draft would do to who governs: which board, who sits on it, its quorum, whose approval.

It changes nothing, and names the boards that whoever acts may read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from crossforce.acting import api as acting
from crossforce.agreements import resolve
from crossforce.agreements.preview import Cited, PreviewContext, Row, Section
from crossforce.agreements.preview.shapes import Side, cited
from crossforce.agreements.preview.through_time import Run, edges, kind_of, runs
from crossforce.agreements.resolve import Citation, GoverningAnswer
from crossforce.agreements.terms import (
    ApprovalRule,
    CompiledTerms,
    GovernanceRule,
    LeadRule,
    ParticipationRule,
)
from crossforce.boards import models
from crossforce.boards.choices import ANY_SEAT
from crossforce.boards.queries import agreed, boards
from crossforce.boards.rules import keeping, seats
from crossforce.boards.rules.charters import charter, required
from crossforce.boards.rules.governing import turning_days
from crossforce.boards.rules.quorums import Need, quorum
from crossforce.boards.rules.reasons import counted
from crossforce.boards.rules.rolls import Roll
from crossforce.boards.rules.seats import Seat
from crossforce.kernel.civil import day_of, instant
from crossforce.kernel.money import in_pounds
from crossforce.kernel.words import Words

TITLE: Final = Words(en="Boards and approvals", cy="Byrddau a chymeradwyo")
NOTHING: Final = Words(en="nothing", cy="dim")
BOARD: Final = Words(en="Board", cy="Bwrdd")
SITS: Final = Words(en="Who sits", cy="Pwy sy'n eistedd")
QUORUM: Final = Words(en="Quorum", cy="Cworwm")
APPROVES: Final = Words(en="Who approves", cy="Pwy sy'n cymeradwyo")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of one side: compared by `key`, told as `words`, resting on `why`."""

    key: tuple[object, ...]
    words: Words = field(compare=False)
    why: Citation | None = field(compare=False)


Ask = Callable[[CompiledTerms, datetime], Answer | None]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a function, or of a kind and value of decision; `about` are the codes."""

    title: Words
    of: Words
    about: tuple[tuple[str, str], ...]
    ask: Ask


def governance(context: PreviewContext) -> Section:
    """Who would govern, sit, be enough to decide, and have to approve, where that is not as it was."""
    asked = _Asked(context)
    instants = edges(
        context,
        GovernanceRule,
        ParticipationRule,
        ApprovalRule,
        LeadRule,
        more=_turning(context),
    )
    alike: dict[tuple[str, tuple[Run[Answer | None], ...]], list[Question]] = defaultdict(list)
    for each in asked.questions():
        found = runs(instants, partial(_sides, context, each.ask))
        alike[each.title.en, tuple(run for run in found if run.differs)].append(each)
    rows = [_row(context, of, run) for (_, found), of in alike.items() for run in found]
    lead = Words(
        en=f"{counted(len(rows), 'answer')} to who governs, sits and approves would be otherwise.",
        cy=f"Byddai {len(rows)} ateb i bwy sy'n llywodraethu, yn eistedd ac yn cymeradwyo yn wahanol.",
    )
    same = Words(
        en="Who governs, sits and approves would stay as it is.",
        cy="Byddai pwy sy'n llywodraethu, yn eistedd ac yn cymeradwyo yn aros fel y mae.",
    )
    return Section("", TITLE, lead if rows else same, tuple(rows))


@dataclass(frozen=True)
class _Asked:
    """The questions about one draft, and what answers them."""

    context: PreviewContext
    kept: tuple[models.Board, ...] = field(init=False)

    def __post_init__(self) -> None:
        rows = () if acting.current() is None else models.Board.objects.within_reach()
        object.__setattr__(self, "kept", tuple(rows))

    def questions(self) -> Iterator[Question]:
        """Of every function its board, seats and quorum; of every kind and value of decision who approves."""
        sides = [terms for terms in self.context.sides if terms]
        for code in sorted({code for terms in sides for code in terms.functions}):
            for title, ask in ((BOARD, self.board), (SITS, self.sits), (QUORUM, self.quorum)):
                of = self.context.function(code)
                yield Question(title, of, (("function", code),), partial(ask, code))
        rules = [rule for terms in sides for _, rule in terms.of(ApprovalRule)]
        for decision in sorted({rule.decision for rule in rules}):
            limits = {rule.up_to_pence for rule in rules if rule.decision == decision}
            for pence, said in _bands(limit for limit in limits if limit is not None):
                of = _joined((_plain(decision.replace("-", " ")), said), " ")
                about = (("decision", decision), ("pence", str(pence)))
                yield Question(APPROVES, of, about, partial(self.approves, decision, pence))

    def board(self, function: str, terms: CompiledTerms, at: datetime) -> Answer | None:
        """Which body governs, and the board that is kept of it."""
        answer = self._governing(function, terms, at)
        if not answer.bodies:
            return None
        row = self._row(answer, at)
        who = self.context.organisations(answer.bodies)
        said = _pair(_plain(row.title), who) if row else who
        key = (frozenset(answer.bodies), answer.jointly, row and row.pk)
        return Answer(key, said, answer.why)

    def sits(self, function: str, terms: CompiledTerms, at: datetime) -> Answer | None:
        """The seats, by office, of whoever governs."""
        found = self._seats(function, terms, at)
        if not found:
            return None
        titles = [seats.title(seat, self.context.directory, day_of(at)) for seat in found]
        advises = Words(en=" (advises)", cy=" (yn cynghori)")
        named = [
            title if seat.votes else _joined((title, advises), "")
            for title, seat in zip(titles, found, strict=True)
        ]
        key = tuple((seat.code, seat.votes) for seat in found)
        why = self._governing(function, terms, at).why
        return Answer(key, _joined(named, "; "), why)

    def quorum(self, function: str, terms: CompiledTerms, at: datetime) -> Answer | None:
        """How many seats of which office it takes to decide."""
        found = self._seats(function, terms, at)
        if not found:
            return None
        named = charter(terms, function, at)
        practice = agreed.known_practice(day_of(at))
        roll = Roll(found, {})
        needs = quorum(roll, "", required([named]), practice.quorum_more_than).needs
        key = tuple((need.office, need.needed) for need in needs)
        return Answer(key, _joined([_need(each) for each in needs], "; "), named.why)

    def approves(
        self, decision: str, pence: int, terms: CompiledTerms, at: datetime
    ) -> Answer | None:
        """Who must agree to a decision of that kind and value, and how many of them."""
        found = resolve.approvers(terms, decision, pence, at, self.context.directory)
        if not found.who:
            return None
        who, number = self.context.organisations(found.who), found.needed
        said = who
        if number < len(found.who):
            of = Words(en=f"{number} of {len(found.who)}", cy=f"{number} o {len(found.who)}")
            said = _pair(of, who)
        return Answer((frozenset(found.who), number), said, found.why)

    def _governing(self, function: str, terms: CompiledTerms, at: datetime) -> GoverningAnswer:
        return resolve.governing_body(terms, function, at, self.context.directory)

    def _row(self, answer: GoverningAnswer, at: datetime) -> models.Board | None:
        return boards.board_among(self.kept, answer, self.context.new.reference, day_of(at))

    def _seats(self, function: str, terms: CompiledTerms, at: datetime) -> tuple[Seat, ...]:
        """By the board's own rules where it has some, else those of whoever governs."""
        answer, on = self._governing(function, terms, at), day_of(at)
        row, offices = self._row(answer, at), agreed.known_offices(on)
        rules = keeping.seats(row.seats) if row else ()
        if rules:
            forces = resolve.taking_part(terms, (), at)
            return seats.by_rules(rules, forces, on, self.context.directory, offices)
        return seats.of_bodies(answer.bodies, on, self.context.directory, offices)


def _sides(
    context: PreviewContext, ask: Ask, at: datetime
) -> tuple[Answer | None, Answer | None]:
    before, after = (
        ask(terms, at) if terms and terms.terms and terms.valid.contains(at) else None
        for terms in context.sides
    )
    return before, after


def _turning(context: PreviewContext) -> Iterator[datetime | None]:
    """Every instant at which something that the answers rest on begins or ends."""
    for terms in context.sides:
        if terms is None:
            continue
        for function in terms.functions:
            yield from map(instant, turning_days(terms, function, context.directory))
        for party in terms.parties:
            yield from (party.valid.starts_at, party.valid.ends_at)


def _row(context: PreviewContext, alike: list[Question], run: Run[Answer | None]) -> Row:
    before, after = run.before, run.after
    return Row(
        kind=kind_of(before, after),
        what=_pair(alike[0].title, _joined((each.of for each in alike), ", ")),
        before=before.words if before else NOTHING,
        after=after.words if after else NOTHING,
        when=context.period(run.start, run.end),
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        clauses=_cited("before", before) + _cited("after", after),
        about=tuple(code for each in alike for code in each.about),
    )


def _cited(side: Side, answer: Answer | None) -> tuple[Cited, ...]:
    return cited(side, answer.why if answer else None)


def _bands(limits: Iterable[int]) -> Iterator[tuple[int, Words]]:
    """A value of every band that the limits make, and the band in words."""
    ordered = sorted(limits)
    for limit in ordered:
        pounds = in_pounds(limit)
        yield limit, Words(en=f"up to {pounds}", cy=f"hyd at {pounds}")
    if not ordered:
        yield 0, Words(en="of any value", cy="o unrhyw werth")
        return
    last = in_pounds(ordered[-1])
    yield ordered[-1] + 1, Words(en=f"beyond {last}", cy=f"y tu hwnt i {last}")


def _need(need: Need) -> Words:
    if need.office == ANY_SEAT:
        return Words(
            en=f"{need.needed} of {need.seats} seats", cy=f"{need.needed} o {need.seats} sedd"
        )
    office = need.office.replace("-", " ")
    return Words(en=f"{need.needed} of {office}", cy=f"{need.needed} o {office}")


def _pair(first: Words, second: Words) -> Words:
    return _joined((first, second), ": ")


def _joined(parts: Iterable[Words], between: str) -> Words:
    some = list(parts)
    en, cy = (
        between.join(each.in_language(language) for each in some) for language in ("en", "cy")
    )
    return Words(en=en, cy=cy)


def _plain(text: str) -> Words:
    return Words(en=text, cy=text)
