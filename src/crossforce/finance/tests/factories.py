"""An agreement whose cost is shared, and people who keep its money, for tests."""

import pkgutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.agreements.tests import factories as agreed
from crossforce.finance import models
from crossforce.finance.choices import BUDGET, INVOICE, ITEM, LINE, PRICE, ItemSort, Sort
from crossforce.finance.operations import budgets, charging, items, posting
from crossforce.finance.operations.budgets import NewBudget
from crossforce.finance.operations.items import NewItem
from crossforce.finance.operations.posting import NewLine
from crossforce.kernel import guarded
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records.tests import factories as records

KINDS = (BUDGET, LINE, INVOICE, ITEM, PRICE)
REFERENCE, ROADS = agreed.REFERENCE, "roads-policing"
AVON, GLOS, WILTS = agreed.THREE
NOW = agreed.LATER
YEAR = 2027
MILLION = 100_000_000
CLAUSES = {
    "yearly": "annual_cost = { pence = 0, year = 2026 }",
    "settling": "pence = 0, months = 6",
}
"""What the agreement says of its cost, and of what a leaver pays."""
OVER = datetime(2028, 4, 10, 9, tzinfo=UTC)
"""The year is over."""


def policy(
    *forces: str, actions: Sequence[str] = ACTIONS, kinds: Sequence[str] = KINDS
) -> None:
    """Each force's own policy: its finance officers keep its budgets."""
    grants = [
        records.grant(
            kind,
            holder=force,
            recipient=force,
            actions=tuple(actions),
            roles=("finance-officer",),
        )
        for force in forces or (WILTS,)
        for kind in kinds
    ]
    with transaction.atomic():
        put_grants("money-policy", grants)


def sharing(recipient: str, *, holder: str = WILTS, **more: Any) -> None:
    """A clause by which another force reads what this one keeps of the agreement's money."""
    values = {"actions": ("find", "read"), "clause": "5.1"} | more
    kinds = values.pop("kinds", KINDS)
    grants = [
        records.grant(kind, holder=holder, recipient=recipient, **values) for kind in kinds
    ]
    with transaction.atomic():
        put_grants(REFERENCE, grants)


def agreement(cost: str = 'method = "equal"', lead: str = "", **changes: str) -> None:
    """Three forces share roads policing from 1 December 2026, by this method; `changes` are of its clauses."""
    forces, term = agreed.THREE, 'type = "COST_SHARE"\n'
    text = agreed.document(forces).replace('method = "equal"', cost)
    for name, written in changes.items():
        text = text.replace(CLAUSES[name], written)
    if lead:
        leading = f'type = "LEAD"\nforce = "{lead}"\n\n[[clause.term]]\n{term}'
        text = text.replace(term, leading)
    version = agreed.proposed(text)
    for organisation in agreed.parties(*forces):
        agreed.signed_by(organisation)
    assert version.agreement.reference == REFERENCE


def officer(force: str = WILTS) -> Actor:
    """Who keeps the money."""
    return people.actor("finance-officer", force, name="Asha Rees")


def drafted(actor: Actor, **more: Any) -> UUID:
    """The draft of a million pounds for roads policing."""
    values: dict[str, Any] = {
        "agreement": REFERENCE,
        "function": ROADS,
        "year": YEAR,
        "pence": MILLION,
    } | more
    return budgets.draft_budget(actor=actor, new=NewBudget(**values), at=NOW)


def opened(actor: Actor, **more: Any) -> UUID:
    """The same, opened."""
    key = drafted(actor, **more)
    budgets.propose_budget(actor=actor, budget=key, version=1, at=NOW)
    budgets.open_budget(actor=actor, budget=key, version=2, decision="Board, item 4", at=NOW)
    return key


def row(actor: Actor, key: UUID, model: Any = models.Budget) -> Any:
    """The row as the actor sees it."""
    with guarded.acting(actor):
        return model.objects.get(pk=key)


def line(pence: int, party: str = WILTS, sort: Sort = Sort.ACTUAL, **more: Any) -> NewLine:
    """An amount of the year."""
    values: dict[str, Any] = {"on": date(YEAR, 6, 1), "words": "Pay and fuel"} | more
    return NewLine(sort, pence=pence, party=party, **values)


def pinned(monkeypatch: pytest.MonkeyPatch, room: ModuleType, at: datetime = NOW) -> None:
    """Whatever the day is, all of that room takes this instant for now."""
    for each in pkgutil.iter_modules(room.__path__):
        module = import_module(f"{room.__name__}.{each.name}")
        if hasattr(module, "clock"):
            monkeypatch.setattr(module, "clock", SimpleNamespace(now=lambda: at))


def charged_at(part: str) -> datetime:
    """When that part of the year is charged: the first before it begins, others near the end of the year."""
    return NOW if part.endswith("Q1") else datetime(YEAR + 1, 3, 1, 9, tzinfo=UTC)


def posted(actor: Actor, budget: UUID, *new: NewLine, at: datetime = NOW) -> posting.Posted:
    """Lines, posted."""
    return posting.post_lines(actor=actor, budget=budget, new=new, at=at)


def settled(actor: Actor, budget: UUID, at: datetime = OVER) -> list[UUID]:
    """The year's end."""
    version = row(actor, budget).version
    return charging.true_up(actor=actor, budget=budget, version=version, at=at)


def item(actor: Actor, sort: ItemSort = ItemSort.CONTRACT, **more: Any) -> UUID:
    """A contract of a thousand pounds a year, to the end of 2030."""
    values: dict[str, Any] = {
        "agreement": REFERENCE, "sort": sort, "code": f"{sort}-1", "words": "Vehicles on lease",
        "pence": 100_000, "starts_on": date(2026, 12, 1), "ends_on": date(2031, 1, 1),
    } | more  # fmt: skip
    return items.add_item(actor=actor, new=NewItem(**values), at=NOW)
