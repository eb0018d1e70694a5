"""The pages of leaving and of keys, and what pages cost."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from crossforce.agreements import models, operations
from crossforce.agreements.choices import State
from crossforce.agreements.queries import calling, showing
from crossforce.agreements.tests import factories
from crossforce.agreements.tests.factories import (
    AVON,
    DAY,
    GLOS,
    NOW,
    REFERENCE,
    party,
)
from crossforce.agreements.tests.viewing import View, ask, text
from crossforce.agreements.views import keys, leaving, lists, parties, preview, versions
from crossforce.kernel.refusals import Missing, NotUnderstood

pytestmark = pytest.mark.usefixtures("bodies", "time_stands")

CHIEF, PCC = factories.parties(AVON)
ASHA = factories.programme()


class TestPreview:
    @pytest.mark.parametrize("name", ["leaving", "Leave", "day"])
    def test_answers_no_other_question_than_was_asked(self, name: str) -> None:
        factories.in_force()
        request: Any = RequestFactory().get("/", {"lang": "en", name: GLOS})
        request.actor = party(CHIEF)
        for view, *of in ((preview.version, REFERENCE, 1), (preview.draft, REFERENCE)):
            with pytest.raises(NotUnderstood, match="“leave”"):
                view(request, *of)


class TestLeaving:
    def test_shows_the_day_and_the_price_before_notice_is_given(self, time_stands: Any) -> None:
        factories.in_force()
        time_stands(factories.LATER)
        page = text(leaving.leave, party(CHIEF), REFERENCE)
        assert "31 March 2028" in page
        assert "What leaving costs" in page

    def test_names_the_parties_that_must_give_notice(self, time_stands: Any) -> None:
        factories.in_force()
        time_stands(factories.LATER)
        page = text(leaving.leave, party(CHIEF), REFERENCE)
        names = calling.name_of()
        assert "by notice of each of these parties" in page
        assert all(f"<li>{names(each)}</li>" in page for each in (CHIEF, PCC))
        assert "Gloucestershire" not in page.split("govuk-list--bullet")[1].split("</ul>")[0]

    def test_by_both_parties_and_their_handover(self, time_stands: Any) -> None:
        factories.in_force()
        time_stands(factories.LATER)
        ask(leaving.leave, party(CHIEF), REFERENCE, sent={"reason": "A new force."})
        notice = models.Notice.objects.get()
        waiting = text(leaving.notice, party(PCC), REFERENCE, notice.pk)
        assert "It waits for Police and Crime Commissioner" in waiting
        assert "its last day would be <strong>31 March 2028" in waiting
        assert "What leaving costs" in waiting
        ask(leaving.join, party(PCC), REFERENCE, notice.pk, sent={})
        page = text(leaving.notice, ASHA, REFERENCE, notice.pk)
        assert "Handover list" in page
        assert "Its last day is <strong>31 March 2028" in page
        item = notice.handover.filter(organisation=AVON).first()
        assert item is not None
        sent = {"outcome": "Receipt 12.", "version": "1"}
        ask(leaving.settle, ASHA, REFERENCE, item.pk, sent=sent)
        assert "Receipt 12." in text(leaving.notice, ASHA, REFERENCE, notice.pk)

    def test_ending_is_proposed(self, time_stands: Any) -> None:
        factories.in_force()
        time_stands(factories.LATER)
        day = date(2027, 6, 1)
        sent = {
            "wanted_on-day": day.day,
            "wanted_on-month": day.month,
            "wanted_on-year": day.year,
        }
        ask(leaving.end, party(CHIEF), REFERENCE, sent=sent | {"reason": "Done."})
        assert models.Notice.objects.get().wanted_on == day

    def test_suspended_and_resumed(self, time_stands: Any) -> None:
        factories.in_force()
        time_stands(factories.LATER)
        ask(parties.suspend, party(CHIEF), REFERENCE, sent={"reason": "A breach."})
        assert "A breach." in text(versions.show, party(PCC), REFERENCE)
        time_stands(factories.LATER + DAY)
        ask(parties.resume, party(CHIEF), REFERENCE, sent={})
        shown = showing.agreement(ASHA, REFERENCE, factories.LATER + DAY)
        assert shown.state is State.IN_FORCE


class TestKeys:
    def test_are_replaced_and_revoked(self) -> None:
        key = factories.give_key(CHIEF)
        sent = {"label": "Next", "days": "30", "public": ""}
        ask(keys.rotate, party(CHIEF), key.pk, sent=sent)
        new = models.SigningKey.objects.get(label="Next")
        ask(keys.revoke, party(CHIEF), new.pk, sent={"reason": "Lost."})
        page = text(keys.keys, party(CHIEF))
        assert page.count("Revoked") == 2

    def test_of_others_are_not_shown(self) -> None:
        factories.give_key(CHIEF)
        with pytest.raises(Missing):
            ask(keys.keys, ASHA)


class TestQueries:
    """A page asks as often for six parties as for four, for two agreements as for one."""

    def count(self, view: View, *args: Any) -> int:
        with CaptureQueriesContext(connection) as asked:
            ask(view, ASHA, *args)
        return len(asked)

    def test_of_an_agreements_page_do_not_grow_with_its_parties(self) -> None:
        counts = set()
        for number, forces in enumerate(((AVON, GLOS), factories.THREE)):
            reference = f"number-{number}"
            factories.drafted(
                factories.document(forces, reference=reference), reference=reference
            )
            operations.propose(actor=ASHA, reference=reference, version=1, at=NOW)
            for organisation in factories.parties(*forces):
                factories.considered(organisation, reference=reference)
            counts.add(self.count(versions.show, reference))
        assert len(counts) == 1
        assert max(counts) < 30

    def test_of_the_desk_do_not_grow_with_its_agreements(self) -> None:
        factories.proposed()
        before = self.count(lists.mine)
        factories.drafted(factories.document(reference="another"), reference="another")
        operations.propose(actor=ASHA, reference="another", version=1, at=NOW)
        assert self.count(lists.mine) == before < 20
