"""A request forged by raw SQL says of a record what the record says, and opens nothing of another holder's."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from crossforce.access.models import Request, Share
from crossforce.acting import api as acting
from crossforce.acting import context
from crossforce.kernel import clock, guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Missing
from crossforce.people.models import SamePerson
from crossforce.people.tests import factories as people
from crossforce.records.tests import factories
from crossforce.sharing import api as sharing
from tests.adversarial.conftest import SECRET, Scene, as_actor, raw

NOTE = "records.note"
FORGED = """INSERT INTO access_request (id, record, kind, scope, holder, posting, organisation, actions, purpose, reason,
                   until, asked_at, asked_by, decided_by, answer)
            VALUES (%s, %s, 'records.note', %s, %s, %s, %s, %s, '', 'x', %s, %s, 'somebody else', '', '')"""
ALL = "{find,read,add,edit,task,disclose,dispose}"


def later(days: int) -> str:
    return (clock.now() + timedelta(days=days)).isoformat()


def forge(
    scene: Scene, record: UUID, *, actions: str = ALL, until: str = "", asked: str = ""
) -> UUID:
    """As the stranger: a request for the record that says it lies in the stranger's own force."""
    with guarded.acting(scene.cole), transaction.atomic():
        own = guarded.scope(guarded.ScopeOf(factories.ELSEWHERE, NOTE))
        identifier, posting = new_id(), scene.cole.posting
        there = factories.ELSEWHERE
        times = (until or later(300), asked or later(0))
        raw(FORGED, identifier, record, own, there, posting, there, actions, *times)
        return identifier


def refusal(scene: Scene, record: UUID, **more: str) -> str:
    with pytest.raises(DatabaseError) as told:
        forge(scene, record, **more)
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

    @pytest.mark.parametrize("until", ["infinity", "-infinity", "2001-01-01", "2099-01-01"])
    def test_has_an_end_that_can_be(self, scene: Scene, until: str) -> None:
        """Or no page that lists it could be shown again."""
        finding()
        assert "not asked for so" in refusal(scene, scene.clear.pk, until=until)

    @pytest.mark.parametrize("actions", ["{}", "{read,NULL}", "{READ}", "{read,preview}"])
    def test_is_for_known_actions(self, scene: Scene, actions: str) -> None:
        finding()
        assert "not asked for so" in refusal(scene, scene.clear.pk, actions=actions)
        assert f"{{{','.join(sharing.OPENED)}}}" == ALL

    @pytest.mark.parametrize("at", ["infinity", "2001-01-01"])
    def test_was_asked_and_decided_when_it_was(self, scene: Scene, at: str) -> None:
        finding()
        before, made = clock.now(), forge(scene, scene.clear.pk, asked=at)
        holder = people.actor("information-manager", factories.HERE, name="Ines Park")
        refuse = (
            "UPDATE access_request SET decided_at = %s, decided_by = 'x', is_granted = false"
        )
        as_actor(holder, refuse, at)
        with guarded.acting(holder):
            row = Request.objects.get(pk=made)
        assert row.decided_at is not None
        assert before <= row.asked_at <= row.decided_at <= clock.now()

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


class TestWhoeverDecides:
    """Somebody who decides about a note of their force that no clause lets them read."""

    def test_does_not_for_themself_even_where_the_process_is_led_to_it(
        self, scene: Scene
    ) -> None:
        manager = people.actor("information-manager", factories.HERE, name="Ines Park")
        other = people.actor("information-manager", factories.HERE, name="Ida Lock")
        until = clock.now() + timedelta(days=2)
        asked = sharing.Asked(NOTE, scene.clear.pk, ("read",), "A case.", until)
        row = sharing.ask(actor=manager, asked=asked, at=clock.now())
        for is_granted in (True, False):
            with pytest.raises(sharing.ForOneself):
                decided(manager, row.pk, is_granted=is_granted)
        share = sharing.NewShare(
            NOTE,
            scene.clear.pk,
            manager.posting,  # type: ignore[arg-type]
            ("read",),
            Period(clock.now(), until),
            request=row.pk,
        )
        for origin in sharing.Origin:
            with pytest.raises(Missing):
                sharing.give_share(
                    actor=manager, share=share, origin=origin, holder=factories.HERE, at=until
                )
        assert as_actor(manager, "SELECT 1 FROM records_note") == []
        assert decided(other, row.pk, is_granted=True).share
        assert as_actor(manager, "SELECT 1 FROM records_note") == [(1,)]

    def test_does_not_for_the_same_human_in_another_force(self, scene: Scene) -> None:
        finding()
        manager = people.actor("information-manager", factories.HERE, name="Ines Park")
        row = request_of_the_stranger(scene)
        one, other = sorted((str(manager.staff), str(scene.cole.staff)))
        tie = SamePerson(one_id=one, other_id=other, basis="a form", starts_at=clock.now())
        tie.changed_at, tie.changed_by = clock.now(), manager.reference
        people.save(tie)
        with pytest.raises(sharing.ForOneself):
            decided(manager, row.pk, is_granted=True)

    def test_alone_has_nobody_to_ask(self, scene: Scene) -> None:
        manager = people.actor("information-manager", factories.HERE, name="Ines Park")
        until = clock.now() + timedelta(days=2)
        asked = sharing.Asked(NOTE, scene.clear.pk, ("read",), "A case.", until)
        with pytest.raises(sharing.ReachesNobody):
            sharing.ask(actor=manager, asked=asked, at=clock.now())


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


