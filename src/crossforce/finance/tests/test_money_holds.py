"""What always holds of money, for every method and modifier; and that a fault would be found."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossforce.agreements.resolve import CannotShare, methods
from crossforce.agreements.resolve import sharing as clauses
from crossforce.finance.choices import Account, Sort
from crossforce.finance.rules import journals, sharing
from crossforce.finance.rules.journals import Posting, Unbalanced
from crossforce.finance.rules.positions import Position
from crossforce.finance.rules.trueups import TrueUpLine
from crossforce.finance.tests.money import METHODS, Case, at_hand, cases, require_all

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_whatever_is_shared_comes_out_to_the_penny(method: str, data: st.DataObject) -> None:
    require_all(data.draw(cases(method)))


def floors_alone(pence: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    return {
        key: int(abs(pence) * share) * (-1 if pence < 0 else 1) for key, share in shares.items()
    }


def all_to_the_first(pence: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    found = floors_alone(pence, shares)
    found[next(iter(found))] += pence - sum(found.values())
    return found


def nine_months(cost: Any, on: Any, unit: int) -> int:
    return min(9, (on.month - 4) % 12) if on < cost.year.whole.ends_on else 9


def unspent(position: Position) -> dict[str, int]:
    """Forgets what the others spent themselves."""
    was = {f: p for f, p in position.of(Sort.CHARGE).items() if f != position.plan.lead}
    return {**was, position.plan.lead: position.total(Sort.ACTUAL) - sum(was.values())}


def one_sided(creditor: str, debtor: str, pence: int, account: Account) -> list[Posting]:
    return [Posting(debtor, account, pence), Posting(debtor, Account.CASH, -pence)]


FAULTS: dict[str, tuple[Any, str, Any]] = {
    "a penny is lost": (sharing, "allocate", floors_alone),
    "what is left over is one force's": (sharing, "allocate", all_to_the_first),
    "the last quarter is forgotten": (sharing, "_place", nine_months),
    "a floor is not kept": (methods, "floored", lambda shares, floor: shares),
    "a cap is not kept": (clauses, "capped", lambda now, last, cap: now),
    "a step of phasing is left out": (clauses, "phased", lambda now, start, step: now),
    "what is given in kind is charged": (TrueUpLine, "due", property(lambda line: line.gross)),
    "what the others spent is forgotten": (Position, "paid", property(unspent)),
    "the creditor's books are forgotten": (journals, "_owed", one_sided),
    "an instalment is charged twice": (
        Position,
        "due_by",
        lambda position, part, known=Position.due_by: known(Position(position.plan, ()), part),
    ),
}


CASES = [at_hand(seed) for seed in range(36)]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_is_put_in_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any(breaks(case) for case in CASES[:12])
    monkeypatch.setattr(*FAULTS[fault])
    assert any(breaks(case) for case in CASES)


def breaks(case: Case, check: Callable[[Case], None] = require_all) -> bool:
    try:
        check(case)
    except (AssertionError, Unbalanced, ValueError, CannotShare):
        return True
    return False
