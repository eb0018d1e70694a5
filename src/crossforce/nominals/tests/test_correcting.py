"""Corrections: a reader proposes, the holder accepts, what is shown follows, and whoever received it is told."""

from typing import Any

import pytest
from django.urls import reverse

from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import Cast
from crossforce.nominals import models
from crossforce.nominals.choices import PERSON
from crossforce.nominals.operations import correcting
from crossforce.nominals.tests import holding, loads
from crossforce.nominals.tests.loads import row, table
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records import api as records
from crossforce.records.operations import telling
from crossforce.records.queries import corrections
from crossforce.records.tests.factories import AT, PARTNER

__all__ = ["bodies", "few_bodies"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bodies")]


@pytest.fixture
def asha() -> Actor:
    loads.policy()
    holding.shared("find", "read")
    actor = loads.analyst()
    loads.loaded(actor, table(row()))
    return actor


def held(actor: Actor) -> models.Person:
    with guarded.acting(actor):
        found: models.Person = models.Person.objects.get()
    return found


def proposed(by: Actor, **value: str) -> records.Reference:
    said = [
        {**each, "value": {**each["value"], **value}} if each["about"] == "name" else each
        for each in held(by).statements
    ]
    return sent(by, said)


def sent(by: Actor, said: list[Any]) -> records.Reference:
    made = records.propose(
        actor=by,
        kind=PERSON,
        record=held(by).pk,
        given={"statements": said},
        reason="Seen on a passport",
        at=AT,
    )
    return records.Reference(PERSON, made.pk)


class TestCorrect:
    def test_an_accepted_proposal_changes_what_is_said_and_shown(self, asha: Actor) -> None:
        bryn = people.actor("investigator", PARTNER)
        made = proposed(bryn, family="Penhalligon")
        records.accept(actor=asha, proposal=made.id, at=AT)
        assert held(asha).family_name == "Penhalligon"

    def test_a_load_does_not_take_it_back(self, asha: Actor) -> None:
        made = proposed(people.actor("investigator", PARTNER), family="Penhalligon")
        records.accept(actor=asha, proposal=made.id, at=AT)
        outcome = loads.loaded(asha, table(row()))
        assert [each.rule for each in outcome.refused[0].reasons] == ["corrected-here"]
        assert (outcome.counts["changed"], held(asha).family_name) == (0, "Penhalligon")
        outcome = loads.loaded(asha, table(row(Surname="Penhalligon")))
        assert (outcome.counts["same"], outcome.counts["refused"]) == (1, 0)

    def test_a_load_does_not_bring_back_what_was_taken_away(self, asha: Actor) -> None:
        said = [each for each in held(asha).statements if each["about"] != "birth"]
        made = sent(people.actor("investigator", PARTNER), said)
        records.accept(actor=asha, proposal=made.id, at=AT)
        assert {each["verified_by"] for each in held(asha).statements} == {asha.organisation}
        outcome = loads.loaded(asha, table(row()))
        assert [each.rule for each in outcome.refused[0].reasons] == ["corrected-here"]
        assert held(asha).born == ""

    def test_whom_a_row_or_a_proposal_names_protects_nothing_and_opens_nothing(
        self, asha: Actor
    ) -> None:
        said = held(asha).statements
        name = {**said[0], "value": {**said[0]["value"], "family": "Penhalligon"}}
        made = sent(
            people.actor("investigator", PARTNER), [{**name, "verified_by": "PC 7"}, *said[1:]]
        )
        records.accept(actor=asha, proposal=made.id, at=AT)
        assert held(asha).statements[0]["verified_by"] == asha.organisation
        theirs = loads.PEOPLE.replace("[said]\n", '[said]\nverified_by = "PC 7"\n')
        outcome = loads.loaded(asha, table(row()), theirs)
        assert [each.rule for each in outcome.refused[0].reasons] == ["corrected-here"]
        assert held(asha).family_name == "Penhalligon"

    def test_what_a_system_says_was_verified_the_system_may_change(self, asha: Actor) -> None:
        theirs = loads.PEOPLE.replace("[said]\n", '[said]\nverified_by = "PC 7"\n')
        for name in ("Penhallow", "Penhalligon"):
            outcome = loads.loaded(asha, table(row(Surname=name)), theirs)
            assert (outcome.counts["changed"], outcome.refused) == (1, [])
        assert held(asha).family_name == "Penhalligon"

    def test_what_is_not_sound_is_refused(self, asha: Actor) -> None:
        made = proposed(people.actor("investigator", PARTNER), family="<b>")
        with pytest.raises(correcting.Unsound, match="Statement 1"):
            records.accept(actor=asha, proposal=made.id, at=AT)
        assert held(asha).family_name == "Penhallow"

    def test_whoever_received_the_record_is_told(self, asha: Actor) -> None:
        person = held(asha)
        records.disclose(
            actor=asha,
            kind=PERSON,
            records=[person.pk],
            recipient=PARTNER,
            reason="Asked for it",
            at=AT,
        )
        made = proposed(people.actor("investigator", PARTNER), family="Penhalligon")
        records.accept(actor=asha, proposal=made.id, at=AT)
        (told,) = corrections.corrections(people.actor("auditor", PARTNER))
        assert (told.record, told.by, told.recipients) == (
            person.pk,
            asha.organisation,
            (PARTNER,),
        )

    def test_nobody_is_told_who_else_received_it(self, asha: Actor) -> None:
        person, others = held(asha), (PARTNER, "dorset")
        for each in others:
            records.disclose(
                actor=asha, kind=PERSON, records=[person.pk], recipient=each, reason="Asked", at=AT
            )  # fmt: skip
        with guarded.acting(asha):
            assert telling.tell(actor=asha, row=person, at=AT) == tuple(sorted(others))
        (told,) = corrections.corrections(people.actor("auditor", PARTNER))
        assert told.recipients == (PARTNER,)
        ours = corrections.corrections(people.actor("auditor", asha.organisation))
        assert sorted(each.recipients for each in ours) == sorted((each,) for each in others)

    def test_the_page_tells_it(self, asha: Actor, cast: Cast) -> None:
        person = held(asha)
        records.disclose(
            actor=asha,
            kind=PERSON,
            records=[person.pk],
            recipient=PARTNER,
            reason="Asked for it",
            at=AT,
        )
        with guarded.acting(asha):
            telling.tell(actor=asha, row=person, at=AT)
        page = cast.bryn("auditor").client.get(reverse("records:corrections")).content.decode()
        assert "W1" in page or f"…{str(person.pk)[-6:]}" in page
