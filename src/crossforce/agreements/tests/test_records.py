"""Documents loaded from public sources or for demonstration: once, all or none, never signed."""

from typing import Any

import pytest

from crossforce.agreements import models, operations, rules
from crossforce.agreements.choices import Origin, State
from crossforce.agreements.queries import facts
from crossforce.agreements.tests import factories
from crossforce.agreements.tests.factories import (
    AVON,
    NOW,
    REFERENCE,
    party,
)
from crossforce.kernel.refusals import Refused
from crossforce.ledger.models import Entry
from crossforce.organisations import api as organisations
from crossforce.people import api as people

pytestmark = pytest.mark.usefixtures("bodies")

CHIEF, PCC = factories.parties(AVON)


def state(agreement: models.Agreement) -> State:
    return rules.state(facts.facts_of(agreement), NOW)


class TestRecords:
    def record(self, state: str = "recorded", text: str = "") -> models.Agreement:
        text = (text or factories.document()).replace('"draft"', f'"{state}"', 1)
        return operations.record_document(
            actor=factories.loader(), document=text, at=NOW, file=f"{REFERENCE}.toml"
        )

    @pytest.mark.parametrize("origin", ["recorded", "demonstration"])
    def test_are_loaded_once_and_never_signed(self, origin: str) -> None:
        agreement = self.record(origin)
        self.record(origin)
        version = agreement.versions.get()
        assert version.origin == Origin(origin)
        assert not version.signatures.exists()
        assert Entry.objects.filter(operation="agreement.recorded").count() == 1

    def test_bring_in_their_joint_units_once(self) -> None:
        agreement = self.record()
        clockwork = people.system_actor("clockwork", on=NOW.date())
        version = agreement.versions.get()
        bring_in: dict[str, Any] = {"actor": clockwork, "version": version.pk, "at": NOW}
        assert operations.bring_in_units(**bring_in) == ["joint-roads-unit"]
        assert operations.bring_in_units(**bring_in) == []
        unit = organisations.joint_units(clockwork, agreement=REFERENCE)[0]
        assert (unit.name_en, str(unit.since)) == ("Joint unit", "2026-12-01")

    def test_cannot_be_signed(self) -> None:
        self.record()
        factories.give_key(CHIEF)
        with pytest.raises(operations.NotNow, match="loaded as a record"):
            operations.sign(
                actor=party(CHIEF), reference=REFERENCE, number=1, organisation=CHIEF, at=NOW
            )

    def test_that_changed_become_the_next_version(self) -> None:
        agreement = self.record()
        self.record(text=factories.document().replace("A member", "Any member"))
        self.record(text=factories.document().replace("better.", "best."))
        assert agreement.versions.count() == 2

    def test_leave_alone_what_its_parties_have_taken_up_since(self) -> None:
        agreement = self.record("demonstration")
        mine: dict[str, Any] = {
            "actor": factories.programme(),
            "reference": REFERENCE,
            "at": NOW,
        }
        draft = operations.vary(owner=AVON, **mine)
        operations.propose(version=draft.version, **mine)
        self.record("demonstration")
        changed = factories.document().replace("better.", "best.")
        with pytest.raises(operations.SignedHere, match="vary it instead"):
            self.record("demonstration", changed)
        changed = changed.replace('"draft"', '"demonstration"', 1)
        another = changed.replace(f'"{REFERENCE}"', '"another"')
        files = {f"{REFERENCE}.toml": changed, "another.toml": another}
        loaded = operations.record_set(actor=factories.loader(), files=files, at=NOW)
        assert [each.reference for each in loaded] == ["another"]
        assert agreement.versions.count() == 2

    def test_that_are_unsound_load_nothing(self) -> None:
        with pytest.raises(operations.CannotRecord, match=r"joint-roads\.toml"):
            self.record(text=factories.document().replace("wiltshire", "wessex"))
        assert not models.Agreement.objects.exists()

    def test_of_state_draft_become_a_draft_of_the_first_partys_force(self) -> None:
        agreement = self.record("draft")
        assert agreement.draft.owner == AVON
        assert state(agreement) is State.DRAFT

    def test_need_the_power(self) -> None:
        with pytest.raises(Refused):
            operations.record_document(
                actor=party(CHIEF), document=factories.document(), at=NOW
            )

    def test_in_a_set_are_loaded_all_or_none(self) -> None:
        sound = factories.document().replace('"draft"', '"recorded"', 1)
        with pytest.raises(operations.CannotRecord):
            operations.record_set(
                actor=factories.loader(),
                files={"joint-roads.toml": sound, "b.toml": "x ="},
                at=NOW,
            )
        assert not models.Agreement.objects.exists()
