"""The minutes of a meeting, written from what happened: who sat, what was decided, by whom and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crossforce.boards.choices import Presence, Vote
from crossforce.boards.rules.actions import Action
from crossforce.boards.rules.agendas import Section
from crossforce.boards.rules.quorums import Quorum
from crossforce.boards.rules.reasons import listed
from crossforce.boards.rules.rolls import Roll
from crossforce.boards.rules.seats import Seat
from crossforce.kernel.civil import day_of, time_of_day

Titles = Callable[[Seat], str]
"""What a seat is called in the minutes."""

_SAID = {Vote.FOR: "for", Vote.AGAINST: "against", Vote.ABSTAIN: "abstaining"}


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of one item. `votes` are those that counted; with `reasons` it was not decided."""

    item: str
    votes: Mapping[str, Vote]
    agreeing: tuple[str, ...]
    reasons: tuple[str, ...]
    clause: str = ""
    takes_effect_on: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as it was held. `notes` are what was said on an item, by its reference."""

    board: str
    at: datetime
    roll: Roll
    quorum: Quorum
    agenda: tuple[Section, ...]
    decisions: tuple[Decided, ...] = ()
    actions: tuple[Action, ...] = ()
    put_off: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of minutes under its number and heading."""

    number: str
    heading: str
    lines: tuple[str, ...]


def minutes(held: Held, title: Titles) -> tuple[Paragraph, ...]:
    """The minutes of the meeting. Seats are named by office; persons are not."""
    opening = Paragraph(
        "",
        f"{held.board}, {day_of(held.at):%-d %B %Y} at {time_of_day(held.at)}",
        tuple(_attendance(held, title)),
    )
    items = (
        Paragraph(item.number, item.due.title, tuple(_item(item.due.reference, held, title)))
        for section in held.agenda
        for item in section.items
    )
    return (opening, *items)


def _attendance(held: Held, title: Titles) -> Iterator[str]:
    groups: dict[Presence, list[str]] = {presence: [] for presence in Presence}
    for seat in held.roll.seats:
        row = held.roll.of(seat)
        office = held.roll.filled_by(seat)
        if row.presence is Presence.ALTERNATE and office is not None:
            groups[Presence.ALTERNATE].append(f"{office.title.en} for {title(seat)}")
        else:
            groups[row.presence].append(title(seat))
    heads = {
        Presence.PRESENT: "Present",
        Presence.ALTERNATE: "In the place of others",
        Presence.ABSENT: "Apologies or absent",
    }
    for presence, names in groups.items():
        if names:
            yield f"{heads[presence]}: {'; '.join(names)}."
    if held.quorum.is_met:
        yield "The meeting was quorate."
    else:
        yield from (str(reason) for reason in held.quorum.reasons())


def _item(reference: str, held: Held, title: Titles) -> Iterator[str]:
    yield from _interests(reference, held, title)
    yield from (words for of, words in held.notes if of == reference)
    for decided in held.decisions:
        if decided.item == reference:
            yield from _decision(decided, held, title)
    if reference in held.put_off:
        yield "Put off to the next meeting."
    for action in held.actions:
        if action.item == reference:
            seats = [title(seat) for seat in held.roll.seats if seat.code == action.owner]
            who = listed(seats) or action.owner
            yield f"Action for {who}: {action.what}, by {action.due_on:%-d %B %Y}."


def _interests(reference: str, held: Held, title: Titles) -> Iterator[str]:
    away = [
        title(seat) for seat in held.roll.seats if reference in held.roll.of(seat).interests
    ]
    if away:
        yield f"Declared an interest and took no part: {listed(away)}."


def _decision(decided: Decided, held: Held, title: Titles) -> Iterator[str]:
    if votes := _votes(decided, held, title):
        yield votes
    if decided.agreeing:
        yield f"Agreed: {listed(decided.agreeing)}."
    if decided.reasons:
        yield "Not decided. " + " ".join(decided.reasons)
        return
    by = f" under clause {decided.clause}" if decided.clause else ""
    effect = decided.takes_effect_on
    from_day = f", with effect from {effect:%-d %B %Y}" if effect else ""
    yield f"Decided{by}{from_day}."


def _votes(decided: Decided, held: Held, title: Titles) -> str:
    by_vote: dict[Vote, list[str]] = {}
    for seat in held.roll.seats:
        vote = decided.votes.get(seat.code)
        if vote is not None:
            by_vote.setdefault(vote, []).append(title(seat))
    parts: Sequence[str] = [
        f"{_SAID[vote]}: {listed(by_vote[vote])}" for vote in Vote if vote in by_vote
    ]
    return f"Votes {'; '.join(parts)}." if parts else ""
