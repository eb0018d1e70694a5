"""What pages of records say: names instead of codes, errors at their fields, why a list is empty."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.testing.pages import KEY
from crossforce.records import operations
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT

NOTE = "records.note"


@pytest.fixture(autouse=True)
def policy(db: None) -> None:
    factories.policy(roles=("investigator",))


def page(name: str, record: Any) -> str:
    return reverse(f"records:{name}", args=[NOTE, record.pk])


def read(cast: Cast, address: str, office: str = "investigator") -> str:
    return str(cast.asha(office).client.get(address).content.decode())


class TestTheList:
    def test_refuses_what_no_filter_offers(self, cast: Cast) -> None:
        client = cast.asha("investigator").client
        listed = reverse("records:of-kind", args=[NOTE])
        for asked, field in (("marking=ZZZ", "Marking"), ("held_by=zzz", "no field")):
            answer = client.get(f"{listed}?{asked}")
            assert answer.status_code == 400
            assert field in answer.content.decode()
        assert client.get(f"{listed}?marking=OFFICIAL&page=1&lang=en").status_code == 200

    def test_says_why_it_may_be_empty(self, cast: Cast) -> None:
        text = read(cast, reverse("records:of-kind", args=[NOTE]), "analyst")
        assert "the purpose you act for" in text
        assert reverse("oversight:why-kind", args=[NOTE]) in text
        assert "Download as CSV" not in text

    def test_names_the_recipient_and_purposes_of_its_file(self, cast: Cast) -> None:
        factories.note()
        text = read(cast, reverse("records:of-kind", args=[NOTE]) + "?format=csv")
        first, _, row = csv.reader(io.StringIO(text.lstrip("\ufeff")))
        assert first[1] == "Disclosed to Wiltshire"
        assert "Preventing offences" in row


class TestMarkingAndPlace:
    def sent(self, cast: Cast, **given: str) -> str:
        note = factories.created(factories.asha(), marking="OFFICIAL-SENSITIVE")
        form = {"marking": "OFFICIAL-SENSITIVE", "collection": "", "compartment": ""} | given
        answer = cast.asha("investigator").client.post(
            page("move", note), {**form, KEY: str(uuid4()), "version": note.version}
        )
        assert answer.status_code == 422
        return str(answer.content.decode())

    def test_says_at_the_field_what_is_wrong(self, cast: Cast) -> None:
        text = self.sent(cast, collection="garbage; drop", reason="Kept what I typed")
        assert "Enter unit:, function: or case: and a code" in text
        assert "Kept what I typed" in text

    def test_refuses_a_unit_that_is_none(self, cast: Cast) -> None:
        assert "Enter the code of a unit" in self.sent(cast, collection="unit:no-such-unit")

    def test_asks_why_a_marking_is_lowered(self, cast: Cast) -> None:
        assert "Enter why the marking is lowered" in self.sent(cast, marking="OFFICIAL")


class TestDisposal:
    def test_says_beforehand_until_when_a_record_is_kept(self, cast: Cast) -> None:
        note = factories.created(factories.asha(), group="3")
        shown = read(cast, page("show", note))
        assert "It is kept until" in shown
        assert page("dispose", note) not in shown
        assert page("propose-disposal", note) not in shown
        for name in ("dispose", "propose-disposal"):
            text = read(cast, page(name, note))
            assert "Not yet. It is kept until" in text
            assert "<textarea" not in text
            sent = {KEY: str(uuid4()), "version": note.version, "reason": "Over"}
            answer = cast.asha("investigator").client.post(page(name, note), sent)
            assert answer.status_code == 409

    def test_offers_it_when_it_may_go(self, cast: Cast) -> None:
        shown = read(
            cast, page("show", factories.note(review_due=AT.date() - timedelta(days=1)))
        )
        assert "Dispose of it" in shown


class TestNames:
    def test_history_reads_in_words(self, cast: Cast) -> None:
        note = factories.created(factories.asha(), collection="case:op-heron")
        text = read(cast, page("history", note))
        assert "Preventing offences" in text
        assert "Policing purpose" in text
        assert "prevent-offences" not in text

    def test_proposals_name_the_record_and_the_proposer(self, cast: Cast) -> None:
        factories.policy("reading", roles=("analyst",), actions=("find", "read"))
        note = factories.note()
        operations.propose(
            actor=factories.asha("analyst"),
            kind=NOTE,
            record=note.pk,
            given={"subject": "A red van"},
            reason="It was red",
            at=AT,
        )
        listed = read(cast, reverse("records:proposals"))
        assert "A blue van" in listed
        assert "Wiltshire" in listed
        assert "Waits for an answer" in listed
        assert "Wiltshire</a>: waits for an answer" in read(cast, page("show", note))
