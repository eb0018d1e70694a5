"""The board that stays current: what wakes it, who is shown what, and what the ledger says of it."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

import pytest
from django.db import transaction

from crossforce.access.operations import put_grants
from crossforce.duty import models
from crossforce.duty.choices import ENTRY
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import HERE, PARTNER, UNIT
from crossforce.kernel import clock, guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.live import hub, looking
from crossforce.kernel.live.telling import Change
from crossforce.kernel.periods import Period
from crossforce.kernel.testing import soon
from crossforce.kernel.testing.cast import Cast, Member, Player
from crossforce.kernel.testing.live import Reader, Streaming
from crossforce.kernel.testing.soon import until
from crossforce.ledger.models import Entry as LedgerEntry
from crossforce.people import models as people_models
from crossforce.people import operations as people_operations
from crossforce.people.choices import Actor
from crossforce.people.tests import cast as cast_module
from crossforce.people.tests import factories as people
from crossforce.records.choices import CONSULTED
from crossforce.records.tests import factories as records

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PATH = "/duty.board"
Looks = Callable[..., Reader]


@pytest.fixture
def bryn(cast: Cast) -> Player:
    """An inspector of the partner force, who sees this force's duties in the unit by an agreement."""
    factories.policy()
    factories.unit()
    factories.sharing((HERE, PARTNER))
    return cast.bryn("duty-inspector")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Change]:
    """What the hub has heard, from its beginning: the first of it is that it listens."""
    found: list[Change] = []
    changed = hub.Hub.changed

    def noted(own: hub.Hub, change: Change) -> None:
        changed(own, change)
        found.append(change)

    monkeypatch.setattr(hub.Hub, "changed", noted)
    return found


@pytest.fixture
def streaming(heard: list[Change], streaming: Streaming) -> Streaming:
    """The stream, once it listens."""
    until(lambda: bool(heard))
    return streaming


@pytest.fixture
def looks(streaming: Streaming) -> Looks:
    """Open the board as a player."""

    def opened(player: Player, query: str = "", **headers: str) -> Reader:
        cookie = player.client.cookies["crossforce_session"].value
        return streaming.reader(f"{PATH}?{query}", cookie, **headers)

    return opened


def looks_at_rest(streaming: Streaming) -> int:
    """How often was looked, when nobody is being looked for or about to be."""
    groups = streaming.application.hub.groups
    until(lambda: not any(e.is_due or e.is_being_looked_at for e in list(groups.values())))
    return streaming.application.hub.looks


def on(name: str, actor: Actor | None = None, **more: Any) -> models.Entry:
    """Somebody on duty in the unit from an hour ago for eight hours."""
    person = people.staff(HERE, name=name, number=f"{crc32(name.encode()) % 10**8}")
    actor, now = actor or factories.planner(), clock.now()
    with guarded.acting(actor):
        entry: models.Entry = models.Entry.objects.create(
            **_values(actor, person, name, now) | more
        )
    return entry


def _values(actor: Any, person: Any, name: str, now: datetime) -> dict[str, Any]:
    scope = guarded.ScopeOf(HERE, ENTRY, f"unit:{UNIT}", "", "OFFICIAL-SENSITIVE")
    return {
        "id": new_id(),
        "scope_id": guarded.scope(scope),
        "what": "duty",
        "staff": person.pk,
        "number": person.number,
        "name": name,
        "unit": UNIT,
        "starts_at": now - timedelta(hours=1),
        "ends_at": now + timedelta(hours=7),
        "status": "AV",
        "source_system": "test",
        "source_reference": str(new_id()),
        "purposes": ["duty-from-law"],
        "created_at": now,
        "created_by": actor.reference,
        "changed_at": now,
        "changed_by": actor.reference,
    }


def named(row: models.Entry, operation: str) -> int:
    """In how many entries of the ledger the row is named."""
    return LedgerEntry.objects.filter(operation=operation, rows__contains=[row.pk]).count()


