"""Why, of single openings and of past days: never allowed by what the policies do not count."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from crossforce.access import api as access
from crossforce.access.tests.factories import CLAUSE, given
from crossforce.agreements.tests import factories as agreed
from crossforce.kernel import guarded
from crossforce.kernel.periods import Period
from crossforce.kernel.testing.cast import Cast
from crossforce.oversight import queries
from crossforce.oversight.commands.access import _answer
from crossforce.oversight.tests.test_opening import GLASS, broken, requested
from crossforce.oversight.tests.test_why import WHY, page
from crossforce.people.api import Actor
from crossforce.people.models import Account
from crossforce.people.queries import acting_in
from crossforce.people.tests import factories
from crossforce.sharing import api as sharing

pytestmark = pytest.mark.django_db
KIND = "people.staff"
READ_ONLY_FOUND = replace(CLAUSE, clause="9.5", actions=("find",))


def now() -> datetime:
    return datetime.now(UTC)


def seen(actor: Actor, record: UUID, action: str = "read") -> bool:
    with guarded.acting(actor):
        return record in access.rows(KIND, action)


def missing(actor: Actor, record: UUID) -> list[tuple[str, ...]]:
    """What each opening lacks, where it lacks anything."""
    found = queries.why(actor, KIND, "read", now(), record)
    assert found.said.is_allowed is seen(actor, record)
    return [each.reason.missing for each in found.nearest if each.reason.origin]


class TestAnOpening:
    def test_counts_for_the_purpose_it_was_given_for_only(self, cast: Cast) -> None:
        row = factories.staff()
        asked = requested(cast, row)
        manager = cast.asha("information-manager").actor
        sharing.decide(actor=manager, request=asked.pk, is_granted=True, answer="", at=now())
        bryn = cast.bryn("investigator").actor
        assert missing(bryn, row.pk) == []
        other = replace(bryn, purpose="resource-planning")
        assert missing(other, row.pk) == [("purpose",)]
        found = queries.why(other, KIND, "read", now(), row.pk)
        assert found.granters[0].purposes == (bryn.purpose,)

    def test_that_has_no_end_is_the_one_that_lasts(self, cast: Cast) -> None:
        row = factories.staff()
        broken(cast, row)
        found = queries.why(cast.bryn("investigator").actor, KIND, "read", now(), row.pk)
        (ground,) = found.because
        assert ", until " in _answer(found)
        endless = replace(ground.reason, holds=Period(ground.reason.holds.starts_at))
        both = [replace(ground, reason=endless), ground]
        for because in (both, both[::-1]):
            assert ", until " not in _answer(replace(found, because=because))

    def test_falls_with_its_agreement_and_is_named_to_nobody(self, cast: Cast) -> None:
        row = factories.staff()
        broken(cast, row)
        bryn, auditor = cast.bryn("investigator").actor, cast.dee().actor
        assert missing(bryn, row.pk) == []
        assert _openings(auditor, row.pk) == ["break-glass"]
        who = page(cast.dee().client, "oversight:who-can", KIND, row.pk)
        own = page(cast.bryn("investigator").client, WHY, KIND, row.pk)
        assert "Opened by breaking the glass. " in who
        assert "Opened by breaking the glass. " in own
        given(READ_ONLY_FOUND, agreement="another")
        given(replace(GLASS, holds=Period(CLAUSE.holds.starts_at, now())))
        assert missing(bryn, row.pk) == [("agreement",)]
        assert _openings(auditor, row.pk) == []
        said = page(cast.bryn("investigator").client, WHY, KIND, row.pk)
        assert "no longer opens anything" in said

    def test_of_one_action_gives_no_other(self, cast: Cast) -> None:
        row = factories.staff()
        broken(cast, row)
        found = queries.why(cast.bryn("investigator").actor, KIND, "edit", now(), row.pk)
        assert ("action",) in [e.reason.missing for e in found.nearest if e.reason.origin]


def _openings(actor: Actor, record: UUID) -> list[str]:
    found = queries.who_can(actor, KIND, record, "read", now())
    return [each.reason.origin for each in found if each.reason.origin]


class TestAPastDay:
    def test_says_what_is_closed_since(self, cast: Cast) -> None:
        given(replace(CLAUSE, holds=Period(CLAUSE.holds.starts_at, now() - timedelta(days=2))))
        bryn, then = cast.bryn("investigator"), now() - timedelta(days=9)
        found = queries.why(bryn.actor, KIND, "read", then)
        assert (found.said.is_allowed, found.is_closed_now) == (True, True)
        day = then.date().isoformat()
        assert "Allowed then; not now." in page(bryn.client, "oversight:why-kind", KIND, on=day)
        api: Any = bryn.client.get(f"/api/v1/access/why/{KIND}", {"at": then.isoformat()})
        assert api.json()["is_closed_now"] is True

    def test_says_nothing_of_the_kind_where_it_is_open_still(self, cast: Cast) -> None:
        given(CLAUSE)
        bryn, then = cast.bryn("investigator"), now() - timedelta(days=9)
        assert not queries.why(bryn.actor, KIND, "read", then).is_closed_now
        assert "Allowed then" not in page(bryn.client, "oversight:why-kind", KIND)

    def test_says_so_of_somebody_else_too(self, cast: Cast) -> None:
        given(replace(CLAUSE, holds=Period(CLAUSE.holds.starts_at, now() - timedelta(days=2))))
        posting = cast.bryn("investigator").actor.posting
        assert posting is not None
        auditor, then = cast.bryn("auditor").actor, now() - timedelta(days=9)
        assert queries.why_for(auditor, posting, "", KIND, "read", then).is_closed_now

    def test_takes_a_posting_that_was_held(self, cast: Cast) -> None:
        before = factories.JOINED - timedelta(days=1)
        given(replace(CLAUSE, holds=Period(before - timedelta(days=1))))
        bryn = cast.bryn("investigator")
        found = queries.why(bryn.actor, KIND, "read", before)
        assert not found.said.is_allowed
        assert [each.reason.missing for each in found.nearest] == [("posting",)]
        said = page(bryn.client, "oversight:why-kind", KIND, on=before.date().isoformat())
        assert "It takes a posting that is held at that time." in said
        assert queries.why(bryn.actor, KIND, "read", now()).said.is_allowed

    def test_names_what_was_in_force_on_paper_only(self, bodies: None) -> None:
        begins = agreed.BEGINS.isoformat()
        text = agreed.document().replace(begins, "2020-04-01")
        agreed.proposed(f'adopted.since = {{ date = 2020-04-01, precision = "day" }}\n{text}')
        for party in agreed.parties(*agreed.THREE):
            agreed.signed_by(party)
        unit = factories.joint_unit(f"{agreed.REFERENCE}-unit", agreed.REFERENCE)
        holder = factories.staff(agreed.GLOS, name="Bryn Parry")
        posting = factories.posting(holder, "duty-inspector", unit_id=unit.pk)
        inspector = acting_in(Account(), posting, "operational-response", agreed.NOW)
        for day, on_paper in ((agreed.NOW - timedelta(days=300), True), (agreed.LATER, False)):
            found = queries.why(inspector, "people.skill", "read", day)
            cited = [each for each in found.because if each.reason.agreement]
            assert cited
            assert {each.is_on_paper for each in cited} == {on_paper}
