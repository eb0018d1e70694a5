"""Originals arrive whole or go on, never change, and go with their exhibit."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from crossforce.evidence import jobs, queries
from crossforce.evidence.choices import EXHIBIT, ITEM, WAITS, State
from crossforce.evidence.models import Item
from crossforce.evidence.operations import opening, receiving
from crossforce.evidence.operations.going import StandsByItsExhibit
from crossforce.evidence.operations.receiving import Expired, NotArriving, TooMany, WrongOffset
from crossforce.evidence.rules.sending import NotThere
from crossforce.evidence.tests import factories
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Gone, Reading
from crossforce.kernel.refusals import Missing
from crossforce.ledger.models import Entry as StoredEntry
from crossforce.records import operations as records
from crossforce.records.choices import Place
from crossforce.records.queries import place_of
from crossforce.records.tests.factories import (
    AT,
    HERE,
    LONG_AGO,
    PARTNER,
    as_asha,
    asha,
    bryn,
)

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def read(item: Item) -> bytes:
    _, reading = opening.read_content(actor=asha(), item=item.pk, asked="", at=AT)
    return b"".join(reading.parts())


class TestReceiving:
    def test_an_original_comes_in_turns_and_is_told_by_its_content(self) -> None:
        factories.policy()
        item = factories.begun(factories.exhibit(), len(PNG), "holiday.exe")
        by: dict[str, Any] = {"actor": asha(), "item": item.pk, "at": AT}
        receiving.receive(offset=0, parts=[PNG[:7]], **by)
        assert receiving.offset_of(**by)[1] == 7
        with pytest.raises(WrongOffset):
            receiving.receive(offset=0, parts=[PNG], **by)
        done = receiving.receive(offset=7, parts=[PNG[7:]], **by)
        assert (done.state, done.media_type) == (State.KEPT, "image/png")
        assert read(done) == PNG

    def test_what_came_before_a_line_broke_stays(self) -> None:
        def broken() -> Any:
            yield b"half"
            raise ConnectionResetError

        factories.policy()
        item = factories.begun(factories.exhibit(), 8)
        with pytest.raises(ConnectionResetError), transaction.atomic():
            receiving.receive(actor=asha(), item=item.pk, offset=0, parts=broken(), at=AT)
        assert receiving.offset_of(actor=asha(), item=item.pk, at=AT)[1] == 4

    def test_more_than_was_said_is_refused(self) -> None:
        factories.policy()
        item = factories.begun(factories.exhibit(), 3)
        with pytest.raises(TooMany):
            receiving.receive(actor=asha(), item=item.pk, offset=0, parts=[b"four"], at=AT)

    def test_an_empty_file_is_whole_at_once(self) -> None:
        factories.policy()
        assert factories.begun(factories.exhibit(), 0).is_kept

    def test_what_is_kept_or_late_takes_nothing_more(self) -> None:
        factories.policy()
        exhibit = factories.exhibit()
        with pytest.raises(NotArriving):
            receiving.receive(
                actor=asha(), item=factories.kept(exhibit, b"a").pk, offset=1, parts=[], at=AT
            )
        late = AT + WAITS + timedelta(seconds=1)
        with pytest.raises(Expired):
            receiving.offset_of(actor=asha(), item=factories.begun(exhibit, 5).pk, at=late)

    def test_what_is_given_up_is_destroyed_and_told(self) -> None:
        factories.policy()
        item = factories.begun(factories.exhibit(), 5)
        receiving.receive(actor=asha(), item=item.pk, offset=0, parts=[b"abc"], at=AT)
        assert receiving.give_up(actor=asha(), item=item.pk, at=AT).state == State.GIVEN_UP
        assert StoredFile.objects.get(pk=item.file).sealed is None

    def test_what_is_late_is_given_up_and_its_record_says_so(self) -> None:
        factories.policy()
        exhibit = factories.exhibit()
        item, fresh = factories.begun(exhibit, 5), factories.begun(exhibit, 5)
        StoredFile.objects.filter(pk=fresh.file).update(begun_at=AT + timedelta(hours=1))
        late = AT + WAITS + timedelta(seconds=1)
        assert jobs.give_up_late(late) == 1
        assert StoredFile.objects.get(pk=item.file).sealed is None
        assert StoredFile.objects.get(pk=fresh.file).sealed is not None
        assert (item.state_at(AT), item.state_at(late)) == (State.ARRIVING, State.GIVEN_UP)


class TestOriginals:
    def test_one_that_is_kept_never_changes(self) -> None:
        factories.policy()
        item = factories.kept(factories.exhibit(), b"film")
        for name, value in (("sha256", "0" * 64), ("state", "arriving"), ("name", "other")):
            with as_asha(), pytest.raises(DatabaseError), transaction.atomic():
                Item.objects.filter(pk=item.pk).update(**{name: value})

    def test_every_look_is_entered_with_the_bytes_that_are_handed_out(self) -> None:
        factories.policy()
        item = factories.kept(factories.exhibit(), b"film")
        by: dict[str, Any] = {"actor": asha(), "item": item.pk, "at": AT}
        for asked in ("bytes=1-2", "bytes=0-0,1-1", "bytes=-" + "9" * 5000):
            opening.read_part(asked=asked, **by)
        with pytest.raises(NotThere):
            opening.read_part(asked="bytes=4-", **by)
        entries = StoredEntry.objects.filter(operation="evidence.content-read")
        bodies = [bytes(each.body) for each in entries]
        assert sum(b"2 bytes from 1" in each for each in bodies) == 1
        assert sum(b"whole" in each for each in bodies) == 2
        assert len(bodies) == 3
        assert {str(item.pk) in each.subject for each in entries} == {True}

    def test_another_force_knows_nothing_of_them(self) -> None:
        factories.policy()
        item = factories.kept(factories.exhibit(), b"film")
        with pytest.raises(Missing):
            opening.read_content(actor=bryn(), item=item.pk, asked="", at=AT)
        factories.policy(reference="shared", recipient=PARTNER, actions=("find", "read"))
        opening.read_content(actor=bryn(), item=item.pk, asked="", at=AT)
        assert not queries.opened(bryn(), item.exhibit).may_add

    def test_they_stand_where_their_exhibit_stands(self) -> None:
        factories.policy()
        exhibit = factories.exhibit()
        item = factories.kept(exhibit, b"film")
        to = Place(HERE, "case:op-heron")
        by: dict[str, Any] = {"actor": asha(), "to": to, "reason": "", "at": AT}
        with pytest.raises(StandsByItsExhibit):
            records.move(kind=ITEM, record=item.pk, version=item.version, **by)
        records.move(kind=EXHIBIT, record=exhibit.pk, version=exhibit.version, **by)
        with as_asha():
            assert place_of(Item.objects.get().scope_id) == to

    def test_they_go_with_their_exhibit_and_their_bytes_with_them(self) -> None:
        factories.policy()
        exhibit = factories.exhibit(at=LONG_AGO)
        item = factories.kept(exhibit, b"film", at=LONG_AGO)
        reading = StoredFile.objects.get(pk=item.file)
        by: dict[str, Any] = {"actor": asha(), "reason": "Returned to its owner", "at": AT}
        records.dispose(kind=EXHIBIT, record=exhibit.pk, version=exhibit.version, **by)
        reading.refresh_from_db()
        with pytest.raises(Gone):
            Reading(reading)
