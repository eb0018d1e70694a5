"""Periods end at the instant they end, in the middle of a transaction, and nothing runs to make it so."""

import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from crossforce.access.choices import Origin
from crossforce.access.operations import put_grants
from crossforce.duty.tests import factories as duties
from crossforce.duty.tests.test_live import on
from crossforce.kernel import clock, guarded
from crossforce.kernel.periods import Period
from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.testing.live import Streaming
from crossforce.people import models as people
from crossforce.people.tests import factories as people_factories
from crossforce.records.tests import factories
from crossforce.sharing.choices import NewShare
from crossforce.sharing.operations import give_share
from tests.adversarial.conftest import Scene, raw

COUNT = "SELECT count(*) FROM records_note"
SOON = timedelta(milliseconds=400)


def wait_until(instant: datetime) -> None:
    while clock.now() <= instant:
        time.sleep(0.01)


def given_until(ends: datetime) -> None:
    """A clause that opens this force's notes to the stranger's force, until then."""
    holds = Period(factories.LONG_AGO, ends)
    with transaction.atomic():
        put_grants(
            "leaving",
            [factories.grant("records.note", recipient=factories.ELSEWHERE, holds=holds)],
        )


@pytest.mark.slow
class TestInAnOpenTransaction:
    def test_the_next_statement_after_a_leave_sees_nothing(self, standing_scene: Scene) -> None:
        end = clock.now() + SOON
        given_until(end)
        with guarded.acting(standing_scene.cole):
            assert raw(COUNT) == [(1,)]
            wait_until(end)
            assert raw(COUNT) == [(0,)]
            assert raw("SELECT count(*) FROM records_pointer") == [(0,)]
            assert raw("SELECT count(*) FROM records_noteevent") == [(0,)]
            assert raw("SELECT * FROM records_search('van', '{}', 9)") == []

    def test_the_next_statement_after_a_posting_ended_sees_nothing(
        self, standing_scene: Scene
    ) -> None:
        given_until(clock.now() + timedelta(days=1))
        end = clock.now() + SOON
        _end_posting(standing_scene.cole, end)
        with guarded.acting(standing_scene.cole):
            assert raw(COUNT) == [(1,)]
            wait_until(end)
            assert raw(COUNT) == [(0,)]
            with pytest.raises(Exception, match="row-level security"):
                _add(standing_scene)

    def test_the_next_statement_after_a_share_ended_sees_nothing(
        self, standing_scene: Scene
    ) -> None:
        end = clock.now() + SOON
        with transaction.atomic():
            _share(standing_scene, end)
        with guarded.acting(standing_scene.cole):
            assert raw(COUNT) == [(1,)]
            wait_until(end)
            assert raw(COUNT) == [(0,)]

    def test_the_next_statement_after_a_beginning_sees_the_rows(
        self, standing_scene: Scene
    ) -> None:
        begin = clock.now() + SOON
        with transaction.atomic():
            put_grants(
                "leaving",
                [
                    factories.grant(
                        "records.note", recipient=factories.ELSEWHERE, holds=Period(begin)
                    )
                ],
            )
        with guarded.acting(standing_scene.cole):
            assert raw(COUNT) == [(0,)]
            wait_until(begin)
            assert raw(COUNT) == [(1,)]

    def test_a_statement_that_is_repeated_by_a_prepared_plan_ends_too(
        self, standing_scene: Scene
    ) -> None:
        end = clock.now() + SOON
        given_until(end)
        with guarded.acting(standing_scene.cole):
            raw("PREPARE live AS SELECT count(*) FROM records_note")
            for _ in range(6):
                assert raw("EXECUTE live") == [(1,)]
            wait_until(end)
            assert raw("EXECUTE live") == [(0,)]
            raw("DEALLOCATE live")

    def test_nothing_was_written_and_no_job_was_queued_to_make_it_so(
        self, standing_scene: Scene
    ) -> None:
        end = clock.now() + SOON
        given_until(end)
        before = _written()
        wait_until(end)
        with guarded.acting(standing_scene.cole):
            assert raw(COUNT) == [(0,)]
        assert _written() == before


@pytest.mark.slow
class TestOnAnOpenPage:
    """A page that stays current, of somebody who looks and does nothing."""

    def test_a_leave_takes_everything_from_it_and_nobody_told_it_so(
        self, cast: Cast, streaming: Streaming
    ) -> None:
        duties.policy()
        duties.unit()
        bryn = cast.bryn("duty-inspector")
        duty = on("Robin Hill")
        end = clock.now() + 5 * SOON
        duties.sharing((duties.HERE, duties.PARTNER), holds=Period(factories.LONG_AGO, end))
        cookie = bryn.client.cookies["crossforce_session"].value
        reader = streaming.reader("/duty.board", cookie)
        assert duty.name in reader.next().html
        before = _written()
        after = reader.next()
        assert duty.name not in after.html
        assert str(duty.pk) not in after.html
        assert clock.now() >= end
        queued, entries, postings = _written()
        assert (queued, postings) == (before[0], before[2])
        assert entries[0][0] - before[1][0][0] <= 1  # that it was looked at

    def test_a_posting_that_ends_closes_it(self, cast: Cast, streaming: Streaming) -> None:
        duties.policy()
        bryn = cast.bryn("duty-inspector")
        cookie = bryn.client.cookies["crossforce_session"].value
        _end_posting(bryn.actor, clock.now() + 3 * SOON)
        reader = streaming.reader("/duty.board", cookie)
        reader.next()
        assert reader.next().name == "end"


def _written() -> Any:
    """Everything that a job or a clean-up could have left behind."""
    tables = [
        name
        for (name,) in raw(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE '%job%'"
        )
    ]
    queued = [raw(f"SELECT count(*) FROM {name}") for name in tables]
    return queued, raw("SELECT count(*) FROM ledger_entry"), people.Posting.objects.count()


def _end_posting(actor: Any, end: datetime) -> None:
    with guarded.acting(people_factories.loader()):
        people.Posting.objects.filter(pk=actor.posting).update(ends_at=end)


def _share(scene: Scene, end: datetime) -> None:
    give_share(
        actor=people_factories.loader(),
        share=NewShare(
            kind="records.note",
            record=scene.clear.pk,
            posting=scene.cole.posting,  # type: ignore[arg-type]
            actions=("read",),
            holds=Period(factories.LONG_AGO, end),
            reason="so that it ends",
        ),
        origin=Origin.SHARE,
        holder=factories.HERE,
        at=clock.now(),
    )


def _add(scene: Scene) -> None:
    with transaction.atomic():
        factories.note(scene.cole, "too late")
