"""Who may know of which agreement."""

import pytest

from crossforce.agreements import models
from crossforce.agreements.choices import State
from crossforce.agreements.queries import agreements
from crossforce.agreements.tests import factories
from crossforce.agreements.tests.factories import (
    AVON,
    DORSET,
    NOW,
    REFERENCE,
    WILTS,
    party,
)
from crossforce.kernel.refusals import Missing

pytestmark = pytest.mark.usefixtures("bodies")

CHIEF, PCC = factories.parties(AVON)


class TestWhoSees:
    """Asha drafts in Avon and Somerset; Bryn is in Wiltshire; Cole in Dorset; Dee audits Avon."""

    asha, bryn, cole = (
        factories.programme(AVON),
        factories.programme(WILTS),
        factories.programme(DORSET),
    )
    dee = factories.actor(AVON, "auditor")

    def test_a_draft(self) -> None:
        factories.drafted()
        assert agreements.draft_of(self.asha, REFERENCE).owner == AVON
        for stranger in (self.bryn, self.cole, self.dee):
            with pytest.raises(Missing):
                agreements.draft_of(stranger, REFERENCE)

    def test_a_proposal(self) -> None:
        factories.proposed()
        for reader in (self.asha, self.bryn, self.dee, party(CHIEF), party(f"pcc-{WILTS}")):
            assert agreements.of(reader, REFERENCE).reference == REFERENCE
        with pytest.raises(Missing):
            agreements.of(self.cole, REFERENCE)

    def test_a_reference_that_does_not_exist_as_one_that_is_hidden(self) -> None:
        factories.proposed()
        messages = []
        for reference in (REFERENCE, "no-such-thing"):
            with pytest.raises(Missing) as missing:
                agreements.of(self.cole, reference)
            messages.append(str(missing.value))
        assert messages[0] == messages[1]

    def test_a_list_without_what_is_hidden(self) -> None:
        factories.proposed()
        assert [state for _, state, _ in agreements.states(self.bryn, NOW)] == [State.PROPOSED]
        assert agreements.states(self.cole, NOW) == []


def test_the_board_that_governs_an_agreement_works_with_it() -> None:
    board = factories.actor("south-west-board", "programme-officer")
    text = factories.document().replace(
        'rule = "joint-policing-bodies"', 'rule = "chief-officers"'
    )
    agreement = factories.proposed(text).agreement
    assert agreements.states(board, NOW) == []
    models.Term.objects.create(
        agreement=agreement, of=agreement.versions.get(), term="t", type="GOVERNANCE",
        valid=(NOW, None), enforced=(NOW, None), body={"body": "south-west-board"},
    )  # fmt: skip
    assert agreements.of(board, REFERENCE) == agreement
