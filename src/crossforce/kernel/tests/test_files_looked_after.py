"""Every night a share of what is kept is read again, and what was begun and left is given up."""

import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from crossforce.kernel import clock, doctor
from crossforce.kernel.files import fixity, keeping, looking_after, standing
from crossforce.kernel.files.models import HolderKey, StoredFile
from crossforce.kernel.files.sealing import SEGMENT

DORSET = "dorset-police"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.OBJECT_STORE_URL = settings.OBJECT_STORE_COPY_URL = ""
    settings.FIXITY_DAYS = 3
    return tmp_path / "files"


def kept(days: int) -> UUID:
    """A file that was kept so many days ago."""
    at = clock.now() - timedelta(days=days)
    return keeping.keep_stream(holder=DORSET, source=io.BytesIO(os.urandom(9)), at=at)[0].pk


def due() -> list[UUID]:
    return list(looking_after.due(clock.now()))


def said() -> doctor.Finding:
    (finding,) = looking_after.look()
    return finding


class TestShare:
    def test_takes_what_was_longest_not_looked_at(self) -> None:
        newest, oldest, between = kept(0), kept(2), kept(1)
        assert due() == [oldest]
        assert looking_after.tonight(lambda: True).holders[DORSET][0] == 1
        assert due() == [], "the share of the day is done"
        StoredFile.objects.filter(pk=oldest).update(examined_at=clock.now() - timedelta(days=1))
        assert due() == [between]
        assert newest not in due()

    def test_all_that_is_late_is_due(self) -> None:
        late = [kept(9), kept(8), kept(4)]
        kept(1)
        assert due() == late

    def test_what_was_destroyed_is_looked_for_once(self, place: Path) -> None:
        file = kept(1)
        name = StoredFile.objects.get(pk=file).name
        keeping.let_go(file=file, at=clock.now())
        assert (place / name).exists(), "as when the server died just then"
        looking_after.tonight(lambda: True)
        assert not (place / name).exists()
        assert not due()

    def test_stops_within_a_long_file_and_marks_no_part_of_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(looking_after, "BREATH", SEGMENT)
        long = os.urandom(2 * SEGMENT)
        at = clock.now() - timedelta(days=1)
        keeping.keep_stream(holder=DORSET, source=io.BytesIO(long), at=at)
        with pytest.raises(looking_after.Stopped):
            looking_after.tonight(lambda: False)
        assert StoredFile.objects.get().examined_at is None


class TestGivingUp:
    @pytest.mark.parametrize(("began", "sent", "goes"), [(20, 20, 1), (20, 3, 0), (3, 3, 0)])
    def test_what_was_left_for_a_fortnight(self, began: int, sent: int, goes: int) -> None:
        now = clock.now()
        file = keeping.begin(holder=DORSET, at=now - timedelta(days=began))
        with keeping.coming(file.pk) as arrival:
            arrival.append(b"some of it")
            arrival.settle()
        then = (now - timedelta(days=sent)).timestamp()
        os.utime(standing.arriving() / f"{file.pk}.part", (then, then))
        assert looking_after.give_up_left(now) == goes
        file.refresh_from_db()
        assert bool(file.destroyed_at) == bool(goes)

    def test_what_nobody_can_read_keeps_no_night_from_its_work(self) -> None:
        now, sound = clock.now(), kept(1)
        file = keeping.begin(holder="wiltshire-police", at=now - timedelta(days=20))
        HolderKey.objects.filter(holder="wiltshire-police").update(sealed=b"something else")
        looking_after.tonight(lambda: True)
        file.refresh_from_db()
        assert file.destroyed_at
        assert StoredFile.objects.get(pk=sound).examined_at
        gone = StoredFile.objects.create(
            holder="wiltshire-police",
            key_number=7,
            sealed=b"x",
            begun_at=now - timedelta(days=8),
        )
        assert keeping.give_up_begun(before=now - timedelta(days=7), at=now) == 1
        gone.refresh_from_db()
        assert gone.destroyed_at

    def test_what_came_of_a_change_that_was_undone_goes(self, place: Path) -> None:
        now, known = clock.now(), kept(1)
        with transaction.atomic():
            file = keeping.begin(holder=DORSET, at=now)
            with keeping.coming(file.pk) as arrival:
                arrival.append(b"some of it")
                arrival.settle()
                keeping.put(arrival)
            transaction.set_rollback(True)
        part = standing.arriving() / f"{file.pk}.part"
        assert looking_after.drop_strays(now) == 0, "its change may not be made yet"
        os.utime(part, (0, 0))
        assert looking_after.drop_strays(now) == 1
        assert not part.exists()
        assert not (place / file.name).exists()
        assert (place / StoredFile.objects.get(pk=known).name).exists()

    def test_what_a_crash_left_without_a_name_goes(
        self, place: Path, tmp_path: Path, settings: Any
    ) -> None:
        """Killed between two steps, a file lies beside the place where it should be; what mends it too."""
        settings.OBJECT_STORE_COPY_URL = str(tmp_path / "second")
        file = StoredFile.objects.get(pk=kept(1))
        left = [
            folder / f"{file.holder}/{file.pk.hex[-2:]}/.{file.pk}.0a1b2c3d"
            for folder in (place, tmp_path / "second")
        ]
        left.append(standing.arriving() / ".mending-abc/copy")
        left[2].parent.mkdir(parents=True)
        for each in left:
            each.write_bytes(b"some of it")
        now = clock.now()
        assert looking_after.drop_strays(now) == 0, "it may be at work"
        assert looking_after.drop_strays(now + timedelta(days=20)) == len(left)
        assert not [each for each in left if each.exists()]
        assert not [found for found in fixity.examine() if found.faults]

    def test_nobody_who_sends_is_disturbed(self) -> None:
        now = clock.now()
        file = keeping.begin(holder=DORSET, at=now - timedelta(days=20))
        with keeping.coming(file.pk) as arrival:
            os.utime(arrival.path, (0, 0))
            assert looking_after.give_up_left(now) == 0


class TestDoctor:
    def test_says_since_when_all_were_read(self, settings: Any) -> None:
        assert said().said == "none are kept"
        kept(1)
        assert "all were read since" in said().said
        kept(20)
        assert said().grade == doctor.WARNING

    def test_says_how_many_are_not_as_they_were(self, place: Path) -> None:
        (place / StoredFile.objects.get(pk=kept(1)).name).write_bytes(b"")
        list(fixity.examine())
        assert said().grade == doctor.SERIOUS
        assert said().said.startswith("1 ")
