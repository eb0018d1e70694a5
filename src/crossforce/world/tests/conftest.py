"""The collaborations of the demonstration, which several tests stand on."""

from datetime import UTC, datetime

import pytest
from rich.progress import Progress

from crossforce.kernel.testing.standing import Standing
from crossforce.world.operations.accounts import load_accounts
from crossforce.world.operations.agreements import load_agreements
from crossforce.world.operations.organisations import load_organisations

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def collaborations(transactional_db: None, worlds: Standing) -> None:
    """Organisations, agreements and accounts as they are loaded at `NOW`, once for all who ask."""
    worlds.stand("collaborations", load)


def load() -> None:
    with Progress(disable=True) as progress:
        load_organisations(progress, at=NOW)
        load_accounts(progress, at=NOW)
        load_agreements(progress, at=NOW)
        load_accounts(progress, at=NOW)
