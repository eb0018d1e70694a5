"""A standby answers when it knows what the primary knows; else the primary does. The entry is on the primary."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from crossforce.access.choices import Grant
from crossforce.access.operations import put_grants
from crossforce.kernel import clock, guarded, replica, statements
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web import lists
from crossforce.ledger.models import Entry
from crossforce.people.choices import Actor
from crossforce.people.models import Posting
from crossforce.people.tests import factories as people
from crossforce.records import models, operations, queries
from crossforce.records.choices import Place
from crossforce.records.tests import factories
from crossforce.replicas.queries import agrees, noted
from tests.adversarial.conftest import SECRET, Scene
from tests.replicas.standby import Standby

pytestmark = [pytest.mark.slow, pytest.mark.crash]
NOTE = "records.note"
PAGE = lists.Asked({}, "created_at", True, 0, 50)


def where(actor: Actor) -> tuple[bool, set[UUID]]:
    """Whether a standby answers, and the notes that are read there."""

    def read() -> tuple[bool, set[UUID]]:
        ((is_standby,),) = statements.rows(b"SELECT pg_is_in_recovery()")
        return is_standby, {row.pk for row in models.Note.objects.all()}

    return replica.answered(actor, read)


def asked(query: Callable[..., Any], actor: Actor, *given: Any) -> Any:
    """As a page asks whose view only reads."""
    return replica.answered(actor, partial(query, actor, *given))


def looks() -> int:
    return Entry.objects.filter(operation="record.consulted").count()


def given(reference: str, *grants: Grant) -> None:
    """What an agreement gives from now on."""
    with transaction.atomic():
        put_grants(reference, list(grants))


def end(posting: UUID | None) -> None:
    """The posting is over from now on."""
    with guarded.acting(people.loader()):
        row = Posting.objects.get(pk=str(posting))
        row.ends_at = clock.now()
        row.save()


class TestAStandbyThatFollows:
    def test_answers_and_the_entry_is_on_the_primary(self, scene: Scene) -> None:
        before = looks()
        assert where(scene.asha) == (True, {scene.clear.pk, scene.secret.pk})
        assert looks() == before + 2  # the row in the compartment has an entry of its own
        assert not connection.in_atomic_block

    def test_decides_as_the_primary_does(self, scene: Scene) -> None:
        assert where(scene.colleague) == (True, {scene.clear.pk})
        assert where(scene.cole) == (True, set())

    def test_serves_lists_searches_and_pages(self, scene: Scene) -> None:
        before = looks()
        found = asked(queries.lines, scene.asha, NOTE, PAGE)
        assert {line.id for line in found.rows} == {scene.clear.pk, scene.secret.pk}
        assert asked(queries.shown, scene.asha, NOTE, scene.clear.pk).row.pk == scene.clear.pk
        assert [hit.id for hit in asked(queries.search, scene.asha, "blue van").rows] == [
            scene.clear.pk
        ]
        assert looks() == before + 4  # the list: two, since one of its rows is in a compartment

    def test_hides_a_hidden_record_as_one_that_is_not(self, scene: Scene) -> None:
        with pytest.raises(Missing):
            asked(queries.shown, scene.colleague, NOTE, scene.secret.pk)

    def test_is_not_asked_within_a_transaction(self, scene: Scene) -> None:
        with transaction.atomic():
            assert where(scene.asha)[0] is False
        with guarded.acting(scene.asha):
            assert where(scene.asha)[0] is False

    def test_is_not_asked_where_nobody_said_so(self, scene: Scene) -> None:
        with replica.wanted(after="now"):
            assert where(scene.asha)[0] is False

    def test_that_would_have_to_write_leaves_it_to_the_primary(
        self, scene: Scene, standby: Standby
    ) -> None:
        def writing() -> bool:
            factories.note(scene.asha, "Written while reading")
            return bool(statements.rows(b"SELECT pg_is_in_recovery()")[0][0])

        assert replica.answered(scene.asha, writing) is False
        standby.catch_up()
        here, rows = where(scene.asha)
        assert here
        assert len(rows) == 3


class TestAStandbyThatIsBehind:
    def test_lets_a_leaver_see_nothing_at_the_next_statement(
        self, scene: Scene, standby: Standby
    ) -> None:
        with standby.behind():
            assert where(scene.asha)[0] is True
            for reference in ("policy", "secret-policy"):
                given(reference)
            assert where(scene.asha) == (False, set())
        assert where(scene.asha)[1] == set()

    def test_knows_no_posting_that_is_over(self, scene: Scene, standby: Standby) -> None:
        with standby.behind():
            end(scene.asha.posting)
            assert where(scene.asha) == (False, set())

    def test_shows_no_row_that_was_closed_since(self, scene: Scene, standby: Standby) -> None:
        with standby.behind():
            operations.move(
                actor=scene.asha,
                kind=NOTE,
                record=scene.clear.pk,
                version=scene.clear.version,
                to=Place(factories.HERE, compartment=SECRET),
                reason="A source is in it",
                at=clock.now(),
            )
            assert where(scene.colleague) == (False, set())

    def test_does_not_hide_ones_own_writing(self, scene: Scene, standby: Standby) -> None:
        with standby.behind():
            made = factories.note(scene.asha, "Written just now").pk
            assert made not in where(scene.asha)[1]
            with replica.wanted(after=replica.position()):
                answered_here, rows = where(scene.asha)
            assert not answered_here
            assert made in rows

    def test_finds_what_has_not_come_on_the_primary(
        self, scene: Scene, standby: Standby
    ) -> None:
        with standby.behind():
            made = factories.note(scene.asha, "Written just now").pk
            assert asked(queries.shown, scene.asha, NOTE, made).row.pk == made

    def test_is_left_alone_for_a_while(
        self, scene: Scene, standby: Standby, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(replica, "PASSED_BY", 60.0)
        with standby.behind():
            given("another", factories.grant(NOTE, roles=("analyst",)))
            assert where(scene.asha)[0] is False
            assert not replica._may_ask()


class TestAStandbyThatIsGone:
    def test_leaves_everything_to_the_primary(self, scene: Scene, standby: Standby) -> None:
        replica.close()
        standby.stop()
        try:
            assert where(scene.asha) == (False, {scene.clear.pk, scene.secret.pk})
        finally:
            standby.start()

    def test_answers_again_when_it_is_back(self, scene: Scene, standby: Standby) -> None:
        assert where(scene.asha)[0] is True
        standby.stop()
        standby.start()
        assert where(scene.asha)[1] == {scene.clear.pk, scene.secret.pk}
        replica._behind[0] = 0.0
        assert where(scene.asha)[0] is True


class TestTheClocks:
    def test_may_differ_when_nothing_begins_or_ends_between_them(self, scene: Scene) -> None:
        with guarded.acting(scene.asha):
            known, _ = noted()
            now = clock.now()
            assert agrees((known, str(now - timedelta(microseconds=1))), {})

    def test_may_not_when_something_does(self, scene: Scene) -> None:
        soon = clock.now() + timedelta(seconds=0.05)
        given("soon", factories.grant(NOTE, roles=("analyst",), holds=Period(soon)))
        with guarded.acting(scene.asha):
            known, _ = noted()
            assert not agrees((known, str(soon + timedelta(seconds=1))), {})
