"""A viewing copy plays what a browser cannot, is made once, and goes with its original; what makes it may end at any moment."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from typer.testing import CliRunner

from crossforce.evidence.choices import EXHIBIT, ITEM
from crossforce.evidence.commands import commands
from crossforce.evidence.inspection import films, outside
from crossforce.evidence.inspection import viewing as making
from crossforce.evidence.models import Exhibit, Item, ViewingCopy
from crossforce.evidence.models.viewing import SILENT, TRIES
from crossforce.evidence.operations import viewing
from crossforce.evidence.tests import factories, filmed
from crossforce.evidence.tests.filmed import Kept
from crossforce.evidence.tests.hidden import SECRET
from crossforce.evidence.tests.test_sharing import entered
from crossforce.kernel.files import keeping
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.refusals import Missing
from crossforce.kernel.testing.cast import Cast
from crossforce.records import operations as records
from crossforce.records.tests.factories import AT, LONG_AGO, as_asha, asha

pytestmark = filmed.needed


def heard(_: float) -> None:
    pass


def film(content: bytes | None = None, name: str = "a.mkv", at: Any = AT) -> Item:
    factories.policy()
    content = filmed.matroska() if content is None else content
    return factories.kept(factories.exhibit(at=at), content, name, at=at)


def asked(item: Item) -> ViewingCopy:
    return viewing.ask(actor=asha(), item=item.pk, at=AT)


def standing() -> ViewingCopy:
    return ViewingCopy.objects.get()


class TestMaking:
    def test_it_keeps_the_moments_and_nothing_that_was_written_in(self) -> None:
        content, told = filmed.matroska(), list[float]()
        made = making.make(Kept(content), len(content), told.append)
        copy = b"".join(made.parts())
        assert copy[4:8] == b"ftyp"
        assert copy.index(b"moov") < copy.index(b"mdat")
        assert SECRET.encode() in content
        assert SECRET.encode() not in copy
        assert abs(films.seconds(films.probed(Kept(copy), len(copy))) - 3) < 0.1
        assert all(0 <= each < 1 for each in told)

    def test_of_a_long_film_it_has_room(self) -> None:
        assert making._rate(60) == making.MOST
        for hours in (1, 2, making.HOURS):
            rate = making._rate(hours * 3600) + making.SOUND
            assert rate * 1000 / 8 * hours * 3600 < making.MAKING.most

    @pytest.mark.parametrize(
        "content", [filmed.film()[:900] + bytes(3_000), b"RIFF" + bytes(99)]
    )
    def test_what_is_broken_says_why(self, content: bytes) -> None:
        assert making.make(Kept(content), len(content), heard).why_not


@pytest.mark.django_db
class TestKeeping:
    def test_it_is_made_once_and_played_in_parts(self, cast: Cast) -> None:
        item, client = film(), cast.asha("investigator").client
        page = f"/evidence/items/{item.pk}/"
        assert "Make a viewing copy" in client.get(page).content.decode()
        client.post(f"{page}viewing/", {"idempotency_key": str(uuid4())})
        assert "it waits for its turn" in client.get(page).content.decode()
        asked(item)
        assert viewing.make_next()
        assert not viewing.make_next()
        shown = client.get(page).content.decode()
        assert "This is a viewing copy, not the original" in shown
        assert f'src="{page}viewing/content/"' in shown
        part = played(client, page, "bytes=0-99")
        assert part.headers["Content-Range"] == f"bytes 0-99/{standing().made_size}"
        assert part.headers["Content-Type"] == "video/mp4"
        told = [each.detail["part"] for each in entered("evidence.content-read")]
        assert told == ["to make a viewing copy", "viewing copy, 100 bytes from 0"]
        with as_asha():
            assert Item.objects.count() == 1

    def test_who_may_not_read_the_original_neither_asks_nor_sees(self, cast: Cast) -> None:
        item, stranger = film(), cast.cole("investigator").actor
        with pytest.raises(Missing):
            viewing.ask(actor=stranger, item=item.pk, at=AT)
        asked(item)
        viewing.make_next()
        with pytest.raises(Missing):
            viewing.play(actor=stranger, item=item.pk, asked="", at=AT)

    def test_what_cannot_be_made_says_why_and_is_tried_again(self, cast: Cast) -> None:
        item = film(filmed.matroska()[:300] + bytes(5_000))
        asked(item)
        viewing.make_next()
        why = standing().why_not
        page = f"/evidence/items/{item.pk}/"
        shown = cast.asha("investigator").client.get(page).content.decode()
        assert "No viewing copy could be made" in shown
        assert why in shown
        assert asked(item).is_waiting

    @pytest.mark.parametrize("kind", [EXHIBIT, ITEM])
    def test_it_goes_with_its_original(self, kind: str) -> None:
        item = film(at=LONG_AGO)
        asked(item)
        viewing.make_next()
        file = standing().file
        assert file is not None
        goes = {EXHIBIT: item.exhibit, ITEM: item.pk}[kind]
        with as_asha():
            version = {EXHIBIT: Exhibit, ITEM: Item}[kind].objects.get(pk=goes).version
        records.dispose(
            actor=asha(), kind=kind, record=goes, version=version, reason="-", at=AT
        )
        assert not ViewingCopy.objects.exists()
        assert StoredFile.objects.get(pk=file).destroyed_at is not None


@pytest.mark.django_db
class TestEnding:
    def test_one_that_is_silent_is_begun_again_and_given_up_in_the_end(self) -> None:
        asked(film())
        moment = AT
        for tries in range(1, TRIES + 1):
            claimed = viewing._claimed(moment, None)
            assert claimed is not None
            assert claimed.tries == tries
            assert viewing._claimed(moment + SILENT / 2, None) is None
            moment += SILENT + timedelta(seconds=1)
        assert viewing._claimed(moment, None) is None
        assert standing().why_not == viewing.GIVEN_UP

    def test_what_ends_at_any_step_leaves_nothing_half(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked(film())

        def ends(*_: Any, **__: Any) -> None:
            raise KeyboardInterrupt

        for owner, name in ((making, "make"), (keeping, "put"), (viewing, "_keep")):
            with monkeypatch.context() as broken:
                broken.setattr(owner, name, ends)
                with pytest.raises(KeyboardInterrupt):
                    viewing.make_next(lambda: AT)
            ViewingCopy.objects.update(heard_at=AT - SILENT, tries=1)
            assert standing().is_waiting
            assert not StoredFile.objects.filter(kept_at__isnull=False).exclude(
                pk=standing().source
            )
        assert viewing.make_next(lambda: AT)
        assert standing().is_made

    def test_what_is_made_of_what_went_meanwhile_is_destroyed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked(film())
        make = making.make

        def went(*given: Any) -> Any:
            ViewingCopy.objects.all().delete()
            return make(*given)

        monkeypatch.setattr(making, "make", went)
        viewing.make_next()
        alive = StoredFile.objects.filter(destroyed_at__isnull=True)
        assert alive.count() == 1

    def test_without_ffmpeg_the_page_says_so(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        item = film()
        monkeypatch.setattr(outside, "stands", lambda: False)
        page = f"/evidence/items/{item.pk}/"
        shown = cast.asha("investigator").client.get(page).content.decode()
        assert "has no ffmpeg" in shown
        assert "Make a viewing copy" not in shown
        with pytest.raises(viewing.NoProgram):
            asked(item)


@pytest.mark.django_db
def test_api_and_command_make_the_same(cast: Cast, tmp_path: Path) -> None:
    item, account = film(), cast.asha("investigator")
    client, address = account.client, f"/api/v1/evidence/items/{item.pk}/viewing"
    assert client.get(address).status_code == 404
    key = {"Idempotency-Key": str(uuid4())}
    answer = client.post(address, "{}", content_type="application/json", headers=key)
    assert (answer.status_code, json.loads(answer.content)["state"]) == (202, "waits")
    done = ["viewing-copy", str(item.pk), "--as", account.account.username, "--to", str(tmp_path / "a.mp4")]  # fmt: skip
    assert "video/mp4" in CliRunner().invoke(commands, done).output
    assert (tmp_path / "a.mp4").stat().st_size == standing().made_size
    told = client.get(address).json()
    assert (told["state"], told["part_done"]) == ("made", 1.0)
    assert client.get(told["content"]).status_code == 200


def played(client: Client, page: str, asked_for: str) -> Any:
    return client.get(f"{page}viewing/content/", headers={"Range": asked_for})
