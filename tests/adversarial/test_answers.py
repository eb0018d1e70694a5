"""Answers kept for repeated requests tell nobody else what they say, and say nothing that was put into them."""

from typing import Any
from uuid import uuid4

import pytest

from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import Cast
from crossforce.records.tests import factories
from tests.adversarial.conftest import raw

pytestmark = pytest.mark.django_db
HOME = "/api/v1/records/records.note"
NEW = {
    "fields": {"subject": "A blue van", "body": "Seen twice."},
    "purposes": ["prevent-offences"],
    "place": {"marking": "OFFICIAL-SENSITIVE"},
}


def sent(cast: Cast, key: str) -> Any:
    return cast.asha("investigator").client.post(
        HOME, NEW, content_type="application/json", headers={"Idempotency-Key": key}
    )


@pytest.fixture
def key(cast: Cast) -> str:
    factories.policy()
    made = str(uuid4())
    assert sent(cast, made).status_code == 201
    return made


class TestKeptAnswers:
    def test_are_given_again_to_who_asked(self, cast: Cast, key: str) -> None:
        again = sent(cast, key)
        assert again.status_code == 201
        assert again.json()["fields"]["subject"] == "A blue van"

    def test_are_closed_to_sql_that_slipped_in(self, cast: Cast, key: str) -> None:
        with guarded.acting(factories.cole()):
            ((body, location, said),) = raw(
                "SELECT body, location, a::text FROM kernel_answer a"
            )
        assert b"van" not in bytes(body)
        assert "van" not in location + said

    @pytest.mark.parametrize(
        "change",
        [
            "body = convert_to('forged', 'UTF8')",
            "location = 'https://elsewhere.example/'",
            "status = 200",
            "content_type = 'text/html'",
            "body = (SELECT b.body FROM kernel_answer b WHERE b.key <> a.key)",
        ],
    )
    def test_altered_are_not_given(self, cast: Cast, key: str, change: str) -> None:
        assert sent(cast, str(uuid4())).status_code == 201
        with guarded.acting(factories.cole()):
            raw(f"UPDATE kernel_answer a SET {change} RETURNING 1")
        refused = sent(cast, key)
        assert refused.status_code == 409
        assert "done already" in refused.json()["detail"]
