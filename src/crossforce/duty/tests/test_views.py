"""Pages of the board and the card."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty import models
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import AT, HERE, PARTNER, UNIT, brought_in, rows
from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import Cast, Player

__all__ = ["bodies", "few_bodies"]

pytestmark = pytest.mark.django_db
ONE = "1;1234;21/11/2026;07:00;15:00;SOU;XG01;Devizes;AV;;"
TWO = "2;1235;21/11/2026;07:00;15:00;SOU;XG02;Devizes;RF;;"
BOARD = "/duty/"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crossforce.kernel.clock.now", lambda: AT)


@pytest.fixture
def asha(cast: Cast, bodies: None) -> Player:
    factories.policy()
    factories.unit()
    factories.unit("roads")
    factories.person("1234", name="Robin Hill")
    factories.person("1235", name="=cmd|'/c calc'!A1 Lowe")
    player = cast.asha("duty-inspector")
    brought_in(player.actor, rows(ONE, TWO))
    return player


def page(player: Player, address: str = BOARD, **asked: str) -> str:
    answer = player.client.get(address, asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def entry(player: Player) -> models.Entry:
    with guarded.acting(player.actor):
        found: models.Entry = models.Entry.objects.get(source_reference="1")
    return found


class TestBoard:
    def test_shows_who_is_on_duty_and_leads_to_card_and_reason(self, asha: Player) -> None:
        said = page(asha)
        assert "Robin Hill" in said
        assert reverse("duty:card", args=[entry(asha).pk]) in said
        assert reverse("oversight:why", args=["duty.entry", entry(asha).pk]) in said
        assert 'id="duty-board"' in said
        assert "OFFICIAL-SENSITIVE" in said
