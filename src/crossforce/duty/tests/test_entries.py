"""Single duties by hand: on pages, over HTTP, on the command line."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty.operations import entries as operations
from crossforce.duty.queries import entries as reads
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import AT, UNIT, entries
from crossforce.kernel import civil
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Cast, Player
from crossforce.organisations.api import Unit
from crossforce.people.tests import factories as people
from crossforce.people.tests.cast import made
from crossforce.records.api import Clashes

__all__ = ["bodies", "few_bodies"]

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 21, 7, tzinfo=civil.LONDON)
FORM = {
    "what": "duty", "start_day": "2026-11-21", "start_time": "07:00", "end_day": "2026-11-21",
    "end_time": "15:00", "unit": UNIT, "call_sign": "XG01", "location": "Devizes", "status": "2",
}  # fmt: skip


@ground.fixture
def asha(bodies: None) -> Player:
    factories.policy()
    factories.unit()
    factories.person("1234", name="Robin Hill")
    return made(ASHA, "duty-inspector")


def new(**more: Any) -> operations.NewEntry:
    values: dict[str, Any] = {
        "number": "1234", "what": "duty", "starts_at": START, "ends_at": START + timedelta(hours=8),
        "unit": UNIT, "status": "2",
    } | more  # fmt: skip
    return operations.NewEntry(**values)


def added(player: Player, **more: Any) -> Any:
    return operations.add_entry(actor=player.actor, new=new(**more), at=AT)


def test_units_are_offered_of_agreements_that_the_force_is_in(bodies: None) -> None:
    agreed.in_force()
    factories.policy(agreed.WILTS, agreed.DORSET)
    if not Unit.objects.filter(code="joint-roads-unit").exists():
        people.joint_unit("joint-roads-unit", agreed.REFERENCE)
    party, other = (factories.planner(each) for each in (agreed.WILTS, agreed.DORSET))
    assert "joint-roads-unit" in dict(reads.units_for_entries(party))
    assert "joint-roads-unit" not in dict(reads.units_for_entries(other))


class TestAdding:
    def test_finds_the_person_and_places_the_duty_in_its_unit(self, asha: Player) -> None:
        added(asha)
        (row,) = entries(asha.actor)
        assert (row.name, row.number, row.unit, row.status) == ("Robin Hill", "1234", UNIT, "2")

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"number": "9999"}, "Nobody"),
            ({"unit": "unheard"}, "no known unit"),
            ({"status": "77"}, "no known status"),
            ({"what": "holiday"}, "duty, an on-call or an absence"),
            ({"what": "absence"}, "says why"),
            ({"ends_at": START}, "ends after it begins"),
            ({"ends_at": START + timedelta(days=40)}, "within 31 days"),
            ({"call_sign": "=1+1"}, "The call sign begins with '=', which a spreadsheet"),
            ({"call_sign": "XG\n01"}, "The call sign .* characters that are not text"),
            ({"location": "Devizes\x07"}, "The location .* characters that are not text"),
            ({"location": "D" * 121}, "longer than 120"),
        ],
    )
    def test_refuses(self, asha: Player, wrong: dict[str, Any], says: str) -> None:
        with pytest.raises((operations.Unsound, operations.NoSuchPerson), match=says):
            added(asha, **wrong)
        assert not entries(asha.actor)

    def test_refuses_two_at_once(self, asha: Player) -> None:
        added(asha)
        with pytest.raises(Clashes, match="Change or cancel one of the two"):
            added(asha, starts_at=START + timedelta(hours=1))
        added(asha, what="on-call")

    def test_is_nobodys_of_another_force(self, asha: Player, cast: Cast) -> None:
        bryn = cast.bryn("duty-inspector")
        with pytest.raises(operations.NoSuchPerson):
            added(bryn)
        key = added(asha)
        with pytest.raises(reads.NoSuchEntry):
            reads.one_entry(bryn.actor, key)


class TestChanging:
    def test_may_make_a_long_one(self, asha: Player) -> None:
        key = added(asha)
        later = {"ends_at": START + timedelta(days=2), "location": "Swindon"}
        operations.change_entry(actor=asha.actor, entry=key, version=1, given=later, at=AT)
        (row,) = entries(asha.actor)
        assert (row.location, row.version, row.is_long) == ("Swindon", 2, True)

    def test_sets_a_status_of_the_national_codes(self, asha: Player) -> None:
        key = added(asha)
        operations.set_status(actor=asha.actor, entry=key, version=1, status="6", at=AT)
        assert entries(asha.actor)[0].status == "6"
        with pytest.raises(operations.Unsound):
            operations.set_status(actor=asha.actor, entry=key, version=2, status="x", at=AT)

    def test_a_cancelled_one_stays_and_gives_way(self, asha: Player) -> None:
        key = added(asha)
        operations.cancel_entry(actor=asha.actor, entry=key, version=1, at=AT)
        (row,) = entries(asha.actor)
        assert row.cancelled_at == AT
        with pytest.raises(operations.IsCancelled):
            operations.cancel_entry(actor=asha.actor, entry=key, version=2, at=AT)
        added(asha)


class TestPages:
    def send(self, player: Player, address: str, **given: Any) -> Any:
        return player.client.post(address, {"idempotency_key": str(new_id()), **given})

    def test_somebody_is_picked_by_name_and_never_by_an_identifier(self, asha: Player) -> None:
        said = asha.client.get(reverse("duty:entry-add"), {"q": "hill rob"}).content.decode()
        assert "Robin Hill" in said
        assert "?number=1234" in said
        page = reverse("duty:entry-add") + "?number=1234"
        answer = self.send(asha, page, **FORM)
        assert answer.status_code == 302, answer.content.decode()
        (row,) = entries(asha.actor)
        assert row.starts_at == START

    def test_says_at_the_form_what_is_wrong(self, asha: Player) -> None:
        page = reverse("duty:entry-add") + "?number=1234"
        answer = self.send(asha, page, **FORM | {"end_time": "06:00"})
        assert answer.status_code == 422
        assert "give an end that is after the beginning" in answer.content.decode()

    def test_refuses_at_the_field_a_time_that_never_happens(self, asha: Player) -> None:
        page = reverse("duty:entry-add") + "?number=1234"
        never = {"start_day": "2027-03-28", "start_time": "01:30", "end_day": "2027-03-28"}
        answer = self.send(asha, page, **FORM | never)
        assert answer.status_code == 422
        assert "From: 28/03/2027 01:30 never happens" in answer.content.decode()

    def test_asks_which_of_two_is_meant(self, asha: Player) -> None:
        page = reverse("duty:entry-add") + "?number=1234"
        assert "start_which" not in asha.client.get(page).content.decode()
        twice = FORM | {
            "start_day": "2026-10-25", "start_time": "01:45",
            "end_day": "2026-10-25", "end_time": "01:15",
        }  # fmt: skip
        answer = self.send(asha, page, **twice)
        assert answer.status_code == 422
        assert "happens twice, because the clocks go back" in answer.content.decode()
        both = {"start_which": "first", "end_which": "second"}
        assert self.send(asha, page, **twice | both).status_code == 302
        (row,) = entries(asha.actor)
        assert row.starts_at == datetime(2026, 10, 25, 0, 45, tzinfo=UTC)
        assert row.ends_at == datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
        said = asha.client.get(reverse("duty:entry-change", args=[row.pk])).content.decode()
        assert 'value="second" selected' in said

    def test_changes_sets_status_and_cancels(self, asha: Player) -> None:
        key = added(asha)
        given = {name: value for name, value in FORM.items() if name != "unit"}
        page = reverse("duty:entry-change", args=[key])
        assert "Robin Hill" in asha.client.get(page).content.decode()
        assert self.send(asha, page, **given, version=1).status_code == 302
        page = reverse("duty:entry-status", args=[key])
        assert self.send(asha, page, status="6", version=2).status_code == 302
        page = reverse("duty:entry-cancel", args=[key])
        assert "Cancel this duty" in asha.client.get(page).content.decode()
        assert self.send(asha, page, version=3).status_code == 302
        (row,) = entries(asha.actor)
        assert (row.location, row.status, row.version) == ("Devizes", "6", 4)
        assert row.cancelled_at is not None

    def test_another_place_does_not_keep_the_coordinates(self, asha: Player) -> None:
        page = reverse("duty:entry-add") + "?number=1234"
        here = {"latitude": "51.35", "longitude": "-1.99"}
        assert self.send(asha, page, **FORM | here).status_code == 302
        (row,) = entries(asha.actor)
        assert (row.latitude, row.longitude) == (51.35, -1.99)
        page = reverse("duty:entry-change", args=[row.pk])
        assert 'value="51.35"' in asha.client.get(page).content.decode()
        given = {name: value for name, value in FORM.items() if name != "unit"} | here
        again = given | {"call_sign": "XG02"}
        assert self.send(asha, page, **again, version=1).status_code == 302
        assert entries(asha.actor)[0].latitude == 51.35
        elsewhere = again | {"location": "Stroud"}
        assert self.send(asha, page, **elsewhere, version=2).status_code == 302
        assert entries(asha.actor)[0].latitude is None
        half = elsewhere | {"latitude": "51.7", "longitude": ""}
        answer = self.send(asha, page, **half, version=3)
        assert "Give both the latitude and the longitude" in answer.content.decode()

    def test_the_pages_of_every_kind_leave_duties_alone(self, asha: Player) -> None:
        key = added(asha)
        assert asha.client.get(reverse("records:add", args=["duty.entry"])).status_code == 403
        here = ["duty.entry", key]
        assert asha.client.get(reverse("records:edit", args=here)).status_code == 403
        listed = asha.client.get(
            reverse("records:of-kind", args=["duty.entry"])
        ).content.decode()
        assert reverse("records:add", args=["duty.entry"]) not in listed


class TestOverHttp:
    HOME = "/api/v1/duty/entries"

    def send(self, player: Player, method: str, path: str, body: Any, tag: str = "") -> Any:
        headers = {"Idempotency-Key": str(new_id())} | ({"If-Match": tag} if tag else {})
        ask: Any = getattr(player.client, method)
        return ask(path, body, content_type="application/json", headers=headers)

    def test_a_time_without_offset_is_londons(self, asha: Player) -> None:
        body = {
            "number": "1234", "starts_at": "2026-06-21T07:00:00", "ends_at": "2026-06-21T15:00:00",
        }  # fmt: skip
        made = self.send(asha, "post", self.HOME, body)
        assert made.json()["starts_at"] == "2026-06-21T06:00:00Z", made.content
        later = {"ends_at": "2026-06-21T16:00:00"}
        path = f"{self.HOME}/{made.json()['id']}"
        changed = self.send(asha, "patch", path, later, made["ETag"])
        assert changed.json()["ends_at"] == "2026-06-21T15:00:00Z", changed.content

    def test_another_place_empties_the_coordinates(self, asha: Player) -> None:
        key = added(asha, location="Bristol", latitude=51.45, longitude=-2.58)
        path = f"{self.HOME}/{key}"
        tag = asha.client.get(path)["ETag"]
        moved = self.send(asha, "patch", path, {"location": "Stroud"}, tag)
        assert moved.json()["latitude"] is None, moved.content
        place = {"location": "Bristol", "latitude": 51.45, "longitude": -2.58}
        back = self.send(asha, "patch", path, place, moved["ETag"])
        assert (back.json()["latitude"], back.json()["longitude"]) == (51.45, -2.58)
        bare = {"latitude": None, "longitude": None}
        assert self.send(asha, "patch", path, bare, back["ETag"]).json()["latitude"] is None

    @pytest.mark.parametrize(
        ("starts_at", "says"),
        [
            ("2027-03-28T01:30:00", "starts_at: 28/03/2027 01:30 never happens"),
            ("2026-10-25T01:30:00", "2026-10-25T01:30+00:00 the second"),
            ("0001-01-01T00:00:00", "Give a day from"),
        ],
    )
    def test_a_time_that_is_none_or_two_is_refused(
        self, asha: Player, starts_at: str, says: str
    ) -> None:
        body = {"number": "1234", "starts_at": starts_at, "ends_at": "2027-03-28T15:00:00Z"}
        answer = self.send(asha, "post", self.HOME, body)
        assert answer.status_code == 422
        assert says in answer.json()["detail"], answer.content

    def test_a_duty_goes_through_its_life(self, asha: Player) -> None:
        body = {
            "number": "1234", "starts_at": "2026-11-21T07:00:00Z",
            "ends_at": "2026-11-21T15:00:00Z", "unit": UNIT,
        }  # fmt: skip
        made = self.send(asha, "post", self.HOME, body)
        assert made.status_code == 201, made.content
        path = f"{self.HOME}/{made.json()['id']}"
        assert self.send(asha, "patch", path, {"status": "6"}).status_code == 428
        changed = self.send(asha, "patch", path, {"status": "6"}, made["ETag"])
        assert changed.json()["status"] == "6"
        gone = self.send(asha, "post", f"{path}/cancel", {}, changed["ETag"])
        assert gone.json()["cancelled_at"]
        assert asha.client.get(path).json()["name"] == "Robin Hill"
