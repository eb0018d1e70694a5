"""A judgement of a broken glass is made by its holder's own decider through the platform, and by no injected SQL."""

from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from crossforce.kernel import guarded, vouched
from crossforce.kernel.testing.cast import HERE, PARTNER, Cast
from crossforce.oversight import operations
from crossforce.oversight.models import GlassReview
from crossforce.oversight.tests.test_opening import broken, now, opened
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db
FORGED = """INSERT INTO oversight_glassreview (share, holder, is_justified, words, reviewed_at, reviewed_by)
            VALUES (%s, %s, true, 'Quite right.', now(), %s)"""


def forge(actor: Any, share: UUID, holder: str, by: Any, *, is_vouched: bool = True) -> None:
    with guarded.acting(actor), transaction.atomic():
        if is_vouched:
            vouched.vouch_for_text(GlassReview._meta.db_table, str(share))
        with connection.cursor() as cursor:
            cursor.execute(FORGED, [share, holder, str(by)])


class TestAJudgement:
    def test_is_forged_by_nobody(self, cast: Cast) -> None:
        share = broken(cast, factories.staff())
        manager = cast.asha("information-manager").actor
        for actor in (None, cast.bryn("investigator").actor, manager):
            with pytest.raises(DatabaseError, match=r"row-level security|by the platform"):
                forge(actor, share, HERE, manager.staff, is_vouched=False)
        assert not GlassReview.objects.exists()

    def test_is_the_holders_in_the_own_name_even_where_vouched_for(self, cast: Cast) -> None:
        share, single = broken(cast, factories.staff()), opened(cast, factories.staff())
        manager, bryn = (
            cast.asha("information-manager").actor,
            cast.bryn("information-manager").actor,
        )
        refused = pytest.raises(DatabaseError, match="row-level security")
        for actor, about, holder, by in (
            (None, share, HERE, manager.staff),
            (bryn, share, HERE, bryn.staff),
            (bryn, share, PARTNER, bryn.staff),
            (manager, share, PARTNER, manager.staff),
            (manager, share, HERE, bryn.staff),
            (manager, single, HERE, manager.staff),
        ):
            with refused:
                forge(actor, about, holder, by)
        words = "The threat was real."
        operations.review_glass(
            actor=manager, share=share, is_justified=False, words=words, at=now()
        )
        assert not GlassReview.objects.get().is_justified
