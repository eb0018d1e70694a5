"""Files are sealed, kept once, read in parts, destroyed with their key, and proven to be what they were."""

import io
import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from blake3 import blake3
from django.db import connection, transaction

from crossforce.kernel.files import fixity, keeping, keyring, sealing, standing
from crossforce.kernel.files.models import HolderKey, StoredFile
from crossforce.kernel.files.places import Folder
from crossforce.kernel.files.reading import Gone, Reading
from crossforce.kernel.files.remote import Bucket
from crossforce.kernel.files.sealing import SEGMENT, Altered
from crossforce.kernel.testing.soon import PATIENCE

AT = datetime(2026, 3, 1, tzinfo=UTC)
WILTSHIRE, DORSET = "wiltshire-police", "dorset-police"
BYTES = os.urandom(2 * SEGMENT + 70_000)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.OBJECT_STORE_URL = settings.OBJECT_STORE_COPY_URL = ""
    return tmp_path / "files"


def kept(content: bytes = BYTES, holder: str = WILTSHIRE) -> StoredFile:
    return keeping.keep_stream(holder=holder, source=io.BytesIO(content), at=AT)[0]


def read(file: StoredFile, start: int = 0, length: int | None = None) -> bytes:
    return b"".join(Reading(file).parts(start, length))


def flip(path: Path, at: int) -> None:
    with path.open("r+b") as stored:
        stored.seek(at)
        byte = stored.read(1)
        stored.seek(at)
        stored.write(bytes([byte[0] ^ 1]))


