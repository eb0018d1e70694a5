"""What acting begins from is written by who administers people, and by no injected SQL."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import HERE, PARTNER, Cast
from crossforce.people import models, operations
from crossforce.people.tests import factories
from crossforce.people.tests.factories import AT

pytestmark = pytest.mark.django_db
POST = """INSERT INTO people_posting (version, id, starts_at, changed_at, changed_by, staff_id, organisation,
                                      role, state, answered_at, answered_by)
          VALUES (1, gen_random_uuid(), now() - interval '1 day', now(), 'x', %s, %s, %s, 'held', now(), 'x')"""
TOKEN = """INSERT INTO people_token (id, digest, title, account_id, posting_id, purpose, issued_at, issued_by,
                                     expires_at, revoked_by, seal)
           VALUES (gen_random_uuid(), 'a', 'b', %s, %s, '', now(), 'x', now() + interval '1 day', '', '')"""


def run(actor: Any, statement: str, *values: Any) -> int:
    """How many rows the statement reaches, as injected SQL while the actor acts."""
    with guarded.acting(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


class TestPostings:
    @pytest.mark.parametrize("office", ["duty-inspector", "auditor", None])
    def test_nobody_else_posts_anyone(self, cast: Cast, office: str | None) -> None:
        robin = factories.staff(HERE)
        actor = cast.asha(office).actor if office else None
        with pytest.raises(ProgrammingError, match="row-level security"):
            run(actor, POST, robin.pk, HERE, "force-administrator")

    def test_an_administrator_posts_their_own_for_their_own_organisation(
        self, cast: Cast
    ) -> None:
        asha, robin = cast.asha("force-administrator").actor, factories.staff(HERE)
        theirs = factories.staff(PARTNER)
        assert run(asha, POST, robin.pk, HERE, "investigator") == 1
        for who, where in ((robin, PARTNER), (theirs, HERE), (theirs, PARTNER)):
            with pytest.raises(ProgrammingError, match="row-level security"):
                run(asha, POST, who.pk, where, "force-administrator")

    def test_an_administrator_gives_no_office_to_themself(self, cast: Cast) -> None:
        asha = cast.asha("force-administrator").actor
        for office in (
            "chief-officer",
            "deputy-chief-officer",
            "auditor",
            "force-administrator",
        ):
            with pytest.raises(ProgrammingError, match="row-level security"):
                run(asha, POST, asha.staff, HERE, office)
        assert run(asha, POST, asha.staff, HERE, "investigator") == 1

    def test_an_offer_is_not_accepted_by_who_made_it(self, cast: Cast) -> None:
        factories.organisation(PARTNER)
        asha, robin = cast.asha("force-administrator").actor, factories.staff(HERE)
        wanted = operations.Wanted(PARTNER, "investigator", robin.period)
        offer = operations.post(actor=asha, staff=robin.pk, wanted=wanted, at=AT)
        accept = """UPDATE people_posting SET state = 'held', answered_at = now(), answered_by = 'x'
                     WHERE id = %s"""
        with pytest.raises(ProgrammingError, match="not changed so"):
            run(asha, accept, offer.pk)
        assert run(cast.bryn("force-administrator").actor, accept, offer.pk) == 1

    @pytest.mark.parametrize(
        "change", ["role = 'chief-officer'", "ends_at = NULL", f"organisation = '{PARTNER}'"]
    )
    def test_a_posting_is_not_turned_into_another(self, cast: Cast, change: str) -> None:
        factories.organisation(PARTNER)
        asha, robin = cast.asha("force-administrator").actor, factories.staff(HERE)
        held = factories.posting(robin, "investigator")
        tomorrow = AT + timedelta(days=1)
        operations.end_posting(actor=asha, posting=held.pk, version=1, ends_at=tomorrow, at=AT)
        with pytest.raises(ProgrammingError, match="not changed so"):
            run(asha, f"UPDATE people_posting SET {change} WHERE id = %s", held.pk)

    def test_others_reach_no_posting_and_nobody_deletes_one(self, cast: Cast) -> None:
        held = factories.posting(factories.staff(HERE), "investigator")
        end = "UPDATE people_posting SET ends_at = now() WHERE id = %s"
        assert run(cast.asha("duty-inspector").actor, end, held.pk) == 0
        assert run(cast.bryn("force-administrator").actor, end, held.pk) == 0
        gone = "DELETE FROM people_posting WHERE id = %s"
        assert run(cast.asha("force-administrator").actor, gone, held.pk) == 0


class TestAccounts:
    def test_nobody_becomes_the_owner_of_an_account(self, cast: Cast) -> None:
        asha, chief = cast.asha("duty-inspector"), cast.asha("force-administrator")
        take = "UPDATE people_account SET staff_id = %s WHERE id = %s"
        with transaction.atomic(), factories.seen_by():
            models.Account.objects.filter(pk=chief.account.pk).update(staff=None)
        with pytest.raises(ProgrammingError, match="not changed so"):
            run(asha.actor, take, chief.actor.staff, asha.account.pk)

    def test_nobody_opens_a_closed_account(self, cast: Cast) -> None:
        player = cast.asha("duty-inspector")
        with pytest.raises(ProgrammingError, match="not changed so"):
            run(
                player.actor,
                "UPDATE people_account SET is_active = NOT is_active WHERE id = %s",
                player.account.pk,
            )

    def test_a_token_is_issued_and_revoked_by_its_owner_alone(self, cast: Cast) -> None:
        asha, chief = cast.asha("duty-inspector"), cast.asha("force-administrator")
        with pytest.raises(ProgrammingError, match="row-level security"):
            run(asha.actor, TOKEN, chief.account.pk, chief.actor.posting)
        assert run(chief.actor, TOKEN, chief.account.pk, chief.actor.posting) == 1
        revoke = "UPDATE people_token SET revoked_at = now(), revoked_by = 'x'"
        assert run(asha.actor, revoke) == 0
        assert run(chief.actor, revoke) == 1
