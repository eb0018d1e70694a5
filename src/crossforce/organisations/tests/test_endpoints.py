"""The directory over HTTP."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory

from crossforce.kernel.refusals import Missing
from crossforce.kernel.testing.cast import ELSEWHERE, HERE, Cast
from crossforce.organisations.endpoints import bodies, reading, shapes
from crossforce.organisations.tests.factories import KEEPER, Someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
REQUEST = RequestFactory().get("/api/v1/organisations")


def asked(**words: Any) -> shapes.Page:
    return reading.list_organisations(REQUEST, shapes.Asked(**words))


def test_lists_by_kind_region_and_day() -> None:
    page = asked(kind="policing-body", region="wales", on="2012-11-22")
    assert page.total == 4
    assert {row.name.cy for row in page.items} >= {"Comisiynydd Heddlu a Throseddu Gwent"}


def test_pages() -> None:
    first, second = asked(limit=2), asked(limit=2, offset=2)
    assert first.total == second.total
    assert not {row.code for row in first.items} & {row.code for row in second.items}


def test_shows_one_with_its_history() -> None:
    found = reading.show_organisation(REQUEST, "pcc-essex")
    assert found.former_names[0].name.en == "Police and Crime Commissioner for Essex"


def test_answers_who_stands_in_its_place() -> None:
    found = reading.heirs_of_organisation(REQUEST, "hm-inspectorate-of-constabulary")
    assert found.heirs == ["hm-inspectorate-of-constabulary-and-fire-and-rescue-services"]


def test_gives_the_figures_of_a_force() -> None:
    found = reading.figures_of_force(REQUEST, "gwent")
    assert len([each for each in found if each.driver == "officer-fte"]) == 17


@pytest.mark.parametrize(
    "ask",
    [reading.show_organisation, reading.heirs_of_organisation, reading.figures_of_force],
)
def test_does_not_find_what_is_not_there(ask: Any) -> None:
    with pytest.raises(Missing):
        ask(REQUEST, "atlantis")


BASE = "/api/v1/organisations"


def posted(client: Client, path: str, **sent: Any) -> tuple[int, Any]:
    answer = client.post(
        f"{BASE}{path}",
        sent,
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
    return answer.status_code, answer.json()


class TestOverHttp:
    def test_reading_needs_no_sign_in(self, client: Client) -> None:
        answer = client.get(f"{BASE}?q=gwent&kind=force")
        assert [each["code"] for each in answer.json()["items"]] == ["gwent"]
        assert client.get(f"{BASE}/gwent").json()["name"]["cy"] == "Heddlu Gwent"
        assert client.get(f"{BASE}/gwent/heirs?on=2026-01-01").json()["heirs"] == ["gwent"]
        assert len(client.get(f"{BASE}/gwent/figures").json()) == 31

    def test_changing_needs_sign_in(self, client: Client) -> None:
        status, _ = posted(client, "/gwent/units", code="dogs", name={"en": "Dogs"})
        assert status == 401

    def test_what_is_not_there_is_missing(self, client: Client) -> None:
        assert client.get(f"{BASE}/atlantis").status_code == 404
        assert client.get(f"{BASE}/a%00b").status_code == 404

    def test_a_force_keeps_its_units(self, cast: Cast) -> None:
        client = cast.asha("force-administrator").client
        status, made = posted(
            client, f"/{HERE}/units", code="dogs", name={"en": "Dogs"}, since="2026-04-01"
        )
        assert status == 201
        path = f"/{HERE}/units/{made['id']}"
        status, _ = posted(client, f"{path}/change", version=1, name={"en": "Dog section"})
        assert status == 200
        assert posted(client, f"{path}/close", version=1, on="2026-09-01")[0] == 412
        assert posted(client, f"{path}/close", version=2, on="2026-09-01")[0] == 200
        assert client.get(f"{BASE}/{HERE}/units").json()[0]["until"] == "2026-09-01"

    def test_a_force_changes_no_other(self, cast: Cast) -> None:
        client = cast.asha("force-administrator").client
        unit = {"code": "dogs", "name": {"en": "Dogs"}, "since": "2026-04-01"}
        assert posted(client, f"/{ELSEWHERE}/units", **unit)[0] == 403

    @pytest.mark.parametrize(
        ("path", "sent"),
        [
            (
                "",
                {
                    "code": "club",
                    "kind": "group",
                    "name": {"en": "Club"},
                    "since": "2026-01-01",
                },
            ),
            ("/kent/name", {"version": 1, "name": {"en": "Kent"}, "on": "2026-01-01"}),
            ("/kent/succession", {"version": 1, "on": "2026-01-01"}),
        ],
    )
    def test_a_force_changes_no_body(self, cast: Cast, path: str, sent: dict[str, Any]) -> None:
        client = cast.asha("force-administrator").client
        assert posted(client, path, source="S.I. 2026/1", **sent)[0] == 403


def acting(actor: Someone) -> Any:
    request = RequestFactory().post(BASE)
    request.actor = actor  # type: ignore[attr-defined]
    return request


class TestByThePlatform:
    def test_enters_renames_and_ends_a_body(self) -> None:
        said = {"source": "S.I. 2026/1"}
        body = {"code": "club", "kind": "group", "name": {"en": "Club"}, "since": "2026-01-01"}
        made = bodies.establish_organisation(
            acting(KEEPER), shapes.NewBody.model_validate(body | said)
        )
        assert made.value.legal_person is False
        named = {"version": 1, "name": {"en": "Guild"}, "on": "2026-02-01"}
        renamed = bodies.rename_organisation(
            acting(KEEPER), "club", shapes.NewName.model_validate(named | said)
        )
        assert renamed.name.en == "Guild"
        follows = {"version": 2, "successor": "kent", "on": "2026-03-01"}
        ended = bodies.succeed_organisation(
            acting(KEEPER), "club", shapes.NewSuccession.model_validate(follows | said)
        )
        assert [step.code for step in ended.succeeded_by] == ["kent"]
