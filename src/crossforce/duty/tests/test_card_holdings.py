"""What a card says of authorities and skills: until when, since when not and why; and what may not be seen."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.access.operations import put_grants
from crossforce.duty import commands, models, queries
from crossforce.duty.queries import Card
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import AT, HERE, PARTNER, brought_in, rows
from crossforce.duty.tests.test_board import _armed as armed
from crossforce.kernel import guarded
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Cast, Player
from crossforce.people import models as people_models
from crossforce.people import operations as people_operations
from crossforce.people.choices import AuthorityState
from crossforce.people.tests import factories as people
from crossforce.people.tests.cast import made
from crossforce.records.tests.factories import grant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
CODE = "firearms-authorised-officer"


@ground.fixture
def asha() -> Player:
    """An inspector; one of two on duty may carry a firearm."""
    factories.policy()
    factories.unit()
    factories.person("1234")
    factories.person("1235", name="Sam Lowe")
    player = made(ASHA, "duty-inspector")
    second = factories.EARLY.replace("1;1234", "2;1235")
    brought_in(player.actor, rows(factories.EARLY, second))
    armed("1234")
    return player


def key(number: str = "1234") -> Any:
    with guarded.acting(factories.planner()):
        return models.Entry.objects.get(number=number).pk


def card(player: Player, number: str = "1234") -> Card:
    return queries.card(player.actor, key(number), AT)


def states(found: Card) -> dict[str, AuthorityState]:
    return {each.code: each.state for each in found.held}


def page(player: Player, number: str = "1234") -> str:
    answer = player.client.get(reverse("duty:card", args=[key(number)]))
    assert answer.status_code == 200, answer.content.decode()
    return " ".join(answer.content.decode().split())


def suspended() -> None:
    with guarded.acting(people.loader()):
        row = people_models.Authority.objects.get(code=CODE)
    people_operations.suspend_authority(
        actor=people.loader(), authority=row.pk, version=row.version, reason="x", at=AT
    )


def ended(model: Any, code: str) -> None:
    with guarded.acting(people.loader()):
        ends = AT - timedelta(days=2)
        assert model.objects.filter(code=code).update(ends_at=ends) == 1


class TestHeld:
    def test_says_until_when_an_authority_and_its_skills_count(self, asha: Player) -> None:
        said = card(asha).sentence
        assert "Authorities: Authorised firearms officer, valid until 09:00 on 1 March" in said
        assert page(asha).count("Until 09:00 on 1 March 2027") == 8

    def test_says_since_when_it_is_suspended_and_counts_none_of_its_skills(
        self, asha: Player
    ) -> None:
        suspended()
        found = card(asha)
        assert states(found) == {CODE: AuthorityState.SUSPENDED}
        assert "not valid, suspended since 09:00 on 21 November 2026" in found.sentence
        said = page(asha)
        assert "Suspended since 09:00 on 21 November 2026" in said
        assert "None that counts" in said

    def test_says_when_it_expired(self, asha: Player) -> None:
        ended(people_models.Authority, CODE)
        assert "expired at 09:00 on 19 November 2026" in card(asha).sentence

    def test_names_the_skill_that_lapsed(self, asha: Player) -> None:
        ended(people_models.Skill, "firearms-medical")
        found = card(asha)
        assert states(found)["firearms-medical"] is AuthorityState.EXPIRED
        words = "without a required skill since 09:00 on 19 November 2026 (Firearms: medical"
        assert words in found.sentence, found.sentence

    def test_over_the_api_and_on_the_command_line(
        self, asha: Player, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        suspended()
        sent = asha.client.get(f"/api/v1/duty/card/{key()}", {"at": AT.isoformat()}).json()
        assert [each["state"] for each in sent["held"]] == ["suspended"], sent
        monkeypatch.setattr("crossforce.kernel.registry.actor_named", lambda *_: asha.actor)
        given = ["card", str(key()), "--as", "x", "--at", AT.isoformat()]
        said = CliRunner().invoke(commands.commands, given).output
        assert f"Authority: {CODE}, not valid, suspended since" in said
        assert "Skill: none that counts" in said


class TestNone:
    def test_is_told_from_what_may_not_be_seen(self, asha: Player, cast: Cast) -> None:
        said = page(asha, "1235")
        assert "None is noted." in said
        assert "No authority is noted of them." in said
        bryn = cast.bryn("duty-inspector")
        grants = [grant("duty.entry", holder=HERE, recipient=PARTNER, actions=("read",))]
        with transaction.atomic():
            put_grants("duties-alone", grants)
        for number in ("1234", "1235"):
            found = card(bryn, number)
            assert (list(found.held), list(found.sees)) == ([], [])
            assert "Their authorities may not be seen." in found.sentence
            told = page(bryn, number)
            assert told.count("No clause lets you see theirs: ask Wiltshire.") == 3
            assert "None" not in told.partition('id="no-authority"')[2].partition("</main>")[0]
