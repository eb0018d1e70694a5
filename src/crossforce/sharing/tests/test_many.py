"""Many decisions at once are what explaining each of them says."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crossforce.access import queries
from crossforce.access.queries import SHARED
from crossforce.access.tests.factories import CLAUSE, bryn, given
from crossforce.insight.api import explain
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Missing
from crossforce.people import api as people
from crossforce.people.models import Staff
from crossforce.people.tests import factories
from crossforce.sharing.choices import NewShare, Origin
from crossforce.sharing.operations import give_share

pytestmark = pytest.mark.django_db
KIND = "people.staff"


def clause_of(actor: people.Actor, row: Staff) -> str | None:
    """By explaining the one row."""
    try:
        found = explain(actor, KIND, "read", datetime.now(UTC), row.pk)
    except Missing:
        return None
    return found.because[0].clause if found.is_allowed else None


class TestDecideMany:
    def test_answers_as_explaining_each(self) -> None:
        seen = factories.staff(name="Robin Hill")
        hidden = factories.staff(factories.ELSEWHERE, name="Jo Lake")
        given(CLAUSE)
        actor = bryn()
        asked = [(row.scope_id, row.pk) for row in (hidden, seen)]
        found = queries.decide_many(actor, KIND, "read", asked)
        answers = [each.clause if each else None for each in found]
        assert answers == [clause_of(actor, hidden), clause_of(actor, seen)] == [None, "9.1"]

    def test_a_row_that_was_opened_alone_is_allowed_alone(self) -> None:
        row, other = factories.staff(name="Robin Hill"), factories.staff(name="Jo Lake")
        actor, at = bryn(), datetime.now(UTC)
        assert actor.posting
        share = NewShare(
            KIND, row.pk, actor.posting, ("read",), Period(at, at.replace(year=2100))
        )
        give_share(
            actor=factories.loader(),
            share=share,
            origin=Origin.SHARE,
            holder=factories.HERE,
            at=at,
        )
        asked = [(each.scope_id, each.pk) for each in (row, other)]
        assert queries.decide_many(actor, KIND, "read", asked) == [SHARED, None]

    def test_no_grant_decides_nothing(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(replace(CLAUSE, actions=("edit",)))
        assert queries.decide_many(bryn(), KIND, "read", [(row.scope_id, row.pk)]) == [None]
