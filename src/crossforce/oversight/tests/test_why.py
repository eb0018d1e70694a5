"""Why, who can, and the explorer: what they say, and what they keep from whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from crossforce.access.tests.factories import CLAUSE, given
from crossforce.agreements.tests import factories as agreed
from crossforce.insight import api as insight
from crossforce.kernel import civil
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import NotKnown
from crossforce.kernel.testing.cast import HERE, Cast
from crossforce.kernel.testing.pages import ReadCase, lasting
from crossforce.kernel.web import dates
from crossforce.oversight import queries
from crossforce.people.models import Account
from crossforce.people.queries import acting_in
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db
KIND = "people.staff"
NOW = datetime.now(UTC)
WHY = "oversight:why"


def page(client: Any, name: str, *arguments: Any, **asked: str) -> str:
    answer = client.get(reverse(name, args=arguments), asked)
    assert answer.status_code == 200, answer
    text = answer.content.decode()
    return " ".join(text.split())


class TestStart(ReadCase):
    office, stranger_gets = "duty-inspector", 200

    def url(self, cast: Cast) -> str:
        return reverse("oversight:access")


class OfRecord:
    record: Any = None

    def url(self, cast: Cast) -> str:
        self.record = self.record or factories.staff().pk
        return reverse(self.page, args=[KIND, self.record])  # type: ignore[attr-defined]


class TestWhyPage(OfRecord, ReadCase):
    office, no_office, refused_with, page = "duty-inspector", "investigator", 404, WHY


class TestWhoCanPage(OfRecord, ReadCase):
    office, no_office, page = "auditor", "duty-inspector", "oversight:who-can"


class TestExplorerPage(ReadCase):
    office, no_office, stranger_gets = "auditor", "duty-inspector", 200

    def url(self, cast: Cast) -> str:
        return reverse("oversight:explorer")


class TestExplorerOfPage(ReadCase):
    office, no_office = "auditor", "duty-inspector"

    def url(self, cast: Cast) -> str:
        posting = cast.asha("investigator").actor.posting
        return reverse("oversight:explorer-of", args=[posting])


class TestWhyForPage(ReadCase):
    office, no_office, stranger_gets = "auditor", "duty-inspector", 200

    def url(self, cast: Cast) -> str:
        posting = cast.asha("investigator").actor.posting
        return reverse("oversight:why-for", args=[posting, KIND])


class TestWhy:
    def test_says_which_clause_with_its_words(self, bodies: None) -> None:
        agreed.in_force()
        unit = factories.joint_unit(f"{agreed.REFERENCE}-unit", agreed.REFERENCE)
        posting = factories.posting(
            factories.staff(agreed.GLOS, name="Bryn Parry"), "duty-inspector", unit_id=unit.pk
        )
        inspector = acting_in(Account(), posting, "operational-response", agreed.NOW)
        found = queries.why(inspector, "people.skill", "read", agreed.LATER)
        cited = next(each for each in found.because if each.reason.agreement)
        assert cited.title == "Joint roads policing"
        assert "duty" in cited.text.lower()
        assert cited.signatures == len(agreed.parties(*agreed.THREE))

    def test_says_what_standing_access_rests_on(self, cast: Cast) -> None:
        row = factories.staff()
        said = page(cast.asha("duty-inspector").client, WHY, KIND, row.pk)
        assert "Why can I see this?" in said
        assert "An organisation knows its own people" in said or "knows its own people" in said

    def test_says_what_is_missing_and_who_could_grant_it(self, cast: Cast) -> None:
        row = factories.staff()
        given(CLAUSE, replace(CLAUSE, clause="9.2", actions=("edit",), roles=("controller",)))
        said = page(cast.bryn("investigator").client, WHY, KIND, row.pk, action="edit")
        assert "You may not change this record" in said
        assert "It is for: Control room operator." in said
        assert "Who could grant it" in said
        assert "Nobody by an agreement that stands" in said

    def test_names_the_holders_people_who_decide_and_no_other(self, cast: Cast) -> None:
        row = factories.staff()
        given(CLAUSE, replace(CLAUSE, clause="9.2", actions=("edit",), purposes=("training",)))
        bryn, _ = cast.bryn("investigator"), cast.asha("information-manager")
        found = queries.why(bryn.actor, KIND, "edit", datetime.now(UTC), row.pk).granters
        assert [each.how for each in found] == [queries.ACTING, queries.OPENING]
        assert found[0].purposes == ("training",)
        assert (found[1].bodies, found[1].offices) == ((HERE,), ("information-manager",))
        said = page(bryn.client, WHY, KIND, row.pk, action="edit")
        assert "There decides: Information manager." in said

    def test_offers_to_ask_only_where_somebody_decides(self, cast: Cast) -> None:
        row, bryn = factories.staff(), cast.bryn("investigator")
        given(CLAUSE, replace(CLAUSE, clause="9.2", actions=("find",)))
        ask = reverse("oversight:ask", args=[KIND, row.pk])
        for action in ("read", "edit"):
            assert ask not in page(bryn.client, WHY, KIND, row.pk, action=action)
        answer: Any = bryn.client.get(ask)
        assert answer.status_code == 409
        assert "would reach nobody" in answer.content.decode()
        cast.asha("information-manager")
        for action in ("read", "edit"):
            assert ask in page(bryn.client, WHY, KIND, row.pk, action=action)
        assert bryn.client.get(ask).status_code == 200

    def test_names_the_parties_that_would_sign_a_variation(self, bodies: None) -> None:
        agreed.in_force()
        unit = factories.joint_unit(f"{agreed.REFERENCE}-unit", agreed.REFERENCE)
        posting = factories.posting(
            factories.staff(agreed.GLOS, name="Bryn Parry"), "analyst", unit_id=unit.pk
        )
        analyst = acting_in(Account(), posting, "operational-response", agreed.NOW)
        said = insight.explain(analyst, "people.skill", "read", agreed.LATER)
        (found,) = queries.granters(said, agreed.LATER)
        assert (found.how, found.agreement) == (queries.VARIATION, agreed.REFERENCE)
        assert set(found.bodies) == set(agreed.parties(*agreed.THREE))
        assert queries.granters(said, agreed.LATER + timedelta(days=2)) == []

    def test_says_of_which_day_it_speaks(self, cast: Cast) -> None:
        client, today = cast.bryn("investigator").client, civil.day_of(datetime.now(UTC))
        kind = "oversight:why-kind"
        assert "You may not read records of this kind as things stand." in page(
            client, kind, KIND
        )
        past, future = (today + timedelta(days=each) for each in (-30, 30))
        said = page(client, kind, KIND, on=past.isoformat())
        assert f"by what held at noon on {dates.day(past)}." in said
        assert "as things stand" not in said
        assert "Who could grant it" not in said
        said = page(client, kind, KIND, on=future.isoformat())
        assert f"will hold at noon on {dates.day(future)}." in said

    def test_a_hidden_record_is_one_that_is_not_there(self, cast: Cast) -> None:
        client, absent = cast.bryn("investigator").client, cast.bryn("investigator").actor.staff
        hidden = client.get(reverse(WHY, args=[KIND, factories.staff().pk]))
        missing = client.get(reverse(WHY, args=[KIND, absent]))
        assert hidden.status_code == missing.status_code == 404
        one, other = (lasting(answer.content.decode()) for answer in (hidden, missing))
        assert one == other

    def test_an_unknown_kind_is_not_there(self, cast: Cast) -> None:
        client = cast.asha("duty-inspector").client
        assert (
            client.get(reverse("oversight:why-kind", args=["nothing.here"])).status_code == 404
        )

    def test_is_asked_from_a_form(self, cast: Cast) -> None:
        client, row = cast.asha("information-manager").client, factories.staff()
        start = reverse("oversight:access")
        answer = client.get(start, {"kind": KIND, "action": "edit", "record": str(row.pk)})
        assert answer["Location"].startswith(reverse(WHY, args=[KIND, row.pk]))
        assert "action=edit" in answer["Location"]
        asked = {"kind": KIND, "record": row.name}
        assert reverse(WHY, args=[KIND, row.pk]) in client.get(start, asked).content.decode()
        wrong = client.get(start, {"kind": KIND, "record": "nobody called so"})
        assert "Nothing found that you may know of" in wrong.content.decode()

    def test_looks_at_another_day(self, cast: Cast) -> None:
        soon = civil.day_of(NOW + timedelta(days=3))
        given(replace(CLAUSE, holds=Period(NOW + timedelta(days=2))))
        client = cast.bryn("investigator").client
        kind = "oversight:why-kind"
        assert "<strong>No.</strong>" in page(client, kind, KIND)
        assert "<strong>Yes.</strong>" in page(client, kind, KIND, on=soon.isoformat())


class TestWhoCan:
    def test_names_clauses_and_openings_to_the_holder(self, cast: Cast) -> None:
        row = factories.staff()
        given(CLAUSE)
        said = page(cast.dee().client, "oversight:who-can", KIND, row.pk)
        assert "tri-force" in said
        assert "gloucestershire" in said.lower()
        assert "Standing access" in said

    def test_is_not_for_whoever_may_only_read(self, cast: Cast) -> None:
        row = factories.staff()
        given(CLAUSE)
        partner = cast.bryn("auditor").client
        assert partner.get(reverse("oversight:who-can", args=[KIND, row.pk])).status_code == 404


class TestExplorer:
    def asked(self, **more: Any) -> queries.Asked:
        return queries.Asked((KIND, "people.vetting"), "read", NOW, **more)

    def test_shows_the_clause_behind_each_cell(self, cast: Cast) -> None:
        cast.bryn("investigator")
        given(CLAUSE)
        lines, total = queries.matrix(cast.bryn("auditor").actor, self.asked(), 0, 10)
        by_role = {line.holder.role: line.cells for line in lines}
        assert total == len(lines) == 2
        seen, vetting = by_role["investigator"]
        assert [each.clause for each in seen.reasons] == ["9.1"]
        assert not vetting.is_allowed

    def test_says_for_which_purposes_only(self, cast: Cast) -> None:
        cast.bryn("investigator")
        given(replace(CLAUSE, purposes=("operational-response",)))
        auditor = cast.bryn("auditor").actor
        role = {"role": "investigator"}
        (line,), _ = queries.matrix(auditor, self.asked(**role), 0, 10)
        assert line.cells[0].purposes == ("operational-response",)
        wrong = self.asked(purpose="training", **role)
        (line,), _ = queries.matrix(auditor, wrong, 0, 10)
        assert not line.cells[0].is_allowed
        right = self.asked(purpose="operational-response", **role)
        (line,), _ = queries.matrix(auditor, right, 0, 10)
        assert line.cells[0].is_allowed

    def test_names_people_to_whoever_may_see_them(self, cast: Cast) -> None:
        cast.asha("investigator")
        manager = cast.asha("information-manager").actor
        named, _ = queries.matrix(manager, self.asked(role="investigator"), 0, 10)
        unnamed, _ = queries.matrix(cast.dee().actor, self.asked(role="investigator"), 0, 10)
        assert [line.holder.name for line in named] == ["Asha Rees"]
        assert [line.holder.name for line in unnamed] == [""]

    def test_shows_the_days_on_which_it_changes(self, cast: Cast) -> None:
        starts, ends = NOW + timedelta(days=5), NOW + timedelta(days=9)
        given(replace(CLAUSE, holds=Period(starts, ends)))
        posting = cast.bryn("investigator").actor.posting
        found = queries.through_time(cast.bryn("auditor").actor, posting, self.asked())
        assert found.days == [civil.day_of(each) for each in (NOW, starts, ends)]
        assert [cell.is_allowed for cell in found.rows[0][1]] == [False, True, False]

    def test_is_about_the_own_people(self, cast: Cast) -> None:
        theirs = cast.bryn("investigator").actor.posting
        address = reverse("oversight:explorer-of", args=[theirs])
        assert cast.dee().client.get(address).status_code == 404
        said = page(cast.dee().client, "oversight:explorer")
        assert str(theirs) not in said

    def test_cells_lead_to_words_and_a_file_takes_them_away(self, cast: Cast) -> None:
        posting = cast.asha("duty-inspector").actor.posting
        client = cast.dee().client
        assert reverse("oversight:why-for", args=[posting, KIND]) in page(
            client, "oversight:explorer"
        )
        answer: Any = client.get(reverse("oversight:explorer"), {"format": "csv"})
        text = b"".join(answer.streaming_content).decode()
        assert "standing access" in text
        assert "Member of staff" in text

    def test_finds_people_by_name_and_units_by_theirs(self, cast: Cast) -> None:
        cast.asha("investigator")
        unit = factories.joint_unit("road-team", "road-team")
        factories.posting(factories.staff(name="Kit Moor"), "investigator", unit_id=unit.pk)
        manager = cast.asha("information-manager").actor
        named, _ = queries.matrix(manager, self.asked(name="moor"), 0, 10)
        assert [line.holder.name for line in named] == ["Kit Moor"]
        there, _ = queries.matrix(manager, self.asked(unit="road-team"), 0, 10)
        assert [line.holder.name for line in there] == ["Kit Moor"]
        said = page(cast.asha("information-manager").client, "oversight:explorer")
        assert '<option value="road-team">Road Team</option>' in said

    @pytest.mark.parametrize("name", ["role", "unit", "purpose"])
    def test_refuses_what_is_none(self, cast: Cast, name: str) -> None:
        with pytest.raises(NotKnown, match="There are"):
            queries.matrix(cast.dee().actor, self.asked(**{name: "no-such"}), 0, 10)

    def test_names_once_what_nobody_reaches(self, cast: Cast) -> None:
        cast.asha("investigator")
        said = page(cast.dee().client, "oversight:explorer")
        assert "Nobody on this page may read:" in said

    def test_asks_the_database_once_for_each_role(
        self, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(8):
            factories.posting(factories.staff(name=f"Kit Moor{number}"), "investigator")
        auditor = cast.dee().actor
        with django_assert_max_num_queries(40):
            lines, _ = queries.matrix(auditor, self.asked(), 0, 50)
        assert len(lines) >= 8
        assert {line.holder.organisation for line in lines} == {HERE}