class TestWhatWakesIt:
    def test_a_new_duty_comes_to_the_screen_by_itself(self, bryn: Player, looks: Looks) -> None:
        on("Robin Hill")
        reader = looks(bryn)
        assert "Robin Hill" in reader.next().html
        on("Sam Lowe")
        assert "Sam Lowe" in reader.next().html

    def test_whoever_may_not_see_it_is_not_woken(
        self, cast: Cast, bryn: Player, looks: Looks, streaming: Streaming
    ) -> None:
        cole, planner = cast.cole("duty-inspector"), factories.planner()
        reader = looks(cole)
        assert "Robin Hill" not in reader.next().html
        looked = looks_at_rest(streaming)
        on("Robin Hill", planner)
        assert reader.is_quiet(1)
        assert streaming.application.hub.looks == looked

    def test_a_changed_status_is_shown(self, bryn: Player, looks: Looks) -> None:
        entry = on("Robin Hill")
        reader = looks(bryn)
        before = reader.next()
        planner = factories.planner()
        with guarded.acting(planner):
            rows = models.Entry.objects.filter(pk=entry.pk)
            rows.update(status="RF", version=2, changed_by=planner.reference)
        after = reader.next()
        assert after.mark != before.mark
        assert "Robin Hill" in after.html

    def test_a_duty_that_begins_and_one_that_ends_by_the_clock(
        self, bryn: Player, looks: Looks, streaming: Streaming
    ) -> None:
        def changed(at: datetime) -> None:
            streaming.nobody_looks()
            ends, begins = on(f"Robin {at:%f}", ends_at=at), on(f"Sam {at:%f}", starts_at=at)
            reader = looks(bryn)
            first = reader.next().html
            soon.before(at)
            assert ends.name in first
            assert begins.name not in first
            second = reader.next().html
            assert ends.name not in second
            assert begins.name in second

        soon.attempted(changed, seconds=1.5)


class TestAccess:
    def test_an_agreement_that_ends_by_the_clock_empties_it_and_nothing_is_told(
        self, bryn: Player, looks: Looks, streaming: Streaming
    ) -> None:
        on("Robin Hill")

        def ended(at: datetime) -> None:
            streaming.nobody_looks()
            factories.sharing((HERE, PARTNER), holds=Period(records.LONG_AGO, at))
            reader = looks(bryn)
            first = reader.next().html
            soon.before(at)
            assert "Robin Hill" in first
            assert "Robin Hill" not in reader.next().html
            assert clock.now() >= at

        soon.attempted(ended, seconds=1.5)

    def test_an_agreement_that_is_ended_empties_it_at_once(
        self, bryn: Player, looks: Looks
    ) -> None:
        on("Robin Hill")
        reader = looks(bryn)
        assert "Robin Hill" in reader.next().html
        factories.sharing()
        assert "Robin Hill" not in reader.next().html

    def test_it_ends_with_the_posting(self, bryn: Player, looks: Looks) -> None:
        on("Robin Hill")
        reader = looks(bryn)
        reader.next()
        with guarded.acting(people.loader()):
            rows = people_models.Posting.objects.filter(pk=bryn.actor.posting)
            rows.update(ends_at=clock.now() + timedelta(seconds=1))
        assert reader.next().name == "end"

    def test_it_ends_with_the_session(self, bryn: Player, looks: Looks) -> None:
        reader = looks(bryn)
        reader.next()
        bryn.client.logout()
        ended = reader.next()
        assert (ended.name, ended.said) == ("end", {"why": "signed-out"})

    def test_it_ends_when_the_account_is_closed(self, bryn: Player, looks: Looks) -> None:
        reader = looks(bryn)
        reader.next()
        administrator = people.actor("force-administrator", PARTNER)
        people_operations.close_account(
            actor=administrator, account=bryn.account.pk, at=clock.now()
        )
        assert reader.next().name == "end"

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"Cookie": "crossforce_session=none"}, 401),
            ({"Cookie": ""}, 401),
            ({"Origin": "https://elsewhere.example"}, 403),
            ({"Origin": "http://127.0.0.1:9999"}, 403),
            ({"Origin": "", "Sec-Fetch-Site": "cross-site"}, 403),
            ({"Host": "elsewhere.example"}, 403),
        ],
    )
    def test_strangers_and_other_sites_get_nothing(
        self, bryn: Player, looks: Looks, headers: dict[str, str], status: int
    ) -> None:
        assert looks(bryn, **headers).status == status

    def test_a_board_of_another_instant_does_not_move(self, bryn: Player, looks: Looks) -> None:
        assert looks(bryn, "on=2026-01-01&time=10:00").status == 404


