"""Requests, broken glasses, openings and notices: pages, and who may do what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from crossforce.access.tests.factories import CLAUSE, given
from crossforce.kernel import civil, guarded
from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.testing.pages import KEY, ChangeCase, ReadCase
from crossforce.ledger.models import Entry
from crossforce.organisations.models import DirectoryStamp, Organisation, Succession
from crossforce.oversight import operations, queries
from crossforce.oversight.tests.acts import key
from crossforce.people.api import system_actor
from crossforce.people.models import Staff
from crossforce.people.tests import factories
from crossforce.sharing import api as sharing

pytestmark = pytest.mark.django_db
KIND = "people.staff"
REASON = "A threat to life is being assessed tonight."
SOON = civil.day_of(datetime.now(UTC) + timedelta(days=7))
LAST_DAY = {"last_day-day": SOON.day, "last_day-month": SOON.month, "last_day-year": SOON.year}
GLASS = replace(
    CLAUSE, clause="9.3", actions=("find",), glass_minutes=60, glass_roles=("investigator",)
)


def now() -> datetime:
    return datetime.now(UTC)


def succeeded(before: str, after: str) -> None:
    """The one body is no more since yesterday, and the other stands in its place."""
    on = civil.day_of(now() - timedelta(days=1))
    with guarded.acting(system_actor("world-loader", on=on)):
        Organisation.objects.filter(code=before).update(until=on)
        Succession.objects.create(
            predecessor_id=before, successor_id=after, relation="merged", on=on, position=0
        )
        DirectoryStamp.renew()


def requested(cast: Cast, row: Staff) -> Any:
    given(replace(CLAUSE, actions=("find",)))
    cast.asha("information-manager")
    asked = sharing.Asked(KIND, row.pk, ("find", "read"), REASON, now() + timedelta(days=7))
    return sharing.ask(actor=cast.bryn("investigator").actor, asked=asked, at=now())


def broken(cast: Cast, row: Staff) -> UUID:
    given(GLASS)
    actor = cast.bryn("investigator").actor
    return sharing.break_glass(actor=actor, kind=KIND, record=row.pk, reason=REASON, at=now())


def opened(cast: Cast, row: Staff) -> UUID:
    opening = operations.Opening(
        KIND,
        row.pk,
        cast.bryn("investigator").actor.posting,
        ("find", "read"),
        REASON,
        now() + timedelta(days=2),
    )
    manager = cast.asha("information-manager").actor
    return operations.open_record(actor=manager, opening=opening, at=now())


class OfRecord:
    row: Staff | None = None
    page: str

    def url(self, cast: Cast) -> str:
        self.row = self.row or factories.staff()
        return reverse(self.page, args=[KIND, self.row.pk])


class TestAskPage(OfRecord, ChangeCase):
    office, no_office, refused_with, page = (
        "duty-inspector",
        "investigator",
        404,
        "oversight:ask",
    )
    operation = "access.requested"

    def url(self, cast: Cast) -> str:
        cast.asha("information-manager")
        return super().url(cast)

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"actions": ["edit"], "reason": REASON, **LAST_DAY}


class TestOpenPage(OfRecord, ChangeCase):
    office, no_office, page = "information-manager", "duty-inspector", "oversight:open"
    operation = "access.share-opened"

    def sent(self, cast: Cast) -> dict[str, Any]:
        posting = cast.bryn("investigator").actor.posting
        return {"posting": str(posting), "actions": ["read"], "reason": REASON, **LAST_DAY}


class TestDecidePage(ChangeCase):
    office, no_office, refused_with = "information-manager", "duty-inspector", 404
    operation = "access.request-decided"
    request: Any = None

    def url(self, cast: Cast) -> str:
        self.request = self.request or requested(cast, factories.staff())
        return reverse("oversight:request", args=[self.request.pk])

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"decision": "grant", "answer": ""}


class TestReviewPage(ChangeCase):
    office, no_office, refused_with = "information-manager", "duty-inspector", 404
    operation = "access.glass-reviewed"
    share: UUID | None = None

    def url(self, cast: Cast) -> str:
        self.share = self.share or broken(cast, factories.staff())
        return reverse("oversight:review", args=[self.share])

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"finding": "justified", "words": "The threat was real."}


class TestEndButton(ChangeCase):
    office, no_office, refused_with = "information-manager", "duty-inspector", 404
    operation, button_only = "access.share-ended", True
    share: UUID | None = None

    def url(self, cast: Cast) -> str:
        self.share = self.share or opened(cast, factories.staff())
        return reverse("oversight:end-opening", args=[self.share])

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {}


class TestRequestsPage(ReadCase):
    office, stranger_gets = "duty-inspector", 200

    def url(self, cast: Cast) -> str:
        return reverse("oversight:requests")


class TestOpeningsPage(ReadCase):
    office, stranger_gets = "duty-inspector", 200

    def url(self, cast: Cast) -> str:
        return reverse("oversight:openings")


class TestNoticesPage(ReadCase):
    office, no_office, stranger_gets = "information-manager", "auditor", 200

    def url(self, cast: Cast) -> str:
        return reverse("oversight:notices")


class TestAsking:
    def test_leads_from_request_to_sight(self, cast: Cast) -> None:
        row = factories.staff(name="Robin Hill")
        given(replace(CLAUSE, actions=("find",)))
        bryn, manager = cast.bryn("investigator"), cast.asha("information-manager")
        sent = {"actions": ["find", "read"], "reason": REASON, **LAST_DAY, KEY: key()}
        asked = bryn.client.post(reverse("oversight:ask", args=[KIND, row.pk]), sent)
        page = manager.client.get(asked["Location"]).content.decode()
        assert REASON in page
        assert "Investigator" in page
        decided = {"decision": "grant", "answer": "", KEY: key()}
        assert manager.client.post(asked["Location"], decided).status_code == 302
        with guarded.acting(bryn.actor):
            assert [each.pk for each in Staff.objects.all()] == [row.pk]
        assert "Granted" in bryn.client.get(asked["Location"]).content.decode()

    def test_a_day_too_far_off_is_an_error_at_the_field(self, cast: Cast) -> None:
        row = factories.staff()
        given(replace(CLAUSE, actions=("find",)))
        cast.asha("information-manager")
        far = {name: value + (name == "last_day-year") for name, value in LAST_DAY.items()}
        sent = {"actions": ["read"], "reason": REASON, **far, KEY: key()}
        url = reverse("oversight:ask", args=[KIND, row.pk])
        page = cast.bryn("investigator").client.post(url, sent).content.decode()
        assert "At most 28 days from now" in page
        assert "Enter a day that ends within 28 days from now" in page
        assert REASON in page

    def test_a_refusal_needs_its_reason(self, cast: Cast) -> None:
        request = requested(cast, factories.staff())
        address = reverse("oversight:request", args=[request.pk])
        sent = {"decision": "refuse", "answer": " ", KEY: key()}
        answer: Any = cast.asha("information-manager").client.post(address, sent)
        assert answer.status_code == 422
        assert "Say why not" in answer.content.decode()

    def test_is_decided_once(self, cast: Cast) -> None:
        request = requested(cast, factories.staff())
        manager = cast.asha("information-manager").client
        address = reverse("oversight:request", args=[request.pk])
        for code in (302, 409):
            sent = {"decision": "refuse", "answer": "Not needed.", KEY: key()}
            assert manager.post(address, sent).status_code == code

    def test_to_see_ones_own_is_no_look_at_oneself(self, cast: Cast) -> None:
        row, ida = factories.staff(), cast.asha("information-manager")
        factories.actor("information-manager", name="Ines Park")
        asked = sharing.Asked(KIND, row.pk, ("edit",), REASON, now() + timedelta(days=2))
        made = sharing.ask(actor=ida.actor, asked=asked, at=now())
        for page in ("requests", "notices"):
            assert ida.client.get(reverse(f"oversight:{page}")).status_code == 200
        shown = ida.client.get(reverse("oversight:request", args=[made.pk])).content.decode()
        assert "Asha Rees" in shown
        assert f"posting …{str(ida.actor.posting)[-6:]}" in shown
        looks = Entry.objects.filter(operation="record.consulted")
        assert not looks.filter(rows__contains=[ida.actor.staff]).exists()

    def test_a_stranger_finds_no_request(self, cast: Cast) -> None:
        request = requested(cast, factories.staff())
        address = reverse("oversight:request", args=[request.pk])
        assert cast.cole("information-manager").client.get(address).status_code == 404
        assert cast.asha("duty-inspector").client.get(address).status_code == 404


class TestOpening:
    def test_gives_sight_until_it_is_ended(self, cast: Cast) -> None:
        row = factories.staff(name="Robin Hill")
        share = opened(cast, row)
        bryn = cast.bryn("investigator")
        with guarded.acting(bryn.actor):
            assert Staff.objects.get().pk == row.pk
        page = reverse("oversight:opening", args=[share])
        assert REASON in bryn.client.get(page).content.decode()
        bryn.client.post(f"{page}end/", {KEY: key()})
        with guarded.acting(bryn.actor):
            assert not Staff.objects.exists()
        assert "(over)" in bryn.client.get(page).content.decode()

    def test_is_for_somebody_else_and_a_year_at_most(self, cast: Cast) -> None:
        row, ida = factories.staff(), cast.asha("information-manager")
        to = {"own": ida.actor.posting, "other": cast.bryn("investigator").actor.posting}

        def open_to(whom: str, days: int) -> UUID:
            until = now() + timedelta(days=days)
            opening = operations.Opening(KIND, row.pk, to[whom], ("read",), REASON, until)
            return operations.open_record(actor=ida.actor, opening=opening, at=now())

        with pytest.raises(sharing.ForOneself):
            open_to("own", 2)
        with pytest.raises(sharing.CannotShare, match="within 366 days"):
            open_to("other", 367)
        share = open_to("other", 366)
        assert sharing.share(ida.actor, share).posting == to["other"]
        url = reverse("oversight:open", args=[KIND, row.pk])
        shown = ida.client.get(url, {"posting": str(to["other"])}).content.decode()
        assert "At most 366 days from now" in shown

    def test_is_for_somebody_who_is_there(self, cast: Cast) -> None:
        row = factories.staff()
        address = reverse("oversight:open", args=[KIND, row.pk])
        sent = {"posting": str(row.pk), "actions": ["read"], "reason": REASON, **LAST_DAY}
        answer = cast.asha("information-manager").client.post(address, sent | {KEY: key()})
        assert answer.status_code == 400

    def test_chooses_whose_posting_by_organisation_and_role(self, cast: Cast) -> None:
        row, client = factories.staff(), cast.asha("information-manager").client
        posting = cast.bryn("investigator").actor.posting
        address = reverse("oversight:open", args=[KIND, row.pk])
        given = {"organisation": factories.PARTNER, "role": "investigator"}
        said = client.get(address, given).content.decode()
        assert f"?posting={posting}" in said
        assert "Bryn" not in said
        said = client.get(address, {"posting": str(posting)}).content.decode()
        assert f'name="posting" value="{posting}"' in said

    def test_is_the_heirs_when_a_body_is_no_more(self, cast: Cast, few_bodies: None) -> None:
        row = factories.staff()
        share = opened(cast, row)
        heir = cast.bryn("information-manager")
        assert heir.client.get(reverse("oversight:opening", args=[share])).status_code == 404
        succeeded(factories.HERE, factories.PARTNER)
        assert heir.client.get(reverse("oversight:opening", args=[share])).status_code == 200
        with guarded.acting(heir.actor):
            sharing.require_deciding(heir.actor, factories.HERE)

    def test_is_the_holders_alone(self, cast: Cast) -> None:
        row = factories.staff()
        given(CLAUSE)
        address = reverse("oversight:open", args=[KIND, row.pk])
        assert cast.bryn("information-manager").client.get(address).status_code == 403

    def test_is_counted_among_those_who_can_see(self, cast: Cast) -> None:
        row = factories.staff()
        opened(cast, row)
        found = queries.who_can(cast.dee().actor, KIND, row.pk, "read", now())
        (ground,) = [each for each in found if each.reason.origin]
        assert ground.title == "Opened by its holder"
        assert ground.reason.roles == ("investigator",)
        assert ground.reason.recipient == "gloucestershire"


@pytest.mark.parametrize("page", ["requests", "notices"])
def test_two_who_ask_from_one_office_are_told_apart(cast: Cast, page: str) -> None:
    row = factories.staff()
    given(replace(CLAUSE, actions=("find",)))
    manager = cast.asha("information-manager").client
    asked = sharing.Asked(KIND, row.pk, ("find", "read"), REASON, now() + timedelta(days=7))
    for name in ("Bryn Parry", "Ines Park"):
        actor = factories.actor("investigator", factories.PARTNER, name=name)
        request = sharing.ask(actor=actor, asked=asked, at=now())
        end = f"posting …{str(actor.posting)[-6:]}"
        assert end in manager.get(reverse(f"oversight:{page}")).content.decode()
        alone = manager.get(reverse("oversight:request", args=[request.pk])).content.decode()
        assert end in alone
        assert name not in alone
