"""A request forged by raw SQL says of a record what the record says, and opens nothing of another holder's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from crossforce.access.models import Request, Share
from crossforce.kernel import clock, guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Missing
from crossforce.people.tests import factories as people
from crossforce.records.tests import factories
from crossforce.sharing import api as sharing
from tests.adversarial.conftest import SECRET, Scene, as_actor, raw

NOTE = "records.note"
FORGED = """INSERT INTO access_request (id, record, kind, scope, holder, posting, organisation, actions, purpose, reason,
                   until, asked_at, asked_by, decided_by, answer)
            VALUES (%s, %s, 'records.note', %s, %s, %s, %s, '{find,read,edit,dispose}', '', 'x',
                    now() + interval '30 years', now(), 'somebody else', '', '')"""


def forge(scene: Scene, record: UUID) -> UUID:
    """As the stranger: a request for the record that says it lies in the stranger's own force."""
    with guarded.acting(scene.cole), transaction.atomic():
        own = guarded.scope(guarded.ScopeOf(factories.ELSEWHERE, NOTE))
        identifier, posting = new_id(), scene.cole.posting
        there = factories.ELSEWHERE
        raw(FORGED, identifier, record, own, there, posting, there)
        return identifier


def refusal(scene: Scene, record: UUID) -> str:
    with pytest.raises(DatabaseError) as told:
        forge(scene, record)
    return str(told.value)


def finding() -> None:
    """The stranger finds the notes of this force."""
    factories.policy("found", recipient=factories.ELSEWHERE, actions=("find",))


def request_of(scene: Scene) -> Request:
    asked = sharing.Asked(
        NOTE, scene.clear.pk, ("read",), "A case.", clock.now() + timedelta(days=2)
    )
    return sharing.ask(actor=scene.cole, asked=asked, at=clock.now())


def decided(actor: Any, request: UUID, *, is_granted: bool) -> Request:
    return sharing.decide(
        actor=actor, request=request, is_granted=is_granted, answer="So.", at=clock.now()
    )


class TestAForgedRequest:
    def test_for_a_hidden_record_is_refused_as_for_none(self, scene: Scene) -> None:
        told = {refusal(scene, each) for each in (scene.clear.pk, scene.secret.pk, new_id())}
        assert len(told) == 1
        finding()
        assert refusal(scene, scene.secret.pk) in told

    def test_waits_at_the_holder_of_the_record_in_the_askers_own_name(
        self, scene: Scene
    ) -> None:
        finding()
        made = forge(scene, scene.clear.pk)
        own = people.actor("information-manager", factories.ELSEWHERE, name="Ida Lock")
        with guarded.acting(own):
            assert not Request.objects.exists()
        holder = people.actor("information-manager", factories.HERE, name="Ines Park")
        with guarded.acting(holder):
            row = Request.objects.get()
        assert (row.pk, row.holder, row.scope) == (made, factories.HERE, scene.clear.scope_id)
        assert (row.purpose, row.asked_by) == (scene.cole.purpose, str(scene.cole.staff))
        with pytest.raises(sharing.CannotAsk, match="longer"):
            decided(holder, made, is_granted=True)

    def test_is_not_made_of_an_honest_one(self, scene: Scene) -> None:
        finding()
        holder = people.actor("information-manager", factories.HERE, name="Ines Park")
        row = request_of(scene)
        for change in (
            f"record = '{scene.secret.pk}'",
            f"posting = '{holder.posting}'",
            "actions = '{dispose}'",
            "until = now() + interval '30 years'",
            "decided_at = now(), decided_by = 'x', is_granted = true, share = gen_random_uuid()",
        ):
            with pytest.raises(DatabaseError, match=r"stays|truly"), transaction.atomic():
                as_actor(holder, f"UPDATE access_request SET {change}")
        as_actor(holder, "UPDATE access_request SET scope = 1, holder = 'cumbria'")
        decided(holder, row.pk, is_granted=False)
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
            as_actor(
                holder,
                "UPDATE access_request SET decided_at = NULL, decided_by = '', is_granted = NULL",
            )
        with guarded.acting(holder):
            kept = Request.objects.get()
        assert (kept.scope, kept.holder) == (scene.clear.scope_id, factories.HERE)


class TestAShare:
    @pytest.mark.parametrize("origin", list(sharing.Origin))
    def test_is_of_what_whoever_gives_it_decides_about(
        self, scene: Scene, origin: sharing.Origin
    ) -> None:
        """Even where the process itself was led to ask for it."""
        finding()
        row, at = request_of_the_stranger(scene), clock.now()
        own = people.actor("information-manager", factories.ELSEWHERE, name="Ida Lock")
        share = sharing.NewShare(
            NOTE,
            scene.clear.pk,
            scene.cole.posting,  # type: ignore[arg-type]
            ("read",),
            Period(at, at + timedelta(days=1)),
            request=row.pk,
        )
        for actor in (own, scene.cole, scene.asha):
            with pytest.raises(Missing):
                sharing.give_share(
                    actor=actor, share=share, origin=origin, holder=factories.HERE, at=at
                )
        with guarded.acting(scene.cole):
            assert not Share.objects.exists()


class TestACompartment:
    def test_has_requests_only_where_somebody_decides_who_reads_there(
        self, scene: Scene
    ) -> None:
        finding()
        factories.policy(
            "found-secret",
            recipient=factories.ELSEWHERE,
            actions=("find",),
            compartment=SECRET,
        )
        people.actor("information-manager", factories.HERE, name="Ines Park")
        asked = sharing.Asked(
            NOTE, scene.secret.pk, ("read",), "A case.", clock.now() + timedelta(days=2)
        )
        with guarded.acting(scene.cole):
            assert sharing.deciders(NOTE, scene.secret.pk) == {}
            assert sharing.deciders(NOTE, scene.clear.pk) == {
                factories.HERE: ("information-manager",)
            }
        with pytest.raises(sharing.CannotAsk, match="reach nobody"):
            sharing.ask(actor=scene.cole, asked=asked, at=clock.now())
        factories.policy(
            "manager-reads",
            roles=("information-manager",),
            actions=("read",),
            compartment=SECRET,
        )
        made = sharing.ask(actor=scene.cole, asked=asked, at=clock.now())
        assert made.scope == scene.secret.scope_id


def request_of_the_stranger(scene: Scene) -> Request:
    people.actor("information-manager", factories.HERE, name="Ines Park")
    return request_of(scene)


def test_of_decisions_at_once_one_counts(standing_scene: Scene) -> None:
    with transaction.atomic():
        finding()
        holder = people.actor("information-manager", factories.HERE, name="Ines Park")
        row = request_of(standing_scene)
    together = Barrier(3)

    def one(is_granted: bool) -> str:
        together.wait()
        try:
            return (
                "granted" if decided(holder, row.pk, is_granted=is_granted).share else "refused"
            )
        except sharing.AlreadyDecided:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        (answer,) = filter(None, pool.map(one, (True, False, True)))
    with guarded.acting(standing_scene.cole):
        kept = Request.objects.get()
        assert kept.is_granted == (answer == "granted")
        assert [each.pk for each in Share.objects.all()] == ([kept.share] if kept.share else [])
