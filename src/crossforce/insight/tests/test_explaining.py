"""Why, why not, and who else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crossforce.access.tests.factories import CLAUSE, bryn, given
from crossforce.insight import queries
from crossforce.kernel import guarded
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Missing
from crossforce.people.models import Posting, Staff
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db
KIND = "people.staff"


def now() -> datetime:
    return datetime.now(UTC)


class TestPast:
    def test_nothing_was_allowed_before_one_was_posted(self) -> None:
        partner = bryn()
        assert partner.posting is not None
        posting = Posting.objects.get(pk=partner.posting)
        before = posting.starts_at - timedelta(days=1)
        given(replace(CLAUSE, holds=Period(before)))
        found = queries.explain(partner, KIND, "read", before)
        assert not found.is_allowed
        assert [each.missing for each in found.nearest] == [("posting",)]
        assert queries.explain(partner, KIND, "read", now()).is_allowed


class TestExplain:
    def test_names_the_clause(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(CLAUSE)
        found = queries.explain(bryn(), KIND, "read", now(), row.pk)
        assert found.is_allowed
        assert [(r.agreement, r.clause) for r in found.because] == [("tri-force", "9.1")]

    def test_says_what_is_missing_the_nearest_first_and_where_the_record_is(self) -> None:
        row = factories.staff(name="Robin Hill")
        asked = replace(CLAUSE, clause="9.2", actions=("edit",), roles=("controller",))
        another = replace(CLAUSE, clause="9.3", actions=("edit",), purposes=("training",))
        given(CLAUSE, asked, another)
        found = queries.explain(bryn(), KIND, "edit", now(), row.pk)
        assert not found.is_allowed
        nearest = [(each.clause, each.missing) for each in found.nearest]
        assert nearest == [("9.3", ("purpose",)), ("9.2", ("role",)), ("9.1", ("action",))]
        assert found.place is not None
        assert found.place.holder == factories.HERE

    def test_tells_of_no_clause_of_others_than_who_holds_the_record(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(
            CLAUSE, replace(CLAUSE, clause="9.4", actions=("edit",), holder=factories.ELSEWHERE)
        )
        found = queries.explain(bryn(), KIND, "edit", now(), row.pk)
        assert [each.clause for each in found.nearest] == ["9.1"]

    def test_a_hidden_record_is_one_that_is_not_there(self) -> None:
        row = factories.staff(name="Robin Hill")
        partner = bryn()
        with pytest.raises(Missing) as hidden:
            queries.explain(partner, KIND, "read", now(), row.pk)
        with pytest.raises(Missing) as absent:
            queries.explain(partner, KIND, "read", now(), partner.staff)
        assert str(hidden.value) == str(absent.value)

    def test_a_compartment_is_not_spoken_of_outside_it(self) -> None:
        given(replace(CLAUSE, compartment="special-branch", roles=("intelligence-officer",)))
        assert queries.explain(bryn(), KIND, "read", now()).nearest == ()
        inside = bryn(role="intelligence-officer")
        assert queries.explain(inside, KIND, "read", now()).is_allowed

    def test_an_auditor_is_told_and_sees_nothing(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(CLAUSE)
        auditor = factories.actor("auditor", name="Dee Osman")
        told = queries.audience(auditor, KIND, row.pk, "read", now())
        assert ("tri-force", factories.PARTNER) in {(r.agreement, r.recipient) for r in told}
        with guarded.acting(auditor):
            assert not Staff.objects.exists()

    def test_of_somebody_else_only_in_the_own_organisation(self) -> None:
        auditor = factories.actor("auditor", name="Dee Osman")
        partner = bryn()
        assert partner.posting is not None
        given(CLAUSE)
        found = queries.explain_for(
            auditor, posting=partner.posting, purpose="", kind=KIND, action="read", at=now()
        )
        assert not found.is_allowed
        assert found.nearest == ()
