"""What a decision does by itself: a variation is put to its parties at the edit that the board saw."""

from typing import Any
from uuid import UUID

import pytest

from crossforce.agreements import operations
from crossforce.agreements.models import Draft
from crossforce.agreements.tests import factories as agreed
from crossforce.boards.kinds import Charge
from crossforce.boards.operations import carrying_out
from crossforce.boards.operations.effects import NotADraft
from crossforce.boards.queries import carrying
from crossforce.boards.queries import meetings as reads
from crossforce.boards.rules.motions import Consent
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT, LATER, ON, REFERENCE, Held
from crossforce.kernel.refusals import Missing, Refused, StaleVersion
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db


class TestVariation:
    def test_is_proposed_by_the_decision_at_the_edit_that_was_seen(self, held: Held) -> None:
        asha, meeting, _, seats = held
        key = self._decided(asha, meeting, seats, _varied().version)
        said = carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)
        assert said == f"Version 2 of {REFERENCE} was put to its parties."
        outcome = reads.decision(asha, key).outcome
        assert (outcome.done_on, outcome.said, outcome.by) == (ON, said, "you")
        with pytest.raises(
            carrying_out.NoEffect, match="took effect on 20 January 2027 already"
        ):
            carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)

    def test_is_carried_out_by_its_drafter_who_only_reads_the_decision(
        self, held: Held
    ) -> None:
        asha, meeting, _, seats = held
        edit = _varied(factories.PARTNER).version
        key = self._decided(asha, meeting, seats, edit)
        factories.reading()
        drafter = factories.secretary(factories.PARTNER)
        row = reads.decision(asha, key).row
        assert carrying.charge(drafter, row) == Charge(factories.PARTNER, True)
        with pytest.raises((Missing, Refused)):
            carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)
        carrying_out.take_effect(actor=drafter, decision=key, version=1, at=LATER)
        assert reads.decision(asha, key).outcome.done_on == ON

    def test_of_another_edit_is_refused_and_can_be_tried_again(self, held: Held) -> None:
        asha, meeting, _, seats = held
        key = self._decided(asha, meeting, seats, _varied().version + 1)
        with pytest.raises(StaleVersion):
            carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)
        assert reads.decision(asha, key).row.done_on is None

    def test_names_the_edit(self, held: Held) -> None:
        asha, meeting, _, seats = held
        key = self._decided(asha, meeting, seats, "latest")
        with pytest.raises(NotADraft):
            carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)

    def _decided(self, asha: Actor, meeting: UUID, seats: list[str], edit: object) -> UUID:
        asked: dict[str, Any] = {"decision": "variation", "pence": 0, "effect": "variation"}
        paper = factories.paper(asha, **asked, effect_of=f"{REFERENCE}@{edit}")
        letter = str(factories.document(asha))
        chiefs = tuple(
            Consent(f"chief-constable-{force}", letter, ON) for force in agreed.THREE
        )
        return factories.decided(asha, meeting, paper, seats, consents=chiefs)


def _varied(owner: str = factories.HERE) -> Draft:
    """A draft that varies the agreement; sound, and not what is in force."""
    officer = agreed.programme(owner)
    draft = operations.vary(actor=officer, owner=owner, reference=REFERENCE, at=AT)
    return operations.save(
        actor=officer,
        reference=REFERENCE,
        document=draft.document.replace("Most parties", "The policing bodies"),
        version=draft.version,
        at=AT,
    )
