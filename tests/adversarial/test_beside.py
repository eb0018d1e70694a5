"""What stands beside records tells no more than the records do: links, holds, openings that are over."""

import pytest
from django.db import connection

from crossforce.kernel import clock, guarded
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records import operations
from crossforce.records.choices import Place, Reference
from crossforce.records.tests import factories
from crossforce.sharing import api as sharing
from tests.adversarial.conftest import SECRET, Scene, as_actor

NOTE = "records.note"
MINE = "SELECT id, scope FROM access_share"
WHERE = "SELECT d.compartment FROM access_share s, records_described(ARRAY[s.scope]) d"
WHY = """SELECT r.clause FROM access_share s,
         access_reasons('records.note', 'read', s.scope, now(), NULL, NULL) r"""


def touched(actor: Actor, statement: str) -> int:
    """How many rows it changes, though it names no column of theirs."""
    with guarded.acting(actor), connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


class TestAStatementThatNamesNoColumn:
    def test_neither_counts_nor_cuts_a_link_that_is_not_known(self, scene: Scene) -> None:
        ends = [Reference(NOTE, row.pk) for row in (scene.secret, scene.clear)]
        operations.link(
            actor=scene.asha, one=ends[0], other=ends[1], relation="supports", at=factories.AT
        )
        assert touched(scene.colleague, "DELETE FROM records_link") == 0
        assert as_actor(scene.asha, "SELECT count(*) FROM records_link") == [(1,)]
        assert touched(scene.asha, "DELETE FROM records_link") == 1

    @pytest.mark.parametrize(("actions", "lifts"), [(("edit",), 0), (("read", "edit"), 1)])
    def test_lifts_no_hold_on_what_is_not_read(
        self, scene: Scene, actions: tuple[str, ...], lifts: int
    ) -> None:
        operations.hold(
            actor=scene.asha, kind=NOTE, record=scene.clear.pk, reason="x", at=factories.AT
        )
        factories.policy(roles=("analyst",), actions=actions)
        assert touched(scene.colleague, "UPDATE records_hold SET reason = 'y'") == lifts


class TestAnOpening:
    @pytest.fixture
    def opened(self, scene: Scene) -> Scene:
        factories.policy("narrow", recipient=factories.ELSEWHERE, collection="case:heron")
        factories.opened(scene.clear, scene.cole)
        return scene

    def test_tells_where_its_record_is_while_it_stands(self, opened: Scene) -> None:
        assert as_actor(opened.cole, WHERE) == [("",)]
        assert as_actor(opened.cole, WHY) == [("2",)]

    def test_that_is_over_tells_no_more(self, opened: Scene) -> None:
        ((share, _),) = as_actor(opened.cole, MINE)
        manager = people.actor("information-manager", factories.HERE)
        with guarded.acting(manager):
            sharing.end_share(actor=manager, share=share, at=clock.now())
        operations.move(
            actor=opened.asha,
            kind=NOTE,
            record=opened.clear.pk,
            version=1,
            to=Place(factories.HERE, compartment=SECRET),
            reason="",
            at=factories.AT,
        )
        assert as_actor(opened.cole, WHERE) == []
        assert as_actor(opened.cole, WHY) == []
