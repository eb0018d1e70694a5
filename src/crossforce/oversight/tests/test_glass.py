"""Breaking the glass, and judging how it was broken."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from crossforce.access.tests.factories import given
from crossforce.kernel import guarded, vouched
from crossforce.kernel.refusals import Missing, Refused
from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.testing.pages import KEY
from crossforce.ledger.models import Entry
from crossforce.oversight import operations, queries
from crossforce.oversight.models import GlassReview
from crossforce.oversight.tests.acts import key
from crossforce.oversight.tests.test_opening import GLASS, KIND, REASON, broken, now, opened
from crossforce.people.tests import factories
from crossforce.sharing import api as sharing

pytestmark = pytest.mark.django_db


class TestGlass:
    def test_opens_tells_and_is_judged(self, cast: Cast) -> None:
        row = factories.staff(name="Robin Hill")
        given(GLASS)
        bryn, manager = cast.bryn("investigator"), cast.asha("information-manager")
        why = bryn.client.get(reverse("oversight:why", args=[KIND, row.pk])).content.decode()
        address = reverse("oversight:break-glass", args=[KIND, row.pk])
        assert address in why
        assert "for 60 minutes" in bryn.client.get(address).content.decode()
        answer = bryn.client.post(address, {"reason": REASON, "sure": "on", KEY: key()})
        opening = answer["Location"]
        told = manager.client.get(reverse("oversight:notices")).content.decode()
        assert "Glass broken" in told
        assert (
            "1 notice waits" in manager.client.get(reverse("oversight:access")).content.decode()
        )
        found = {"finding": "not-justified", "words": "It could wait.", KEY: key()}
        manager.client.post(f"{opening}review/", found)
        assert queries.waiting(manager.actor, now()) == 0
        assert "It could wait." in bryn.client.get(opening).content.decode()

    def test_asks_that_it_cannot_wait(self, cast: Cast) -> None:
        row = factories.staff()
        given(GLASS)
        address = reverse("oversight:break-glass", args=[KIND, row.pk])
        answer: Any = cast.bryn("investigator").client.post(
            address, {"reason": REASON, KEY: key()}
        )
        assert answer.status_code == 422
        assert "Tick the box" in answer.content.decode()

    def test_is_not_there_without_a_clause(self, cast: Cast) -> None:
        row = factories.staff()
        address = reverse("oversight:break-glass", args=[KIND, row.pk])
        assert cast.bryn("investigator").client.get(address).status_code == 404
        assert cast.asha("duty-inspector").client.get(address).status_code == 403

    def test_is_judged_by_its_holder_once(self, cast: Cast) -> None:
        share = broken(cast, factories.staff())
        manager = cast.asha("information-manager").actor
        with pytest.raises(Refused):
            operations.review_glass(
                actor=cast.bryn("investigator").actor,
                share=share,
                is_justified=True,
                words="Mine.",
                at=now(),
            )
        judged = {"actor": manager, "share": share, "is_justified": True}
        operations.review_glass(words="The threat was real.", at=now(), **judged)
        with pytest.raises(operations.AlreadyReviewed):
            operations.review_glass(words="No.", at=now(), **judged)
        assert GlassReview.objects.get().is_justified
        entry = Entry.objects.get(operation="access.glass-reviewed")
        assert entry.concerns == ["gloucestershire", "wiltshire"]
        assert b"The threat" not in bytes(entry.body)

    def test_is_judged_by_somebody_else_than_who_broke_it(self, cast: Cast) -> None:
        row = factories.staff()
        given(replace(GLASS, recipient=factories.HERE, glass_roles=()))
        ida = cast.asha("information-manager")
        share = sharing.break_glass(
            actor=ida.actor, kind=KIND, record=row.pk, reason=REASON, at=now()
        )
        url = reverse("oversight:review", args=[share])
        shown = ida.client.get(reverse("oversight:opening", args=[share]))
        assert url not in shown.content.decode()
        assert ida.client.get(url).status_code == 403
        judged: dict[str, Any] = {"is_justified": True, "words": "Quite right.", "at": now()}
        with pytest.raises(sharing.ForOneself):
            operations.review_glass(actor=ida.actor, share=share, **judged)
        forged = pytest.raises(DatabaseError, match="row-level security")
        with forged, guarded.acting(ida.actor), transaction.atomic():
            vouched.vouch_for_text(GlassReview._meta.db_table, str(share))
            GlassReview.objects.create(
                share=share,
                holder=factories.HERE,
                is_justified=True,
                words="Quite right.",
                reviewed_at=now(),
                reviewed_by=str(ida.actor.staff),
            )
        ines = factories.actor("information-manager", name="Ines Park")
        assert operations.review_glass(actor=ines, share=share, **judged).is_justified

    def test_only_a_broken_glass_is_judged(self, cast: Cast) -> None:
        share = opened(cast, factories.staff())
        with pytest.raises(Missing):
            operations.review_glass(
                actor=cast.asha("information-manager").actor,
                share=share,
                is_justified=True,
                words="Nothing to judge.",
                at=now(),
            )
