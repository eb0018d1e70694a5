"""Pages of people: mostly the inherited cases."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from crossforce.kernel.periods import Period
from crossforce.kernel.testing.cast import HERE, Cast
from crossforce.kernel.testing.pages import KEY, ChangeCase, ReadCase, lasting
from crossforce.people import models, operations
from crossforce.people.tests import factories
from crossforce.people.tests.factories import AT, PARTNER

ADMINISTRATOR, INSPECTOR = "force-administrator", "duty-inspector"
OFFICER, VETTER = "authorising-officer", "vetting-officer"


def day(name: str, on: str = "2026-12-24") -> dict[str, str]:
    year, month, number = on.split("-")
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


class OfPerson:
    """A page below somebody of this force, made when first asked for."""

    page: str
    person: models.Staff | None = None

    def robin(self) -> models.Staff:
        self.person = self.person or factories.staff(HERE)
        return self.person

    def url(self, cast: Cast) -> str:
        return reverse(f"people:{self.page}", args=[self.robin().pk])


class TestList(ReadCase):
    office, no_office, stranger_gets = INSPECTOR, "auditor", 200

    def url(self, cast: Cast) -> str:
        return reverse("people:list")


class TestOffered(ReadCase):
    office, no_office, stranger_gets = INSPECTOR, "auditor", 200

    def url(self, cast: Cast) -> str:
        return reverse("people:offered")


class TestLapsing(ReadCase):
    office, no_office, stranger_gets = INSPECTOR, "auditor", 200

    def url(self, cast: Cast) -> str:
        return reverse("people:lapsing")


class TestShow(OfPerson, ReadCase):
    office, no_office, refused_with, page = INSPECTOR, "auditor", 404, "show"


class TestHistory(OfPerson, ReadCase):
    office, no_office, refused_with, page = INSPECTOR, "auditor", 404, "history"


class TestAdd(ChangeCase):
    office, no_office, operation = ADMINISTRATOR, INSPECTOR, "people.staff-added"
    stranger_gets = 302  # their own force gains someone

    def url(self, cast: Cast) -> str:
        return reverse("people:add")

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"family_name": "Hill", "number": "PC 7", "kind": "officer", **day("first_day")}

    def test_is_refused_to_an_office_without_the_power(self, cast: Cast) -> None:
        assert self._post(cast.asha(self.no_office), cast).status_code == 403


class TestEdit(OfPerson, ChangeCase):
    office, no_office, page = ADMINISTRATOR, INSPECTOR, "edit"
    operation = "people.staff-edited"

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"family_name": "Vale", "number": "PC 8", "kind": "officer", "version": 1}


class TestEnd(OfPerson, ChangeCase):
    office, no_office, page = ADMINISTRATOR, INSPECTOR, "end"
    operation = "people.staff-ended"

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"version": 1, **day("last_day")}


class TestOpenAccount(OfPerson, ChangeCase):
    office, no_office, page = ADMINISTRATOR, INSPECTOR, "open-account"
    operation = "people.account-opened"

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"username": "robin.hill"}

    def test_is_refused_to_an_office_without_the_power(self, cast: Cast) -> None:
        assert self._post(cast.asha(self.no_office), cast).status_code == 403


class TestPost(OfPerson, ChangeCase):
    office, no_office, page = ADMINISTRATOR, INSPECTOR, "post"
    operation = "people.posted"

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"organisation": HERE, "role": "investigator", "unit": "", **day("first_day")}

    def test_is_refused_to_an_office_without_the_power(self, cast: Cast) -> None:
        assert self._post(cast.asha(self.no_office), cast).status_code == 403


class TestRecordSkill(OfPerson, ChangeCase):
    office, no_office, page = ADMINISTRATOR, INSPECTOR, "record-skill"
    operation = "people.skill-recorded"

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"code": "welsh-speaker", "words": "", **day("first_day")}


class TestGrant(OfPerson, ChangeCase):
    office, no_office, page = OFFICER, INSPECTOR, "grant"
    operation = "people.authority-granted"

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"code": "pursuit-command", "words": "", **day("first_day")}


class TestRecordVetting(OfPerson, ChangeCase):
    office, no_office, page = VETTER, INSPECTOR, "record-vetting"
    operation = "people.vetting-recorded"

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"code": "mv", "words": "MV 1", **day("first_day")}


class OfHolding:
    """A page of something that somebody of this force holds, made when first asked for."""

    page: str
    held: Any = None

    def make(self) -> Any:
        raise NotImplementedError

    def url(self, cast: Cast) -> str:
        self.held = self.held or self.make()
        return reverse(f"people:{self.page}", args=[self.held.pk])

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"version": 1, **day("last_day")}


def granted() -> models.Authority:
    return operations.grant_authority(
        actor=factories.loader(),
        staff=factories.staff().pk,
        authority=operations.NewAuthority("pursuit-command", Period(AT)),
        at=AT,
    )


def suspended() -> models.Authority:
    return operations.suspend_authority(
        actor=factories.loader(), authority=granted().pk, version=1, reason="x", at=AT
    )


def offered() -> models.Posting:
    factories.organisation(PARTNER)
    wanted = operations.Wanted(HERE, "investigator", Period(AT))
    theirs = factories.actor("force-administrator", PARTNER, name="Bryn Parry")
    factories.organisation(HERE)
    lent = factories.staff(PARTNER)
    return operations.post(actor=theirs, staff=lent.pk, wanted=wanted, at=AT)


class TestEndPosting(OfHolding, ChangeCase):
    office, no_office, page = ADMINISTRATOR, INSPECTOR, "end-posting"
    operation = "people.posting-ended"

    def make(self) -> models.Posting:
        return factories.posting(factories.staff(), "investigator")


class TestAccept(OfHolding, ChangeCase):
    office, no_office, page = ADMINISTRATOR, INSPECTOR, "accept"
    operation, button_only = "people.posting-accepted", True

    def make(self) -> models.Posting:
        return offered()


class TestDecline(OfHolding, ChangeCase):
    office, no_office, page = ADMINISTRATOR, INSPECTOR, "decline"
    operation, button_only = "people.posting-declined", True

    def make(self) -> models.Posting:
        return offered()


class TestEndSkill(OfHolding, ChangeCase):
    office, no_office, page = ADMINISTRATOR, INSPECTOR, "end-skill"
    operation = "people.skill-ended"

    def make(self) -> models.Skill:
        skill = operations.NewSkill("welsh-speaker", Period(AT))
        return operations.record_skill(
            actor=factories.loader(), staff=factories.staff().pk, skill=skill, at=AT
        )


class TestSuspend(OfHolding, ChangeCase):
    office, no_office, page = OFFICER, INSPECTOR, "suspend"
    operation = "people.authority-suspended"

    def make(self) -> models.Authority:
        return granted()

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"version": 1, "reason": "after an incident"}


class TestReinstate(OfHolding, ChangeCase):
    office, no_office, page = OFFICER, INSPECTOR, "reinstate"
    operation, button_only = "people.authority-reinstated", True

    def make(self) -> models.Authority:
        return suspended()

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"version": 2}


class TestRenew(OfHolding, ChangeCase):
    office, no_office, page = OFFICER, INSPECTOR, "renew"
    operation = "people.authority-renewed"

    def make(self) -> models.Authority:
        return granted()

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"version": 1, **day("first_day")}


class TestWithdraw(OfHolding, ChangeCase):
    office, no_office, page = OFFICER, INSPECTOR, "withdraw"
    operation = "people.authority-withdrawn"

    def make(self) -> models.Authority:
        return granted()


class TestWithdrawVetting(OfHolding, ChangeCase):
    office, no_office, page = VETTER, ADMINISTRATOR, "withdraw-vetting"
    operation = "people.vetting-withdrawn"

    def make(self) -> models.Vetting:
        return operations.record_vetting(
            actor=factories.loader(),
            staff=factories.staff().pk,
            vetting=operations.NewVetting("mv", Period(AT)),
            at=AT,
        )


class TestCloseAccount(ChangeCase):
    office, no_office = ADMINISTRATOR, INSPECTOR
    operation, button_only = "people.account-closed", True

    def url(self, cast: Cast) -> str:
        return reverse("people:close-account", args=[cast.dee().account.pk])

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {}


@pytest.mark.django_db
class TestPages:
    def test_a_stale_version_is_told_what_to_do_and_changes_nothing(self, cast: Cast) -> None:
        robin = factories.staff(HERE)
        url = reverse("people:edit", args=[robin.pk])
        sent = {"family_name": "Vale", "number": "PC 8", "kind": "officer", "version": 1}
        asha = cast.asha(ADMINISTRATOR).client
        assert asha.post(url, sent | {KEY: str(uuid4())}).status_code == 302
        answer = asha.post(url, sent | {"family_name": "Dale", KEY: str(uuid4())})
        assert answer.status_code == 409
        assert "Somebody else changed this first" in answer.content.decode()
        assert factories.fresh(robin).family_name == "Vale"

    def test_a_refusal_of_the_operation_is_told_in_its_words(self, cast: Cast) -> None:
        robin = factories.staff(HERE)
        sent = {"organisation": HERE, "role": "chief-officer", **day("first_day")}
        url = reverse("people:post", args=[robin.pk])
        answer = cast.asha(ADMINISTRATOR).client.post(url, sent | {KEY: str(uuid4())})
        assert answer.status_code == 409
        assert "does not exist in wiltshire" in answer.content.decode()

    def test_a_form_with_faults_is_drawn_again(self, cast: Cast) -> None:
        sent = {"number": "PC 7", "kind": "officer", KEY: str(uuid4())}
        answer = cast.asha(ADMINISTRATOR).client.post(reverse("people:add"), sent)
        assert answer.status_code == 422
        assert "Enter a family name" in answer.content.decode()

    @pytest.mark.parametrize("year", ["9999", "1"])
    def test_a_date_that_is_a_slip_is_named(self, cast: Cast, year: str) -> None:
        sent = {"family_name": "Hill", "number": "PC 7", "kind": "officer", KEY: str(uuid4())}
        sent |= {"first_day-day": "31", "first_day-month": "12", "first_day-year": year}
        answer = cast.asha(ADMINISTRATOR).client.post(reverse("people:add"), sent)
        assert answer.status_code == 422
        assert "Enter a date from 1900 to 2199" in answer.content.decode()

    def test_what_is_not_there_looks_the_same_as_what_may_not_be_known(
        self, cast: Cast
    ) -> None:
        theirs = reverse("people:show", args=[factories.staff(PARTNER).pk])
        nobodys = reverse("people:show", args=[uuid4()])
        asha = cast.asha(INSPECTOR).client
        answers = [asha.get(url) for url in (theirs, nobodys)]
        assert [answer.status_code for answer in answers] == [404, 404]
        pages = [
            lasting(answer.content.decode().replace(url, ""))
            for answer, url in zip(answers, (theirs, nobodys), strict=True)
        ]
        assert pages[0] == pages[1]

    def test_a_page_of_fifty_takes_few_queries(
        self, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(60):
            factories.posting(factories.staff(HERE), "investigator")
        asha = cast.asha(INSPECTOR).client
        with django_assert_max_num_queries(18):  # three for the context, four for the ledger
            answer = asha.get(reverse("people:list"))
        assert answer.status_code == 200

    def test_the_export_is_every_row_that_the_filter_leaves(self, cast: Cast) -> None:
        for name in ("Ann Lee", "Bob Lee", "Cai Fry"):
            factories.staff(HERE, name=name)
        asha = cast.asha(INSPECTOR).client
        answer = asha.get(reverse("people:list"), {"q": "lee", "format": "csv"})
        text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
        assert [name in text for name in ("Ann Lee", "Bob Lee", "Cai Fry")] == [
            True,
            True,
            False,
        ]

    def test_an_office_is_found_by_role(self, cast: Cast) -> None:
        cast.asha(INSPECTOR)
        page = cast.asha(INSPECTOR).client.get(reverse("people:list"), {"role": INSPECTOR})
        assert "Asha Rees" in page.content.decode()

    def test_a_lost_posting_ends_access_at_the_next_page(self, cast: Cast) -> None:
        asha = cast.asha(INSPECTOR)
        posting = models.Posting.objects.get(pk=asha.actor.posting)
        operations.end_posting(
            actor=factories.actor(ADMINISTRATOR),
            posting=posting.pk,
            version=1,
            ends_at=AT - timedelta(days=1),
            at=AT,
        )
        answer = asha.client.get(reverse("people:list"))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/posting/")


@pytest.mark.django_db
def test_the_list_is_for_people_who_act() -> None:
    assert Client().get(reverse("people:list")).status_code == 302
