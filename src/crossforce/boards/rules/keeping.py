"""What a board's records keep as JSON, and reading it again: seats, attendance, votes, judgements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crossforce.boards.choices import How, Presence, Vote
from crossforce.boards.rules.agendas import Due, Item, Section
from crossforce.boards.rules.decisions import Judgement
from crossforce.boards.rules.motions import Answer, Consent, Delegation
from crossforce.boards.rules.reasons import Reason
from crossforce.boards.rules.rolls import Attendance
from crossforce.boards.rules.seats import SeatRule
from crossforce.kernel import keeping as kept
from crossforce.kernel.money import in_pounds
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement as it is kept: what is shown of it ever after."""

    reasons: tuple[str, ...]
    clause: str
    by: str
    agreeing: tuple[str, ...]
    missing: tuple[str, ...]
    quorum: tuple[tuple[str, int, int], ...]
    votes_for: int
    against: int
    abstained: int
    seats: int
    is_late: bool
    alone: str = ""

    @property
    def first_reason(self) -> Reason | None:
        """The first thing that stood in the way; None where nothing did."""
        return Reason(self.reasons[0].rstrip(".")) if self.reasons else None


def seats_text(rules: Iterable[SeatRule]) -> str:
    """Rules of who sits, as they are kept."""
    return kept.text([[rule.office, list(rule.of), rule.votes] for rule in rules])


def seats(text: str) -> tuple[SeatRule, ...]:
    """The rules of who sits."""
    return tuple(
        SeatRule(office, tuple(of), votes) for office, of, votes in kept.read(text, [])
    )


def closed_text(closed: Mapping[date, str]) -> str:
    """Closed days with their reasons, as they are kept."""
    return kept.text({day.isoformat(): why for day, why in sorted(closed.items())})


def closed(text: str) -> dict[date, str]:
    """The closed days."""
    return {date.fromisoformat(day): why for day, why in kept.read(text, {}).items()}


def delegations_text(given: Iterable[Delegation]) -> str:
    """Delegations, as they are kept."""
    return kept.text([[each.seat, list(each.decisions), each.up_to_pence] for each in given])


def delegations(text: str) -> tuple[Delegation, ...]:
    """The delegations."""
    return tuple(Delegation(seat, tuple(of), upto) for seat, of, upto in kept.read(text, []))


def attendance_text(rows: Mapping[str, Attendance]) -> str:
    """Attendance by seat, as it is kept."""
    return kept.text(
        {
            seat: [row.presence.value, row.alternate, sorted(row.interests)]
            for seat, row in sorted(rows.items())
        }
    )


def attendance(text: str) -> dict[str, Attendance]:
    """The attendance by seat."""
    return {
        seat: Attendance(Presence(presence), alternate, frozenset(interests))
        for seat, (presence, alternate, interests) in kept.read(text, {}).items()
    }


def votes_text(votes: Mapping[str, Vote], answers: Mapping[str, Answer]) -> str:
    """Votes by seat, as they are kept; one that was given in writing with its evidence."""
    found: dict[str, Any] = {seat: vote.value for seat, vote in sorted(votes.items())}
    for seat, answer in answers.items():
        if seat in found:
            found[seat] = [
                found[seat], answer.by, answer.on.isoformat(), answer.document, answer.own,
            ]  # fmt: skip
    return kept.text(found)


def votes(text: str) -> dict[str, Vote]:
    """The votes by seat."""
    found = kept.read(text, {})
    return {
        seat: Vote(said if isinstance(said, str) else said[0]) for seat, said in found.items()
    }


def answers(text: str) -> dict[str, Answer]:
    """Who answered in writing for each seat, when, and in which document."""
    found = kept.read(text, {})
    return {
        seat: Answer(said[1], date.fromisoformat(said[2]), *said[3:])
        for seat, said in found.items()
        if not isinstance(said, str)
    }


def consents_text(given: Iterable[Consent]) -> str:
    """Agreements in writing, as they are kept."""
    rows = (
        [each.person, each.document, each.on.isoformat(), *([each.own] if each.own else [])]
        for each in given
    )
    return kept.text(sorted(rows))


