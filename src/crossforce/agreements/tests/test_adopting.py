"""Agreements that were in force on paper before they came here."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from crossforce.agreements import api, models, operations, rules
from crossforce.agreements.choices import Origin, State
from crossforce.agreements.queries import facts, in_force, showing
from crossforce.agreements.rules import Facts
from crossforce.agreements.tests import factories
from crossforce.agreements.tests.factories import DAY, NOW, REFERENCE
from crossforce.agreements.tests.test_rules import TWO, T, signed, version
from crossforce.agreements.tests.viewing import text
from crossforce.agreements.views import versions
from crossforce.kernel import civil
from crossforce.ledger.models import Entry
from crossforce.transparency.entry import from_bytes

YEAR = timedelta(days=365)
SINCE = date(2019, 4, 1)
PAPER = civil.instant(SINCE)


class TestRule:
    adopted = replace(TWO, adopted_since=T - YEAR)

    def begins(self, *versions: rules.VersionFacts) -> list[datetime | None]:
        known = rules.as_adopted(Facts(versions)).versions
        return [rules.enforced_from(each, T + YEAR) for each in known]

    def test_takes_a_signed_version_to_count_since_its_paper_did(self) -> None:
        assert self.begins(self.adopted) == [T - YEAR]
        assert self.begins(replace(self.adopted, starts_at=T - DAY)) == [T - DAY]

    def test_is_of_no_matter_once_more(self) -> None:
        once = rules.as_adopted(Facts((self.adopted,)))
        assert rules.as_adopted(once) == once

    @pytest.mark.parametrize(
        "unsettled",
        [
            {"withdrawn_at": T},
            {"parties": (replace(TWO.parties[0], signed_at=None), *TWO.parties[1:])},
            {"parties": (replace(TWO.parties[0], refused_at=T), *TWO.parties[1:])},
            {"planned": True},
            {"origin": Origin.RECORDED},
        ],
        ids=["withdrawn", "one has not signed", "one refused", "planned", "recorded"],
    )
    def test_asks_that_it_is_settled_here(self, unsettled: dict[str, Any]) -> None:
        facts = Facts((replace(self.adopted, **unsettled),))
        assert rules.as_adopted(facts) == facts

    def test_never_reaches_before_what_began_here_earlier(self) -> None:
        second = version(
            *signed(T + 5 * DAY, "a", "b"), number=2, adopted_since=T - YEAR, proposed_at=T
        )
        assert self.begins(TWO, second) == [T + DAY, T + 5 * DAY]
        assert self.begins(self.adopted, second) == [T - YEAR, T + 5 * DAY]

    def test_takes_the_place_of_what_was_only_recorded(self) -> None:
        known = version(origin=Origin.RECORDED, starts_at=T - 2 * YEAR)
        assert self.begins(known, replace(self.adopted, number=2))[1] == T - YEAR


@pytest.fixture
def written(bodies: None) -> str:
    return factories.document().replace(
        f"from = {factories.BEGINS}", f"from = {SINCE}\nadopted.since = {SINCE}"
    )


def standing(agreement: models.Agreement, at: datetime) -> State:
    return rules.state(facts.facts_of(agreement), at)


def since(agreement: models.Agreement) -> datetime:
    (found,) = api.enforced(agreement, NOW + DAY)
    return found.binds.starts_at


class TestSigned:
    def sign(self, written: str) -> models.Agreement:
        made = factories.proposed(written)
        for organisation in factories.parties(*factories.THREE):
            factories.signed_by(organisation)
        return made.agreement

    def test_counts_for_no_day_before_the_last_has_signed(self, written: str) -> None:
        made = factories.proposed(written)
        *most, last = factories.parties(*factories.THREE)
        for organisation in most:
            factories.signed_by(organisation)
        assert standing(made.agreement, PAPER) is not State.IN_FORCE
        assert not api.enforced(made.agreement, NOW)
        factories.signed_by(last)
        assert standing(made.agreement, PAPER) is State.IN_FORCE
        assert since(made.agreement) == PAPER

    def test_stands_for_questions_of_that_time_and_of_none_before(self, written: str) -> None:
        self.sign(written)
        assert [each.is_acted_on for each in in_force.in_force(PAPER + DAY)] == [True]
        assert not in_force.in_force(PAPER - DAY)

    def test_keeps_when_the_platform_began_to_act(self, written: str) -> None:
        agreement = self.sign(written)
        assert {each.enforced.lower for each in agreement.terms.all()} == {NOW}

    def test_shows_when_each_really_signed(self, written: str) -> None:
        self.sign(written)
        shown = showing.agreement(factories.programme(), REFERENCE, NOW)
        assert shown.current is not None
        assert {party.signed_at for party in shown.current.parties} == {NOW}
        assert any("on paper" in each.what and each.at == PAPER for each in shown.happened)

    def test_is_what_each_party_declares_on_the_ledger(self, written: str) -> None:
        self.sign(written)
        entries = Entry.objects.filter(operation__in=["agreement.proposed", "agreement.signed"])
        found = [from_bytes(bytes(each.body)) for each in entries]
        assert len(found) == 7
        assert {each.detail["adopted-since"] for each in found} == {SINCE.isoformat()}

    def test_cannot_lie_ahead(self, written: str) -> None:
        ahead = written.replace(f"adopted.since = {SINCE}", "adopted.since = 2030-01-01")
        with pytest.raises(operations.NotSound, match="still to come"):
            factories.proposed(ahead)

    @pytest.mark.usefixtures("time_stands")
    def test_says_so_on_the_pages(self, written: str) -> None:
        self.sign(written)
        page = text(versions.version, factories.programme(), REFERENCE, 1)
        assert "has counted on paper since 1 April 2019" in page

    def test_is_not_declared_again_by_a_variation(self, written: str) -> None:
        agreement = self.sign(written)
        mine: dict[str, Any] = {
            "actor": factories.programme(),
            "reference": REFERENCE,
            "at": NOW,
        }
        draft = operations.vary(owner=factories.AVON, **mine)
        assert "adopted" not in draft.document
        assert "\n\n[interest]\n" in draft.document
        again = draft.document.replace("[interest]", f"[adopted]\nsince = {SINCE}\n[interest]")
        edited = operations.save(document=again, version=draft.version, **mine)
        with pytest.raises(operations.NotNow, match="version 1 of this agreement counts here"):
            operations.propose(version=edited.version, **mine)
        assert since(agreement) == PAPER


class TestLoaded:
    def test_a_demonstration_counts_since_then_and_is_acted_on_since_now(
        self, written: str
    ) -> None:
        shown = written.replace('"draft"', '"demonstration"', 1)
        agreement = operations.record_document(actor=factories.loader(), document=shown, at=NOW)
        assert since(agreement) == PAPER
        assert {each.enforced.lower for each in agreement.terms.all()} == {NOW}

    def test_nothing_recorded_is_adopted(self, written: str) -> None:
        public = written.replace('"draft"', '"recorded"', 1)
        with pytest.raises(operations.CannotRecord, match="nobody adopts it"):
            operations.record_document(actor=factories.loader(), document=public, at=NOW)
