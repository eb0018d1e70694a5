"""Before anybody is told that interests meet, it stands with both sides; and what is one's own opens to nobody else."""

from datetime import timedelta
from typing import Any

import pytest

from crossforce.insight import api as insight
from crossforce.ledger.models import Entry
from crossforce.nominals import models
from crossforce.nominals.choices import INTEREST, Decision
from crossforce.nominals.operations import deconflicting, noticing
from crossforce.nominals.queries.interests import Met
from crossforce.nominals.tests import holding
from crossforce.nominals.tests.interested import both, interest, matched, own_policies
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, HERE, PARTNER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own() -> None:
    own_policies()


class TestLedger:
    def test_a_look_at_what_meets_is_a_combination_that_names_ones_own_alone(self) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        both()
        mine, theirs = interest(asha), interest(bryn)
        looked = deconflicting.look(actor=asha, at=AT)
        assert [(each.row.pk, each.met) for each in looked] == [(mine.pk, Met())]
        (entry,) = Entry.objects.filter(operation="record.combined", organisation=HERE)
        body = bytes(entry.body).decode()
        assert str(mine.pk) in body
        assert str(theirs.pk) not in body
        assert PARTNER not in body

    def test_who_tries_and_withdraws_stands_with_the_other(self) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        both()
        theirs, mine = interest(bryn), interest(asha)
        deconflicting.withdraw(actor=asha, interest=mine.pk, at=AT)
        assert entered(theirs) == 1

    def test_what_meets_by_a_match_stands_with_the_other_once_it_is_told(self) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        both()
        holding.own_policies()
        held, other = (
            holding.person(asha, "John", "Smith"),
            holding.person(bryn, "Jon", "Smith"),
        )
        theirs = interest(asha, record=held.pk, scheme="", said="")
        interest(bryn, record=other.pk, scheme="", said="")
        matched(held, other)
        assert entered(theirs) == 0
        deconflicting.look(actor=bryn, at=AT)
        assert entered(theirs) == 1

    def test_an_interest_has_one_entry_a_day_however_often_another_tries(self) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        both()
        theirs = interest(bryn)
        for at in (AT, AT + timedelta(days=1)):
            mine = interest(asha)
            for decision in (Decision.SILENT, Decision.CONTACTS):
                deconflicting.decide(actor=asha, interest=mine.pk, decision=decision, at=at)
                noticing.compare(at)
                deconflicting.look(actor=asha, at=at)
        assert entered(theirs) == 2


class TestExplained:
    def test_what_is_ones_own_opens_to_nobody_else(self) -> None:
        asha = factories.asha()
        own: dict[str, Any] = {"kinds": (INTEREST,), "compartment": "own"}
        holding.policy("another-force", **own, recipient=PARTNER, actions=("read",))
        holding.policy("another-role", **own, actions=("read",), roles=("controller",))
        both()
        row = interest(asha)

        def told_of(action: str) -> set[str]:
            said = insight.audience(asha, INTEREST, row.pk, action, AT)
            return {each.agreement for each in said}

        assert told_of("read") == {f"own-{HERE}"}
        assert told_of("deconflict") == {f"compared-{HERE}-{PARTNER}"}


def entered(row: models.Interest) -> int:
    """How often it was entered that this interest met another, but by looks of its owner."""
    found = Entry.objects.filter(operation="record.combined", subject=f"{INTEREST}:{row.pk}")
    return found.exclude(organisation__in=(HERE, PARTNER)).count()
