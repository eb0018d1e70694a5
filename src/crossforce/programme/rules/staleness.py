"""What of a register nobody has looked at for too long, and whom to ask."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from crossforce.programme.rules.days import months_later
from crossforce.programme.rules.figures import Figures
from crossforce.programme.rules.register import Entry

NOBODY = ""


@dataclass(frozen=True, slots=True)
class Chase:
    """What one owner of one register is asked to look at, the longest overdue first."""

    holder: str
    owner: str
    entries: tuple[Entry, ...]
    days: tuple[int, ...]


def due_on(entry: Entry, figures: Figures) -> date | None:
    """The day by which somebody looks at the entry again; None for one that is not looked through.

    It counts from the last look, or from the day it was entered. One that says neither is due at once.
    """
    if entry.stage in figures.not_chased:
        return None
    last = entry.looked_on or entry.entered_on
    return months_later(last, figures.look_through_months) if last else date.min


def is_stale(entry: Entry, on: date, figures: Figures) -> bool:
    """Whether the day of the next look has passed."""
    due = due_on(entry, figures)
    return due is not None and due < on


def chase(entries: Iterable[Entry], on: date, figures: Figures) -> list[Chase]:
    """Who is asked about what; entries without an owner come first of their register, for its keeper."""
    by_owner: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if is_stale(entry, on, figures):
            by_owner.setdefault((entry.holder, entry.owner), []).append(entry)
    return [
        _chase(holder, owner, held, on, figures)
        for (holder, owner), held in sorted(by_owner.items())
    ]


def office(said: str) -> str:
    """An office as it is compared: `head-of-operations` and `Head of operations` are one."""
    return " ".join(said.replace("-", " ").casefold().split())


def part(found: Iterable[Chase], first: int, most: int) -> list[Chase]:
    """Of the entries, counted through all owners, those of a page; an owner without any is left out."""
    kept, before = [], 0
    for each in found:
        start, end = max(first - before, 0), max(first + most - before, 0)
        if entries := each.entries[start:end]:
            kept.append(replace(each, entries=entries, days=each.days[start:end]))
        before += len(each.entries)
    return kept


def _chase(holder: str, owner: str, held: list[Entry], on: date, figures: Figures) -> Chase:
    def due(entry: Entry) -> date:
        return due_on(entry, figures) or date.min

    ordered = sorted(held, key=lambda each: (due(each), each.reference))
    days = tuple((on - due(each)).days if due(each) > date.min else 0 for each in ordered)
    return Chase(holder, owner, tuple(ordered), days)