class TestGroups:
    def test_screens_of_one_posting_are_looked_at_once(
        self, bryn: Player, looks: Looks, streaming: Streaming
    ) -> None:
        planner = factories.planner()
        readers = [looks(bryn) for _ in range(4)]
        for each in readers:
            each.next()
        looked = looks_at_rest(streaming)
        on("Robin Hill", planner)
        assert all("Robin Hill" in each.next().html for each in readers)
        assert looks_at_rest(streaming) == looked + 1

    def test_an_account_has_no_more_than_so_many(self, bryn: Player, looks: Looks) -> None:
        found = [looks(bryn).status for _ in range(hub.MOST_OF_ACCOUNT + 1)]
        assert found == [200] * hub.MOST_OF_ACCOUNT + [429]

    def test_what_changes_while_somebody_looks_is_one_more_look(
        self,
        bryn: Player,
        looks: Looks,
        heard: list[Change],
        streaming: Streaming,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        reader = looks(bryn)
        reader.next()
        looked = looks_at_rest(streaming)
        go_on = _held_up(monkeypatch)
        before = len(heard)
        for number in range(12):
            on(f"Number {number}")
        until(lambda: [each.kind for each in heard[before:]].count(ENTRY) == 12)
        go_on.set()
        assert "Number 11" in _until(reader, "Number 11")
        assert looks_at_rest(streaming) - looked <= 2


class TestLedger:
    def test_names_what_is_new_on_the_screen_and_nothing_else(
        self, bryn: Player, looks: Looks
    ) -> None:
        first = on("Robin Hill")
        reader = looks(bryn)
        reader.next()
        assert named(first, CONSULTED) == 1
        second = on("Sam Lowe")
        reader.next()
        assert named(first, CONSULTED) == 1
        assert named(second, CONSULTED) == 1

    def test_says_nothing_when_nothing_new_is_shown(
        self, bryn: Player, looks: Looks, streaming: Streaming
    ) -> None:
        on("Robin Hill")
        reader = looks(bryn)
        reader.next()
        before = LedgerEntry.objects.count()
        with transaction.atomic():
            put_grants("other", [records.grant("records.note", recipient=PARTNER)])
        assert reader.is_quiet(1)
        assert LedgerEntry.objects.count() == before


class TestOneDrawingForOneSight:
    def test_is_shared_by_those_who_may_read_the_same_and_each_is_named(
        self,
        bryn: Player,
        streaming: Streaming,
        looks: Looks,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(hub, "FRESH", soon.PATIENCE)  # however long the looks take here
        planner = factories.planner()
        players = [bryn, *(_colleague(number) for number in range(3))]
        readers = [looks(each) for each in players]
        for each in readers:
            each.next()
        hub_ = streaming.application.hub
        shared = hub_.shared
        entry = on("Robin Hill", planner)
        pictures = [each.next() for each in readers]
        assert len({each.html for each in pictures}) == 1
        assert hub_.shared - shared == len(players) - 1
        assert named(entry, CONSULTED) == len(players)

    def test_is_not_shared_beyond_the_instant_at_which_it_changes(
        self, bryn: Player, looks: Looks, streaming: Streaming
    ) -> None:
        players = bryn, _colleague(1), _colleague(2)

        def ended(at: datetime) -> None:
            streaming.nobody_looks()
            name = on(f"Robin {at:%f}", ends_at=at).name
            readers = [looks(each) for each in players]
            first = [each.next().html for each in readers]
            soon.before(at)
            assert all(name in each for each in first)
            assert not any(name in each.next().html for each in readers)

        soon.attempted(ended, seconds=2)

    def test_is_not_shared_with_whoever_may_read_less(
        self, cast: Cast, bryn: Player, looks: Looks
    ) -> None:
        planner, cole = factories.planner(), cast.cole("duty-inspector")
        readers = [looks(bryn), looks(cole), looks(cast.asha("duty-inspector"))]
        for each in readers:
            each.next()
        entry = on("Robin Hill", planner)
        outside = on("Sam Lowe", planner, scope_id=elsewhere(planner), unit="")
        assert "Robin Hill" in readers[0].next().html
        assert "Sam Lowe" in _until(readers[2], "Sam Lowe")
        assert readers[1].is_quiet(1)
        assert readers[0].is_quiet(0.5)
        assert named(entry, CONSULTED) == 2
        assert named(outside, CONSULTED) == 1


def elsewhere(planner: Actor) -> int:
    """The scope of this force's duties in no unit."""
    with guarded.acting(planner):
        return guarded.scope(guarded.ScopeOf(HERE, ENTRY, "", "", "OFFICIAL-SENSITIVE"))


def _held_up(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """From now on whoever looks waits for this before."""
    go_on, look = threading.Event(), looking.look

    def waiting(*given: Any) -> Any:
        go_on.wait(soon.PATIENCE)
        return look(*given)

    monkeypatch.setattr(looking, "look", waiting)
    return go_on


def _until(reader: Reader, words: str) -> str:
    html = ""
    while words not in html:
        html = reader.next().html
    return html


def _colleague(number: int) -> Player:
    """One more inspector of the partner force, signed in."""
    return cast_module.made(Member(f"Colleague {number}", PARTNER), "duty-inspector")