PUT, INSERTED = (
    "SELECT access_put_share(%s, %s)",
    "INSERT INTO access_share SELECT * FROM access_share",
)
OTHERS = ("end-share", "grants", "scope", "window", "anothers", "SHARE", "")


def content_of(scene: Scene, record: UUID) -> dict[str, Any]:
    """What the process would seal to open the record to the stranger."""
    at = clock.now()
    return {
        "id": str(new_id()),
        "record": str(record),
        "kind": NOTE,
        "posting": str(scene.cole.posting),
        "actions": ["read"],
        "purposes": [],
        "starts_at": at.isoformat(),
        "ends_at": (at + timedelta(days=1)).isoformat(),
        "origin": "share",
        "agreement": "",
        "clause": "",
        "reason": "x",
        "request": None,
        "given_at": at.isoformat(),
        "given_by": "x",
    }


def borrowed(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """All that SQL which slipped in could find that this process signed, and what it could make of it."""
    yield "", ""
    token, mac = str(raw("SELECT current_setting('crossforce.acting')")[0][0]).split("~")
    yield token, mac
    parts = token.split("|")[:3]
    yield "|".join((*parts, "share", json.dumps(content))), mac
    yield tuple(context.voucher("ledger", "0" * 64).split("~"))  # type: ignore[misc]
    for verb in OTHERS:
        message, mac = acting.sealed(verb, content)
        yield message, mac
        yield message.replace(f"|{verb}|", "|share|", 1), mac
    message, mac = acting.sealed("share", content)
    yield message.replace('"read"', '"edit"'), mac
    yield message, mac.upper()


class TestThePlatformsOwnWork:
    """It opens what the process sealed, whoever holds it; SQL that slips into it seals nothing."""

    def test_opens_nothing_by_what_was_signed_for_something_else(self, scene: Scene) -> None:
        for actor in (people.loader(), scene.asha):
            with guarded.acting(actor):
                for message, mac in borrowed(content_of(scene, scene.secret.pk)):
                    with pytest.raises(DatabaseError, match="not sealed"), transaction.atomic():
                        raw(PUT, message, mac)
                with pytest.raises(DatabaseError, match="denied"), transaction.atomic():
                    raw(INSERTED)
        with guarded.acting(scene.cole):
            assert not Share.objects.exists()

    def test_opens_nothing_in_another_transaction(self, standing_scene: Scene) -> None:
        loader = people.loader()
        with guarded.acting(loader):
            kept = acting.sealed("share", content_of(standing_scene, standing_scene.clear.pk))
        with pytest.raises(DatabaseError, match="not sealed"), guarded.acting(loader):
            raw(PUT, *kept)

    def test_opens_nothing_again_that_was_ended(self, scene: Scene) -> None:
        content = content_of(scene, scene.clear.pk)
        with guarded.acting(people.loader()):
            sealed = acting.sealed("share", content)
            assert raw(PUT, *sealed) == [(True,)]
            ended = {"id": content["id"], "at": content["starts_at"]}
            raw("SELECT access_end_share(%s, %s)", *acting.sealed("end-share", ended))
            assert raw(PUT, *sealed) == [(False,)]
        with guarded.acting(scene.cole):
            assert raw("SELECT access_rows(%s, 'read')", NOTE) == [([],)]


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
