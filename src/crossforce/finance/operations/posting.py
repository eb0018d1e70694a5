"""Lines of budgets: posted one or many at once, and taken back. Nothing posted is changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from crossforce.access import api as access
from crossforce.finance import models
from crossforce.finance.choices import BY_HAND, LINE, MOST_PENCE, OWN, PURPOSES, Sort
from crossforce.finance.operations import moving
from crossforce.finance.queries import budgets, lines, summing
from crossforce.finance.queries.budgets import MayNotPost, NotOpen
from crossforce.finance.rules import keeping
from crossforce.finance.rules.tables import MOST_LINES
from crossforce.finance.rules.years import FinancialYear, Part
from crossforce.kernel import civil, guarded, registry
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records

MOST: Final = MOST_LINES
BATCH: Final = 1_000
SYSTEM: Final = "finance-system"


class Unsound(NotUnderstood):
    """Lines cannot be posted so; the message says which, and what is wrong. None of them was posted."""


class Differs(Conflict):
    """A line with that reference says something else; the message says which. None was posted."""


class Meanwhile(Conflict):
    """One of these was posted or taken back meanwhile. Look again: what is there already stays."""


class TakenBack(Conflict):
    """This line takes another back, or is taken back already."""


@dataclass(frozen=True, slots=True)
class NewLine:
    """An amount of a budget. `reference` is what the finance system calls it: posted again it is the same.

    `places` is where a file has what it says, by field.
    """

    sort: Sort
    on: date
    pence: int
    party: str
    words: str
    reference: str = ""
    system: str = SYSTEM
    takes_back: UUID | None = None
    places: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted, and how many were there already."""

    new: tuple[UUID, ...]
    same: int


@guarded.acts
def post_lines(*, actor: Actor, budget: UUID, new: Sequence[NewLine], at: datetime) -> Posted:
    """Post amounts spent, foreseen, promised or given in kind: all of them, or none.

    A line whose reference is there already with the same content is passed over, so that the same
    file twice is the same as once. Raises NoSuchBudget, NotOpen, MayNotPost, Unsound, Differs, Meanwhile.
    """
    moving.hold(budget)
    row = budgets.row_of(budget)
    if row.state not in budgets.ALREADY:
        raise NotOpen
    if wrong := list(faults(row, new)):
        raise Unsound(" ".join(wrong[:10]))
    return write(actor, row, _by_force(new), at)


@guarded.acts
def take_back(*, actor: Actor, line: UUID, words: str, at: datetime) -> UUID:
    """Post the line that takes another back: the same amount the other way, on the same day.

    Charges go with their invoice. Raises NoSuchLine, TakenBack, Unsound, MayNotPost, Meanwhile.
    """
    row = lines.row_of(line)
    if row.sort == Sort.CHARGE:
        raise Unsound("A charge is taken back with its invoice: withdraw that.")
    if not words.strip():
        raise Unsound("Say why the line is taken back.")
    moving.hold(row.budget)
    return reverse(actor, budgets.row_of(row.budget), [row], words, at)[0]


def reverse(
    actor: Actor,
    budget: models.Budget,
    rows: Sequence[models.Line],
    words: str,
    at: datetime,
) -> tuple[UUID, ...]:
    """The lines that take these back. Raises TakenBack, MayNotPost, Meanwhile."""
    keys = [each.pk for each in rows]
    is_gone = models.Line.objects.filter(budget=budget.pk, takes_back__in=keys).exists()
    if is_gone or any(each.takes_back for each in rows):
        raise TakenBack
    new = [
        NewLine(
            Sort(each.sort), each.on, -each.pence, each.party, words[:200], system=OWN,
            takes_back=each.pk,
        )
        for each in rows
    ]  # fmt: skip
    return write(actor, budget, new, at).new


def write(actor: Actor, budget: models.Budget, new: Sequence[NewLine], at: datetime) -> Posted:
    """Insert what is not there yet, while somebody acts. Raises MayNotPost, Unsound, Differs, Meanwhile."""
    scope = permit(budget)
    if any(abs(each.pence) > MOST_PENCE for each in new):
        raise Unsound(
            f"One of these is more than {MOST_PENCE // 100:,} pounds. Look at the lines of the budget:"
            " one of them may have too many noughts."
        )
    there = _there(scope, new)
    wanted = [each for each in new if not _is_there(budget, each, there)]
    due = _review_due(civil.day_of(at))
    rows = [_row(actor, budget, scope, each, due, at) for each in wanted]
    try:
        with transaction.atomic():
            models.Line.objects.bulk_create(rows, batch_size=BATCH)
    except IntegrityError as fault:
        raise Meanwhile from fault
    return Posted(tuple(each.pk for each in rows), len(new) - len(rows))