def consents(text: str) -> tuple[Consent, ...]:
    """The agreements in writing."""
    rows = kept.read(text, [])
    return tuple(
        Consent(who, document, date.fromisoformat(on), *own) for who, document, on, *own in rows
    )


def notes_text(notes: Mapping[str, str]) -> str:
    """Notes by item, as they are kept; an empty one is none."""
    return kept.text({item: said for item, said in sorted(notes.items()) if said.strip()})


def notes(text: str) -> dict[str, str]:
    """The notes by item."""
    return dict(kept.read(text, {}))


def agenda_text(sections: Iterable[Section]) -> str:
    """An agenda as the meeting had it."""
    return kept.text(
        [
            [each.kind, each.title.en, each.title.cy, [_line(item) for item in each.items]]
            for each in sections
        ]
    )


def agenda(text: str) -> tuple[Section, ...]:
    """The agenda as the meeting had it."""
    return tuple(
        Section(number, Words(en=en, cy=cy), kind, tuple(_item(line) for line in lines))
        for number, (kind, en, cy, lines) in enumerate(kept.read(text, []), start=1)
    )


def judged_text(judgement: Judgement) -> str:
    """A judgement, as it is kept for good."""
    answer, tally = judgement.authority.answer, judgement.tally
    return kept.text(
        {
            "reasons": [str(reason) for reason in judgement.reasons],
            "clause": judgement.authority.why.clause or "",
            "by": judgement.authority.why.words,
            "agreeing": sorted(judgement.agreeing),
            "missing": [code for code in answer.who if code not in judgement.agreeing],
            "quorum": [[n.office, n.needed, n.sitting] for n in judgement.quorum.needs],
            "votes": [tally.votes_for, tally.against, tally.abstained, tally.seats],
            "late": judgement.late,
            "alone": _alone(judgement),
        }
    )


def _alone(judgement: Judgement) -> str:
    """By what rule one seat decided alone; empty where none did."""
    given = judgement.taken.delegation
    if judgement.taken.how is not How.URGENT or given is None:
        return ""
    if given.up_to_pence is None and not given.decisions:
        return "as much as practice lets the seat that chairs, or that the board's rules name"
    limit = "as much as practice" if given.up_to_pence is None else in_pounds(given.up_to_pence)
    kinds = ", ".join(given.decisions) or "any kind"
    return f"the board's rules of what a seat may decide alone: {kinds}, up to {limit}"


def judged(text: str) -> Judged:
    """A judgement as it was kept."""
    row = kept.read(text, {})
    votes_for, against, abstained, seats_ = row["votes"]
    return Judged(
        reasons=tuple(row["reasons"]),
        clause=row["clause"],
        by=row["by"],
        agreeing=tuple(row["agreeing"]),
        missing=tuple(row["missing"]),
        quorum=tuple((office, needed, sitting) for office, needed, sitting in row["quorum"]),
        votes_for=votes_for,
        against=against,
        abstained=abstained,
        seats=seats_,
        is_late=row["late"],
        alone=row.get("alone", ""),
    )


def put_off_text() -> str:
    """In the place of a judgement: nothing was voted on."""
    return kept.text(
        {
            "reasons": ["The meeting put it off, to come first under its heading at the next"],
            "clause": "",
            "by": "the board's own business",
            "agreeing": [],
            "missing": [],
            "quorum": [],
            "votes": [0, 0, 0, 0],
            "late": False,
        }
    )


def _line(item: Item) -> list[Any]:
    due = item.due
    before = [day.isoformat() for day in due.put_before]
    return [item.number, due.reference, due.kind, due.title, due.due_on.isoformat(), due.why,
            due.agreement, due.paper, before, item.days_late]  # fmt: skip


def _item(line: list[Any]) -> Item:
    number, reference, kind, title, due_on, why, agreement, paper, before, late = line
    put = tuple(date.fromisoformat(day) for day in before)
    day = date.fromisoformat(due_on)
    return Item(number, Due(reference, kind, title, day, why, agreement, paper, put), late)
