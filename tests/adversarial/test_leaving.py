"""Periods end at the instant they end, in the middle of a transaction, and nothing runs to make it so."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from django.db import transaction

from crossforce.access.choices import Origin
from crossforce.access.operations import put_grants
from crossforce.duty.tests import factories as duties
from crossforce.duty.tests.test_live import on
from crossforce.kernel import clock, guarded
from crossforce.kernel.periods import Period
from crossforce.kernel.testing import soon
from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.testing.live import Streaming
from crossforce.people import models as people
from crossforce.people.tests import factories as people_factories
from crossforce.records.tests import factories
from crossforce.sharing.choices import NewShare
from crossforce.sharing.operations import give_share
from tests.adversarial.conftest import Scene, raw

COUNT = "SELECT count(*) FROM records_note"
SOON = 0.4
"""Seconds until a period ends."""


def given_until(ends: datetime) -> None:
    """A clause that opens this force's notes to the stranger's force, until then."""
    _given(Period(factories.LONG_AGO, ends))


def _given(holds: Period) -> None:
    with transaction.atomic():
        put_grants(
            "leaving",
            [factories.grant("records.note", recipient=factories.ELSEWHERE, holds=holds)],
        )


AND_NOTHING: Final = (
    "SELECT id FROM records_pointer",
    "SELECT id FROM records_noteevent",
    "SELECT * FROM records_search('van', '{}', 9)",
)


def changes(who: Any, make: Callable[[datetime], None], *, was: int, then: int) -> None:
    """Whoever acts counts so many notes in an open transaction, and from the instant on so many."""

    def attempt(at: datetime) -> None:
        make(at)
        with guarded.acting(who):
            found = raw(COUNT)
            soon.before(at)
            assert found == [(was,)]
            soon.passed(at)
            assert raw(COUNT) == [(then,)]
            assert then or [raw(each) for each in AND_NOTHING] == [[]] * len(AND_NOTHING)

    soon.attempted(attempt, seconds=SOON)


@pytest.mark.slow
class TestInAnOpenTransaction:
    def test_the_next_statement_after_a_leave_sees_nothing(self, standing_scene: Scene) -> None:
        changes(standing_scene.cole, given_until, was=1, then=0)

    def test_the_next_statement_after_a_posting_ended_sees_nothing(
        self, standing_scene: Scene
    ) -> None:
        given_until(clock.now() + timedelta(days=1))

        def ended(at: datetime) -> None:
            _end_posting(standing_scene.cole, at)
            with guarded.acting(standing_scene.cole):
                found = raw(COUNT)
                soon.before(at)
                assert found == [(1,)]
                soon.passed(at)
                assert raw(COUNT) == [(0,)]
                with pytest.raises(Exception, match="row-level security"):
                    _add(standing_scene)

        soon.attempted(ended, seconds=SOON)

    def test_the_next_statement_after_a_share_ended_sees_nothing(
        self, standing_scene: Scene
    ) -> None:
        def shared(until: datetime) -> None:
            with transaction.atomic():
                _share(standing_scene, until)

        changes(standing_scene.cole, shared, was=1, then=0)

    def test_the_next_statement_after_a_beginning_sees_the_rows(
        self, standing_scene: Scene
    ) -> None:
        def given_from(begins: datetime) -> None:
            _given(Period(begins))

        changes(standing_scene.cole, given_from, was=0, then=1)

    def test_a_statement_that_is_repeated_by_a_prepared_plan_ends_too(
        self, standing_scene: Scene
    ) -> None:
        def ended(at: datetime) -> None:
            given_until(at)
            with guarded.acting(standing_scene.cole):
                plan = f"live_{at:%H%M%S%f}"
                raw(f"PREPARE {plan} AS SELECT count(*) FROM records_note")
                found = [raw(f"EXECUTE {plan}") for _ in range(6)]
                soon.before(at)
                assert found == [[(1,)]] * 6
                soon.passed(at)
                assert raw(f"EXECUTE {plan}") == [(0,)]

        soon.attempted(ended, seconds=SOON)
        raw("DEALLOCATE ALL")

    def test_nothing_was_written_and_no_job_was_queued_to_make_it_so(
        self, standing_scene: Scene
    ) -> None:
        end = clock.now() + timedelta(seconds=SOON)
        given_until(end)
        before = _written()
        soon.passed(end)
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
        cookie = bryn.client.cookies["crossforce_session"].value

        def left(end: datetime) -> None:
            streaming.nobody_looks()
            holds = Period(factories.LONG_AGO, end)
            duties.sharing((duties.HERE, duties.PARTNER), holds=holds)
            reader = streaming.reader("/duty.board", cookie)
            first, before = reader.next().html, _written()
            soon.before(end)
            assert duty.name in first
            after = reader.next()
            assert duty.name not in after.html
            assert str(duty.pk) not in after.html
            assert clock.now() >= end
            queued, entries, postings = _written()
            assert (queued, postings) == (before[0], before[2])
            assert entries[0][0] - before[1][0][0] <= 1  # that it was looked at

        soon.attempted(left, seconds=5 * SOON)

    def test_a_posting_that_ends_closes_it(self, cast: Cast, streaming: Streaming) -> None:
        duties.policy()
        bryn = cast.bryn("duty-inspector")
        cookie = bryn.client.cookies["crossforce_session"].value

        def ended(at: datetime) -> None:
            streaming.nobody_looks()
            _end_posting(bryn.actor, at)
            reader = streaming.reader("/duty.board", cookie)
            if reader.status != 200 or reader.next().name == "end":
                raise soon.TooLate
            soon.before(at)
            assert reader.next().name == "end"

        soon.attempted(ended, seconds=3 * SOON)


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