def permit(budget: models.Budget) -> int:
    """The scope of a budget's lines, where whoever acts may add some. Raises MayNotPost."""
    scope = summing.lines_scope(budget)
    if scope not in access.scopes(LINE, "add"):
        raise MayNotPost
    return scope


def _there(scope: int, new: Iterable[NewLine]) -> dict[tuple[str, str], models.Line]:
    by_system: dict[str, list[str]] = {}
    for each in new:
        if each.reference:
            by_system.setdefault(each.system, []).append(each.reference)
    return {
        (row.source_system, row.source_reference): row
        for system, references in by_system.items()
        for row in models.Line.objects.filter(
            scope_id=scope, source_system=system, source_reference__in=references
        )
    }


def _is_there(
    budget: models.Budget, each: NewLine, there: Mapping[tuple[str, str], models.Line]
) -> bool:
    known = there.get((each.system, each.reference)) if each.reference else None
    if known is None:
        return False
    said = (known.budget, known.sort, known.on, known.pence, known.party, known.words)
    if said != (
        budget.pk, each.sort.value, each.on, each.pence, each.party, each.words.strip(),
    ):  # fmt: skip
        raise Differs(
            f"“{each.reference}” was posted as {known.sort} of {known.pence} pence on {known.on} for"
            f" {known.party}, “{known.words}”, in {known.function} of {FinancialYear(known.year)}."
            " Take that line back and post the other under a reference of its own."
        )
    return True


def _review_due(on: date) -> date | None:
    """When lines of that day are due for review, by the schedule of their kind."""
    kind = registry.record_kinds.get(LINE)
    return records.due_for_review(kind, "", on, None) if kind else None


def _row(
    actor: Actor,
    budget: models.Budget,
    scope: int,
    each: NewLine,
    due: date | None,
    at: datetime,
) -> models.Line:
    by = actor.reference
    return models.Line(
        scope_id=scope,
        budget=budget.pk,
        agreement=budget.agreement,
        function=budget.function,
        year=budget.year,
        sort=each.sort.value,
        on=each.on,
        pence=each.pence,
        party=each.party,
        words=each.words.strip(),
        takes_back=each.takes_back,
        source_system=each.system if each.reference or each.system == OWN else "",
        source_reference=each.reference,
        purposes=list(PURPOSES),
        review_due=due,
        created_at=at,
        created_by=by,
        changed_at=at,
        changed_by=by,
    )


def faults(budget: models.Budget, new: Sequence[NewLine]) -> Iterator[str]:
    """What is wrong with lines of the budget, each by its cell or its number; nothing if they can be posted."""
    if not new or len(new) > MOST:
        yield f"Give one line at least and {MOST:,} at most."
    whole, parties = FinancialYear(budget.year).whole, _parties(budget)
    seen: set[tuple[str, str]] = set()
    for number, each in enumerate(_by_force(new), start=1):
        wrong = [*_out_of_place(each, whole, parties), *_ill_formed(each)]
        if each.reference and (each.system, each.reference) in seen:
            wrong.append(("reference", f"its reference “{each.reference}” stands twice"))
        seen.add((each.system, each.reference))
        for name, reason in wrong:
            yield f"{each.places.get(name) or f'Line {number}'}: {reason}."


def _parties(budget: models.Budget) -> set[str]:
    parties = {budget.lead, *keeping.amounts_kept(budget.in_kind)}
    for stretch in keeping.standing_kept(budget.standing):
        parties |= set(stretch.shares)
    return parties


def _out_of_place(each: NewLine, whole: Part, parties: set[str]) -> Iterator[tuple[str, str]]:
    if each.sort not in BY_HAND:
        yield "sort", "its sort is none that is posted by hand"
    if not whole.starts_on <= each.on < whole.ends_on:
        yield "on", f"{each.on} is not a day of {whole.label}"
    if each.party not in parties:
        yield "party", f"“{each.party}” does not share this cost"
    if each.system == OWN:
        yield "system", f"its system is “{OWN}”, which is this platform's own"


def _ill_formed(each: NewLine) -> Iterator[tuple[str, str]]:
    if each.pence == 0:
        yield "pence", "its amount is nothing"
    if abs(each.pence) > MOST_PENCE:
        yield "pence", f"its amount is more than {MOST_PENCE // 100:,} pounds"
    if "\0" in each.words + each.reference:
        yield "words", "it holds the character NUL, which is no text"
    if not 0 < len(each.words.strip()) <= 200:
        yield "words", "it does not say what for in 1 to 200 letters"
    if len(each.reference) > 120:
        yield "reference", "its reference is longer than 120 letters"


def _by_force(new: Sequence[NewLine]) -> list[NewLine]:
    """The same lines, in which a policing body or a chief officer stands for its force."""
    directory = organisations.directory()
    given = {each.party for each in new}
    forces = {code: directory.force_of(code) for code in given if directory.get(code)}
    return [replace(each, party=forces.get(each.party) or each.party) for each in new]
