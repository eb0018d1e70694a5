"""Which requests go to the standby: those of a session that only read, and after they wrote what they wrote."""

from typing import Any

import pytest

from crossforce.kernel import replica
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.kernel.web.replicas import WRITTEN
from crossforce.records.tests import factories
from crossforce.replicas import guarding
from tests.replicas.standby import Standby

pytestmark = [pytest.mark.slow, pytest.mark.crash]
LIST = "/records/records.note/"


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


@pytest.fixture
def reader(standby: Standby, cast: Cast) -> Player:
    factories.policy()
    found = cast.asha("investigator")
    factories.note(found.actor, "A blue van")
    standby.catch_up()
    replica._behind[0] = 0.0
    return found


class TestAReadingRequest:
    def test_of_a_session_is_answered_by_the_standby(
        self, reader: Player, answers: list[bool]
    ) -> None:
        assert "A blue van" in reader.client.get(LIST).content.decode()
        assert answers == [True]

    def test_by_a_bearer_token_is_answered_by_the_primary(
        self, reader: Player, answers: list[bool]
    ) -> None:
        answer = reader.client.get(LIST, headers={"Authorization": "Bearer none"})
        assert answer.status_code in {302, 401, 403, 404}
        assert answers == []

    def test_after_ones_own_writing_waits_for_it(
        self, reader: Player, standby: Standby, answers: list[bool]
    ) -> None:
        with standby.behind():
            reader.client.post("/account/posting/", {})
            assert replica.POSITION.fullmatch(reader.client.session[WRITTEN])
            assert "A blue van" in reader.client.get(LIST).content.decode()
            assert answers == [False]
        reader.client.get(LIST)
        assert answers == [False, True]


def test_doctor_finds_a_standby_that_does_not_answer(standby: Standby, settings: Any) -> None:
    assert not list(guarding.faults())
    settings.REPLICA_DATABASE = settings.DATABASE.application
    (said,) = guarding.faults()
    assert "the primary reads alone" in said
