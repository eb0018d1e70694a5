"""Which requests go to the standby: those of a session that only read, and after they wrote what they wrote."""

from typing import Any
from uuid import UUID

import pytest

from crossforce.kernel import clock, doctor, guarded, replica
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.kernel.web.replicas import WRITTEN
from crossforce.ledger.models import Entry
from crossforce.people.signin import tokens
from crossforce.records.models import Note
from crossforce.records.tests import factories
from crossforce.replicas import guarding, queries
from tests.replicas.standby import Standby

pytestmark = [pytest.mark.slow, pytest.mark.crash]
PLAIN = "/records/records.note/"
LIST = f"{PLAIN}?marking=OFFICIAL"
CALL = "/api/v1/records/records.note?q=van"


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each read that a standby was asked for, whether it answered."""
    asked: list[bool] = []
    read = replica._read

    def noting(actor: Any, work: Any) -> Any:
        asked.append(False)
        found = read(actor, work)
        asked[-1] = True
        return found

    monkeypatch.setattr(replica, "_read", noting)
    return asked


def kept(who: Player) -> list[UUID]:
    """The notes that there are for somebody."""
    with guarded.acting(who.actor):
        return [row.pk for row in Note.objects.all()]


@pytest.fixture
def reader(standby: Standby, cast: Cast) -> Player:
    factories.policy()
    found = cast.asha("investigator")
    factories.note(found.actor, "A blue van")
    standby.catch_up()
    replica._behind[0] = 0.0
    return found


class TestAReadingRequest:
    @pytest.mark.parametrize(
        "address",
        [LIST, "/records/?q=blue+van", f"{PLAIN}{{note}}/", f"{PLAIN}{{note}}/history/"],
    )
    def test_of_a_session_is_answered_by_the_standby(
        self, reader: Player, answers: list[bool], address: str
    ) -> None:
        before = Entry.objects.count()
        (note,) = kept(reader)
        answer = reader.client.get(address.format(note=note))
        assert "A blue van" in answer.content.decode()
        assert answers == [True]
        assert Entry.objects.count() > before

    def test_of_the_plain_list_is_answered_by_the_primary_at_less_cost(
        self, reader: Player, answers: list[bool]
    ) -> None:
        assert "A blue van" in reader.client.get(PLAIN).content.decode()
        assert answers == []

    def test_by_a_bearer_token_is_answered_by_the_primary(
        self, reader: Player, answers: list[bool]
    ) -> None:
        made = tokens.issue(actor=reader.actor, title="nightly", days=30, at=clock.now())
        headers = {"Authorization": f"Bearer {made.secret}"}
        answer = reader.client.get(CALL, headers=headers)
        assert "A blue van" in answer.content.decode()
        assert answers == []

    def test_after_ones_own_writing_waits_for_it(
        self, reader: Player, standby: Standby, answers: list[bool]
    ) -> None:
        with standby.behind():
            factories.note(reader.actor, "Written just now")
            reader.client.post("/account/posting/", {})
            assert replica.POSITION.fullmatch(reader.client.session[WRITTEN])
            assert "Written just now" in reader.client.get(LIST).content.decode()
            assert answers == [False]
        reader.client.get(LIST)
        assert answers == [False, True]


def test_doctor_tells_a_standby_from_what_is_none(standby: Standby, settings: Any) -> None:
    assert not list(guarding.faults())
    (found,) = queries.look()
    assert (found.grade, found.remedy) == (doctor.SOUND, "")
    assert "follows" in found.said
    settings.REPLICA_DATABASE = settings.DATABASE.application
    (found,) = queries.look()
    assert found.grade == doctor.SERIOUS
    assert "the primary reads alone" in found.said
