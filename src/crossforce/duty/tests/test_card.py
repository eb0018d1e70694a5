"""The card: exactly one chief officer commands, and each answer has its clause or its law."""

from datetime import timedelta

import pytest

from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty import models, queries
from crossforce.duty.queries import Card, NoSuchDuty
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import HERE, brought_in, rows
from crossforce.kernel import guarded
from crossforce.people.choices import Actor

__all__ = ["bodies", "few_bodies"]

pytestmark = pytest.mark.django_db
AT = factories.AT
ROW = "1;1234;21/11/2026;07:00;15:00;SOU;XG01;Devizes;AV;;"


@pytest.fixture
def asha(bodies: None) -> Actor:
    factories.policy()
    factories.unit()
    factories.person("1234")
    actor = factories.planner()
    brought_in(actor, rows(ROW))
    return actor


def card(actor: Actor, area: str = "") -> Card:
    with guarded.acting(actor):
        entry = models.Entry.objects.get()
    return queries.card(actor, entry.pk, AT, area)


class TestWithoutAnAgreement:
    def test_the_home_chief_commands_and_the_law_says_who_answers(self, asha: Actor) -> None:
        found = card(asha)
        assert found.commander == f"chief-constable-{HERE}"
        assert "no clause says otherwise" in found.lines[0].ground
        answers = {line.question: line.code for line in found.lines}
        assert answers["Holds to account"] == f"pcc-{HERE}"
        assert answers["Handles a complaint and conduct"] == f"chief-constable-{HERE}"
        assert all(line.ground and line.name for line in found.lines)

    def test_is_read_out_in_one_sentence(self, asha: Actor) -> None:
        said = card(asha).sentence
        assert said.startswith("At 09:00 on 21 November 2026 Robin Hill, 1234, is under the")
        assert said.endswith("handles a complaint.")

    def test_is_not_there_for_whom_nothing_is_shared(self, asha: Actor) -> None:
        with guarded.acting(asha):
            entry = models.Entry.objects.get()
        cole = factories.planner(factories.ELSEWHERE)
        with pytest.raises(NoSuchDuty):
            queries.card(cole, entry.pk, AT + timedelta(minutes=1))


class TestInAnAgreement:
    def test_the_chief_whom_the_clause_finds_commands(self, asha: Actor) -> None:
        agreed.in_force()
        with guarded.acting(asha):
            models.Entry.objects.update(
                unit=f"{agreed.REFERENCE}-unit",
                starts_at=agreed.LATER,
                ends_at=agreed.LATER + timedelta(hours=8),
            )
            entry = models.Entry.objects.get()
        found = queries.card(asha, entry.pk, agreed.LATER, "gloucestershire")
        assert found.lines[0].reference == agreed.REFERENCE
        assert found.commander == "chief-constable-gloucestershire"
        assert {line.question: line.code for line in found.lines}[
            "Holds to account"
        ] == "pcc-gloucestershire"
