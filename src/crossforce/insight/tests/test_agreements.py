"""What is signed is what is granted: from signature to suspension and leave, through the operations."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crossforce.access import beginnings
from crossforce.access.operations import grants_of
from crossforce.acting import vouching
from crossforce.agreements import api as agreements
from crossforce.agreements import operations
from crossforce.agreements.tests import factories as agreed
from crossforce.insight import queries
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.people.models import Account
from crossforce.people.queries import acting_in
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db
BEGUN = agreed.LATER


@ground.fixture
def inspector(bodies: None) -> Actor:
    """A duty inspector of Gloucestershire in the joint unit."""
    unit = factories.joint_unit(f"{agreed.REFERENCE}-unit", agreed.REFERENCE)
    holder = factories.staff(agreed.GLOS, name="Bryn Parry")
    posting = factories.posting(holder, "duty-inspector", unit_id=unit.pk)
    return acting_in(Account(), posting, "operational-response", agreed.NOW)


def holders(actor: Actor, at: datetime) -> set[str]:
    found = queries.explain(actor, "people.skill", "read", at)
    return {each.holder for each in found.because if each.agreement}


class TestSigned:
    def test_gives_nothing_before_it_begins_and_every_partner_after(
        self, inspector: Actor
    ) -> None:
        agreed.proposed()
        assert holders(inspector, BEGUN) == set()
        for party in agreed.parties(*agreed.THREE):
            agreed.signed_by(party)
        assert holders(inspector, agreed.NOW) == set()
        assert holders(inspector, BEGUN) == set(agreed.THREE)

    def test_gives_nothing_to_another_role_or_purpose(self, inspector: Actor) -> None:
        agreed.in_force()
        assert holders(replace(inspector, purpose="court-preparation"), BEGUN) == set()
        assert holders(replace(inspector, office="investigator"), BEGUN) == set()


class TestEnforcing:
    def test_is_computed_from_rows_that_are_vouched_for(self, bodies: None) -> None:
        """And from what the same rules keep by a policy: the bodies; but never from a draft's words."""
        agreement = agreed.in_force()
        with CaptureQueriesContext(connection) as asked:
            assert list(grants_of(agreements.enforced(agreement, BEGUN)))
        read = set(re.findall(r'(?:FROM|JOIN) "?([a-z]+_[a-z_]+)', "".join(map(str, asked))))
        assert {"agreements_version", "agreements_signature"} <= read
        assert read - {"agreements_draft"} - set(beginnings.POLICIES) <= set(vouching.tables())


class TestSuspended:
    def test_stops_at_once_for_everybody_until_it_is_resumed(self, inspector: Actor) -> None:
        agreed.in_force()
        chief = "chief-constable-wiltshire"
        held = {"reference": agreed.REFERENCE, "organisation": chief}
        actor = agreed.party(chief)
        operations.suspend(actor=actor, reason="A breach", at=BEGUN, **held)
        assert holders(inspector, BEGUN - agreed.DAY) == set(agreed.THREE)
        assert holders(inspector, BEGUN) == set()
        operations.resume(actor=actor, at=BEGUN + agreed.DAY, **held)
        assert holders(inspector, BEGUN) == set()
        assert holders(inspector, BEGUN + agreed.DAY) == set(agreed.THREE)


class TestLeft:
    def test_the_leaver_neither_gives_nor_gets_from_that_instant(
        self, inspector: Actor
    ) -> None:
        agreed.in_force()
        chief, commissioner = agreed.parties(agreed.WILTS)
        notice = operations.give_notice(
            actor=agreed.party(chief),
            reference=agreed.REFERENCE,
            organisation=chief,
            reason="Costs",
            at=BEGUN,
        )
        joined = operations.join_notice(
            actor=agreed.party(commissioner),
            reference=agreed.REFERENCE,
            notice=notice.pk,
            organisation=commissioner,
            at=BEGUN,
        )
        leaves_at = joined.effective_at
        assert leaves_at is not None
        just_before = leaves_at - agreed.DAY
        assert holders(inspector, just_before) == set(agreed.THREE)
        assert holders(inspector, leaves_at) == {agreed.AVON, agreed.GLOS}
