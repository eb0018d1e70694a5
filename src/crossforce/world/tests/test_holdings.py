"""What demonstration agreements hold together: invented, said so, and priced with all its parts."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from rich.progress import Progress

from crossforce.finance import api as finance
from crossforce.finance import jobs
from crossforce.finance.choices import ExitItem
from crossforce.finance.queries import exits, items
from crossforce.kernel import civil, clock
from crossforce.people import api as people
from crossforce.world.operations import accounts, holdings, programme
from crossforce.world.tests.conftest import NOW

KEEPER = "finance-avon-and-somerset"
CRIME, TRI_FORCE = "sw-major-crime", "sw-tri-force-specialist-operations"


def rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = programme.content("holdings")["holding"]
    return found


def test_each_agreement_holds_contracts_assets_and_posts_that_say_they_are_invented() -> None:
    found = [holdings.new_item(row, "(synthetic)", NOW) for row in rows()]
    for reference in {each.agreement for each in found}:
        mine = [each for each in found if each.agreement == reference]
        assert {each.sort for each in mine} == set(finance.ItemSort)
        assert len({each.code for each in mine}) == len(mine)
    assert all(each.words.endswith("(synthetic)") for each in found)
    assert all(each.starts_on and each.starts_on < NOW.date() for each in found)


def test_those_who_keep_them_are_accounts_for_whom_they_are_priced() -> None:
    keepers = {row["by"] for row in rows()}
    assert keepers <= {row["username"] for row in accounts.rows()}
    assert keepers == set(settings.FINANCE_NIGHTLY)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_are_entered_once_and_priced_as_the_server_begins(
    collaborations: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    settings.VAR = tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with Progress(disable=True) as progress:
        for _ in range(2):
            holdings.load_holdings(progress, at=NOW)
    keeper = people.actor_named(KEEPER, NOW)
    assert jobs.tonight(begins=True)
    for reference in (TRI_FORCE, CRIME):
        found = exits.leaving(keeper, reference, civil.day_of(NOW), NOW)
        kept = items.items(keeper, reference)
        assert len(kept) == sum(row["agreement"] == reference for row in rows())
        assert set(found.kept) == set(found.prices.known)
        assert not found.prices.unknown
    whole = exits.leaving(keeper, CRIME, civil.day_of(NOW), NOW).prices.known["wiltshire"]
    assert {line.item for line in whole.lines} == set(ExitItem) - {ExitItem.FIXED}
    later = civil.day_of(NOW + timedelta(days=365))
    stated = exits.settlement(keeper, TRI_FORCE, "wiltshire", later, NOW).price
    assert {line.item for line in stated.set_aside} == {ExitItem.ASSET, ExitItem.REDUNDANCY}