class TestKeeping:
    def test_gives_back_what_came_and_says_what_it_is(self) -> None:
        file = kept()
        assert read(file) == BYTES
        sums = Reading(file).sums
        assert (sums.size, sums.sha256) == (len(BYTES), sha256(BYTES).hexdigest())
        assert sums.blake3 == blake3(BYTES).hexdigest()

    def test_keeps_what_fills_its_buffers_again(self) -> None:
        content = os.urandom(keeping.PART * 7 + 5)
        assert kept(content).kept_at
        assert Reading(kept(content)).sums.sha256 == sha256(content).hexdigest()

    def test_keeps_an_empty_file_and_one_that_ends_with_a_segment(self) -> None:
        for content in (b"", BYTES[:SEGMENT]):
            file = kept(content)
            assert read(file) == content
            assert Reading(file).found().size == len(content)

    def test_stores_nothing_that_tells_what_it_is(self, place: Path) -> None:
        file = kept(b"towpath " * 1000)
        assert b"towpath" not in (place / file.name).read_bytes()
        assert sha256(b"towpath " * 1000).digest() not in bytes(file.sealed or b"")

    def test_keeps_the_same_bytes_once_for_one_holder(self, place: Path) -> None:
        first, again = kept(), kept()
        assert first == again
        assert not keeping.let_go(file=first.pk, at=AT)
        assert read(first) == BYTES

    @pytest.mark.parametrize("content", [BYTES, BYTES[: 2 * SEGMENT], b"short", b""])
    def test_bytes_that_come_again_mend_what_was_damaged(
        self, place: Path, content: bytes
    ) -> None:
        file = kept(content)
        flip(place / file.name, (place / file.name).stat().st_size - 1)
        assert not [each for each in fixity.examine() if each.is_sound]
        assert kept(content) == file
        assert read(file) == content
        file.refresh_from_db()
        assert (file.uses, file.is_sound) == (2, True)

    def test_shares_nothing_between_holders(self) -> None:
        ours, theirs = kept(), kept(holder=DORSET)
        assert ours.pk != theirs.pk
        assert bytes(ours.likeness or b"") != bytes(theirs.likeness or b"")

    def test_nothing_stays_where_it_arrived(
        self, place: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            kept()
            kept()
        assert not list((place / standing.ARRIVING).iterdir())
        assert len([each for each in place.rglob("*") if each.is_file()]) == 1

    def test_nothing_is_added_to_what_is_whole(self) -> None:
        file = kept()
        with pytest.raises(keeping.AlreadyWhole), keeping.coming(file.pk):
            pass

    def test_what_arrived_damaged_can_be_given_up(self, place: Path) -> None:
        file = keeping.begin(holder=WILTSHIRE, at=AT)
        with keeping.coming(file.pk) as arrival:
            arrival.append(BYTES)
            arrival.settle()
        flip(place / standing.ARRIVING / f"{file.pk}.end", 30)
        with pytest.raises(Altered), keeping.coming(file.pk):
            pass
        keeping.give_up(file=file.pk, at=AT)
        file.refresh_from_db()
        assert file.destroyed_at

    def test_a_change_that_is_undone_can_be_made_again(self) -> None:
        """Its bytes are in their place by then."""
        file = keeping.begin(holder=WILTSHIRE, at=AT)
        with keeping.coming(file.pk) as arrival:
            arrival.append(BYTES)
            arrival.settle()
            with transaction.atomic():
                keeping.keep(arrival, at=AT)
                transaction.set_rollback(True)
        with keeping.coming(file.pk) as arrival:
            assert arrival.offset == len(BYTES)
            arrival.append(b"and more")
            again = keeping.keep(arrival, at=AT)
        assert read(again) == BYTES + b"and more"


class TestReading:
    def test_any_part(self) -> None:
        file, end = kept(), len(BYTES)
        edges = [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, end - 1, end, end + 9]
        for start in edges:
            for length in (0, 1, SEGMENT, SEGMENT + 2, end):
                assert read(file, start, length) == BYTES[start : start + length]

    def test_reads_no_more_of_the_store_than_it_needs(self, place: Path) -> None:
        file = kept()
        asked: list[int] = []

        class Watched(Folder):
            def read(self, name: str, start: int, length: int) -> bytes:
                asked.append(length)
                return super().read(name, start, length)

        watched = Watched(place)
        assert (
            b"".join(Reading(file, watched).parts(SEGMENT + 5, 10)) == BYTES[SEGMENT + 5 :][:10]
        )
        assert sum(asked) == SEGMENT + sealing.OVER

    @pytest.mark.parametrize("at", [40, SEGMENT, sealing.place_of(2) + 20, -1])
    def test_says_which_file_was_changed(self, place: Path, at: int) -> None:
        file = kept()
        path = place / file.name
        flip(path, at % path.stat().st_size)
        with pytest.raises(Altered, match=str(file.pk)):
            read(file)

    def test_notices_what_is_cut_off_and_what_changed_places(self, place: Path) -> None:
        file = kept()
        path, whole = place / file.name, (place / file.name).read_bytes()
        first, second, third = (sealing.place_of(n) for n in range(3))
        for other in (
            whole[:third],
            whole[:first] + whole[second:third] + whole[first:second] + whole[third:],
        ):
            path.write_bytes(other)
            with pytest.raises(Altered):
                Reading(file).found()


class TestDestroying:
    def test_what_nothing_uses_is_gone_wherever_it_lies(
        self, place: Path, tmp_path: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        file = kept()
        stolen = (place / file.name).read_bytes()
        with django_capture_on_commit_callbacks(execute=True):
            assert keeping.let_go(file=file.pk, at=AT)
        assert not (place / file.name).exists()
        (place / file.name).write_bytes(stolen)
        file.refresh_from_db()
        with pytest.raises(Gone):
            Reading(file)
        assert not list(fixity.examine())
        assert not (place / file.name).exists(), "what was left behind goes at the next look"

    def test_the_same_bytes_can_come_again(self) -> None:
        first = kept()
        keeping.let_go(file=first.pk, at=AT)
        assert read(kept()) == BYTES


class TestKeys:
    def test_a_new_key_of_the_holder_writes_no_file_anew(self, place: Path) -> None:
        file, twin = kept(), kept(b"another")
        before = (place / file.name).stat()
        assert keyring.rotate(WILTSHIRE) == (2, 2)
        for each in (file, twin):
            each.refresh_from_db()
        assert (read(file), read(twin)) == (BYTES, b"another")
        assert (place / file.name).stat().st_mtime_ns == before.st_mtime_ns
        assert kept() == file, "the same bytes are still known"
        assert HolderKey.objects.get(number=1).sealed is None

    def test_what_is_destroyed_meanwhile_keeps_no_new_key_from_the_rest(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file, doomed = kept(), kept(b"another")
        in_batches = keyring._in_batches

        def meanwhile(keys: Any) -> Iterator[list[UUID]]:
            for some in in_batches(keys):
                keeping.let_go(file=doomed.pk, at=AT)
                yield some

        monkeypatch.setattr(keyring, "_in_batches", meanwhile)
        assert keyring.rotate(WILTSHIRE) == (2, 1)
        file.refresh_from_db()
        assert read(file) == BYTES

    def test_a_reader_who_came_before_the_new_key_reads(self) -> None:
        file, gone = kept(), kept(b"another")
        keyring.rotate(WILTSHIRE)
        assert read(file) == BYTES
        keeping.let_go(file=gone.pk, at=AT)
        with pytest.raises(Gone):
            Reading(gone)

    def test_a_new_master_key_reaches_the_holders(self, settings: Any) -> None:
        """Sealed again, each in the context of its own row."""
        file = kept()
        before = HolderKey.objects.get().sealed

        def reseal(sealed: bytes, *, context: str) -> bytes:
            plain: bytes = settings.KEYS.unseal(sealed, context=context)
            fresh: bytes = settings.KEYS.seal(plain, context=context)
            return fresh

        assert keyring.reseal_all(reseal) == 1
        assert HolderKey.objects.get().sealed != before
        assert read(file) == BYTES


class TestFixity:
    def test_names_what_is_changed_and_what_is_missing(self, place: Path) -> None:
        sound, changed, missing = kept(b"one"), kept(b"two"), kept(b"three")
        flip(place / changed.name, 50)
        (place / missing.name).unlink()
        found = {each.file: each for each in fixity.examine()}
        assert [found[each.pk].is_sound for each in (sound, changed, missing)] == [
            True,
            False,
            False,
        ]
        assert str(changed.pk) in found[changed.pk].faults[0]

    def test_what_goes_or_gets_a_new_key_meanwhile_is_no_fault(self) -> None:
        files = [kept(bytes([number])) for number in range(3)]
        found = fixity.examine()
        assert next(found).is_sound
        keeping.let_go(file=files[1].pk, at=AT)
        keyring.rotate(WILTSHIRE)
        assert [(each.file, each.faults) for each in found] == [(files[2].pk, ())]

    def test_a_key_that_nobody_can_open_is_a_fault_and_no_end(self) -> None:
        broken, sound = kept(holder=DORSET), kept()
        HolderKey.objects.filter(holder=DORSET).update(sealed=b"something else")
        assert [(each.file, each.is_sound) for each in fixity.examine()] == [
            (broken.pk, False),
            (sound.pk, True),
        ]

    def test_names_no_more_faults_than_an_entry_holds(self) -> None:
        tally = fixity.Tally()
        for _ in range(fixity.NAMED + 5):
            tally.add(fixity.Examined(UUID(int=1), DORSET, 2, ("one", "two")))
        (told,) = tally.told(AT)
        assert (told.files, told.faults, len(told.named)) == (105, 210, fixity.NAMED)

    @pytest.mark.parametrize("remote", [False, True])
    def test_mends_each_copy_from_the_other(
        self, place: Path, tmp_path: Path, settings: Any, remote: bool, monkeypatch: Any
    ) -> None:
        (tmp_path / "second").mkdir()
        settings.OBJECT_STORE_COPY_URL = str(tmp_path / "second")
        if remote:
            bucket = Bucket(f"file://{tmp_path}/second")
            monkeypatch.setattr(standing, "second", lambda: bucket)
        first, second = kept(), kept(b"two")
        flip(place / first.name, 100)
        (tmp_path / "second" / second.name).unlink()
        assert [each.is_mended for each in fixity.examine()] == [True, True]
        assert not [each for each in fixity.examine() if each.faults]
        assert read(first) == BYTES


@pytest.mark.django_db(transaction=True)
def test_bytes_that_come_while_the_same_are_destroyed_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, again = kept(), list[StoredFile]()
    known, use = threading.Event(), keeping._use

    def once_known(file: UUID) -> int:
        known.set()
        return use(file)

    monkeypatch.setattr(keeping, "_use", once_known)
    sender = threading.Thread(target=beside, args=[lambda: again.append(kept())])
    with transaction.atomic():
        keeping.let_go(file=first.pk, at=AT)
        sender.start()
        assert known.wait(PATIENCE)
    sender.join(PATIENCE)
    assert read(again[0]) == BYTES


@pytest.mark.django_db(transaction=True)
def test_a_new_master_key_waits_for_the_holder_who_is_new() -> None:
    """Its key is sealed, and nobody else sees it yet."""
    counts: list[int] = []

    @transaction.atomic
    def reseal() -> None:
        counts.append(keyring.reseal_all(lambda sealed, *, context: sealed))

    master = threading.Thread(target=beside, args=[reseal])
    with transaction.atomic():
        keyring.current(WILTSHIRE)
        master.start()
        master.join(0.2)
        assert master.is_alive()
    master.join(PATIENCE)
    assert counts == [1]


def beside(work: Callable[[], object]) -> None:
    """On a connection of its own."""
    try:
        work()
    finally:
        connection.close()


def test_a_place_that_fails_after_the_commit_undoes_nothing(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def fails(*given: object) -> None:
        raise OSError("the store is away")

    monkeypatch.setattr(keeping, "clear", fails)
    with django_capture_on_commit_callbacks(execute=True):
        file = kept()
    assert read(file) == BYTES
