"""People over HTTP."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from crossforce.kernel import civil, clock
from crossforce.kernel.testing.cast import HERE, PARTNER, Cast
from crossforce.ledger.models import Entry
from crossforce.people import models, operations
from crossforce.people.tests import factories
from crossforce.people.tests.factories import AT

pytestmark = pytest.mark.django_db
API = "/api/v1/people"
ROBIN = {"number": "PC 7", "family_name": "Hill", "given_name": "Robin", "kind": "officer"}


def send(
    client: Client, path: str, body: Any = None, *, method: str = "post", etag: str = ""
) -> HttpResponse:
    headers = {"Idempotency-Key": str(uuid4())} | ({"If-Match": etag} if etag else {})
    answer: Any = getattr(client, method)(
        API + path, body or {}, content_type="application/json", headers=headers
    )
    found: HttpResponse = answer
    return found


def added(client: Client) -> UUID:
    answer: Any = send(client, "/staff", ROBIN | {"first_day": "2026-11-01"})
    assert answer.status_code == 201, answer.content
    return UUID(answer.json()["id"])


class TestStaff:
    def test_is_entered_found_and_changed(self, cast: Cast) -> None:
        asha = cast.asha("force-administrator").client
        robin = added(asha)
        listed: Any = asha.get(f"{API}/staff", {"q": "hill robin"})
        assert [row["id"] for row in listed.json()["items"]] == [str(robin)]
        shown = asha.get(f"{API}/staff/{robin}")
        changed: Any = send(
            asha,
            f"/staff/{robin}",
            ROBIN | {"rank": "Sergeant"},
            method="put",
            etag=shown["ETag"],
        )
        assert changed.status_code == 200
        assert changed.json()["rank"] == "Sergeant"
        assert changed["ETag"] != shown["ETag"]

    def test_an_old_version_is_refused(self, cast: Cast) -> None:
        asha = cast.asha("force-administrator").client
        robin = added(asha)
        path, etag = f"/staff/{robin}", asha.get(f"{API}/staff/{robin}")["ETag"]
        assert send(asha, path, ROBIN, method="put", etag=etag).status_code == 200
        again = send(asha, path, ROBIN, method="put", etag=etag)
        assert again.status_code == 412
        assert again["Content-Type"] == "application/problem+json"
        assert send(asha, path, ROBIN, method="put").status_code == 428

    def test_nobody_administers_another_organisations(self, cast: Cast) -> None:
        theirs = factories.staff(PARTNER)
        asha = cast.asha("force-administrator").client
        assert asha.get(f"{API}/staff/{theirs.pk}").status_code == 404
        assert (
            send(asha, f"/staff/{theirs.pk}", ROBIN, method="put", etag="*").status_code == 404
        )

    def test_an_office_without_the_power_is_told_which_office_has_it(self, cast: Cast) -> None:
        inspector = cast.asha("duty-inspector").client
        answer: Any = send(inspector, "/staff", ROBIN | {"first_day": "2026-11-01"})
        assert answer.status_code == 403
        assert "force-administrator" in answer.json()["detail"]

    def test_a_stranger_is_asked_to_sign_in(self) -> None:
        assert Client().get(f"{API}/staff").status_code == 401

    @pytest.mark.parametrize(
        "wrong",
        [
            {"number": " "},
            {"first_day": "9999-12-31"},
            {"first_day": "0001-01-01"},
            {"kind": "wizard"},
            {"first_day": "yesterday"},
            {"last_day": "2025-01-01"},
        ],
    )
    def test_a_wrong_field_is_named(self, cast: Cast, wrong: dict[str, str]) -> None:
        body = ROBIN | {"first_day": "2026-11-01"} | wrong
        answer: Any = send(cast.asha("force-administrator").client, "/staff", body)
        assert answer.status_code == 422
        assert answer.json()["errors"]

    def test_a_repeat_gets_the_identifier_and_nothing_more(self, cast: Cast) -> None:
        asha = cast.asha("force-administrator").client
        body, headers = ROBIN | {"first_day": "2026-11-01"}, {"Idempotency-Key": "same-key"}
        answers: list[Any] = [
            asha.post(f"{API}/staff", body, content_type="application/json", headers=headers)
            for _ in range(2)
        ]
        assert answers[0].status_code == answers[1].status_code == 201
        assert answers[1].json().keys() == {"id", "detail"}
        assert answers[0].json()["id"] == answers[1].json()["id"]
        with factories.seen_by():
            assert models.Staff.objects.filter(number="PC 7").count() == 1


class TestHoldings:
    def test_a_posting_is_made_and_ended(self, cast: Cast) -> None:
        asha = cast.asha("force-administrator").client
        robin = added(asha)
        wanted = {"organisation": HERE, "role": "investigator", "first_day": "2026-11-02"}
        made: Any = send(asha, f"/staff/{robin}/postings", wanted)
        assert made.status_code == 201
        assert made.json()["state"] == "held"
        path = f"/postings/{made.json()['id']}"
        etag = asha.get(API + path)["ETag"]
        ended: Any = send(asha, path + "/end", {"last_day": "2026-12-31"}, etag=etag)
        assert ended.json()["ends_at"] == "2027-01-01T00:00:00Z"

    def test_an_offer_is_accepted_by_the_other_organisation(self, cast: Cast) -> None:
        bryn = cast.bryn("force-administrator").client
        asha = cast.asha("force-administrator").client
        robin = added(asha)
        wanted = {"organisation": PARTNER, "role": "investigator", "first_day": "2026-11-02"}
        offered: Any = send(asha, f"/staff/{robin}/postings", wanted)
        assert offered.json()["state"] == "offered"
        path = f"/postings/{offered.json()['id']}"
        assert send(asha, path + "/accept", etag="*").status_code == 404
        accepted: Any = send(bryn, path + "/accept", etag=bryn.get(API + path)["ETag"])
        assert accepted.json()["state"] == "held"

    def test_an_authority_is_granted_suspended_and_reinstated(self, cast: Cast) -> None:
        robin = factories.staff(HERE)
        officer = cast.asha("authorising-officer").client
        new = {"code": "pursuit-command", "first_day": "2026-11-02"}
        granted: Any = send(officer, f"/staff/{robin.pk}/authorities", new)
        path = f"/authorities/{granted.json()['id']}"
        for step, body in (("suspend", {"reason": "x"}), ("reinstate", {})):
            etag = officer.get(API + path)["ETag"]
            assert send(officer, f"{path}/{step}", body, etag=etag).status_code == 200
        renewal = {"first_day": "2027-03-01"}
        etag = officer.get(API + path)["ETag"]
        assert send(officer, path + "/renew", renewal, etag=etag).status_code == 201
        assert Entry.objects.filter(operation__startswith="people.authority-").count() == 4

    def test_everything_else_that_the_pages_do(self, cast: Cast) -> None:
        robin = factories.staff(HERE)
        asha = cast.asha("force-administrator").client
        officer = cast.asha("authorising-officer").client
        vetter = cast.asha("vetting-officer").client
        today = civil.day_of(clock.now())
        until = today + timedelta(days=40)
        new, last = {"first_day": f"{today - timedelta(days=21)}"}, {"last_day": f"{until}"}
        for client, made, ended, code in (
            (asha, "skills", "end", "welsh-speaker"),
            (officer, "authorities", "withdraw", "pursuit-command"),
            (vetter, "vettings", "withdraw", "mv"),
        ):
            held: Any = send(client, f"/staff/{robin.pk}/{made}", new | {"code": code})
            path = f"/{made}/{held.json()['id']}"
            etag = client.get(API + path)["ETag"]
            done: Any = send(client, f"{path}/{ended}", last, etag=etag)
            ends_at = datetime.fromisoformat(done.json()["ends_at"])
            assert ends_at == civil.instant(civil.next_day(until))
        lapsing: Any = officer.get(f"{API}/lapsing", {"days": 100})
        assert [row["code"] for row in lapsing.json()] == ["pursuit-command"]
        opened: Any = send(asha, f"/staff/{robin.pk}/account", {"username": "robin"})
        closed: Any = send(asha, f"/accounts/{opened.json()['id']}/close")
        assert closed.json()["is_active"] is False
        history: Any = asha.get(f"{API}/staff/{robin.pk}/history")
        assert history.json()[0]["fields"]["family_name"] == [None, "Hill"]
        assert asha.get(f"{API}/offered").json() == []

    def test_a_clearance_is_not_shown_to_everybody(self, cast: Cast) -> None:
        robin = factories.staff(HERE)
        vetter = cast.asha("vetting-officer").client
        new = {"code": "mv", "first_day": "2026-11-02"}
        assert send(vetter, f"/staff/{robin.pk}/vettings", new).status_code == 201
        inspector: Any = cast.asha("duty-inspector").client.get(f"{API}/staff/{robin.pk}")
        assert inspector.json()["vettings"] is None

    def test_a_skill_keeps_the_day_it_was_recorded_for(self, cast: Cast) -> None:
        robin = factories.staff(HERE)
        new = {"code": "firearms-law", "first_day": "2026-06-01", "last_day": "2026-12-31"}
        asha = cast.asha("force-administrator").client
        made: Any = send(asha, f"/staff/{robin.pk}/skills", new)
        assert made.json()["starts_at"] == "2026-05-31T23:00:00Z"

    def test_someone_who_has_left_is_listed_only_when_asked_for(self, cast: Cast) -> None:
        robin = factories.staff(HERE, name="Robin Gone")
        operations.end_staff(
            actor=factories.loader(),
            staff=robin.pk,
            version=1,
            ends_at=AT - timedelta(days=1),
            at=AT,
        )
        asha = cast.asha("duty-inspector").client
        counts = [
            asha.get(f"{API}/staff", {"q": "gone", "state": state}).json()["total"]
            for state in ("serving", "left", "all")
        ]
        assert counts == [0, 1, 1]
