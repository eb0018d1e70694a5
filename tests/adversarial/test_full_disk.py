"""A disk that takes no more: whoever sends, brings in, redacts or exports is told so, nothing is there in part, and all goes on once there is room."""

import hashlib
import io
import json
import os
import resource
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from crossforce.config import platform
from crossforce.evidence.commands import commands
from crossforce.evidence.models import Item, Touch
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.test_endpoints import TUS, add, begin
from crossforce.kernel.room import NoRoom
from crossforce.kernel.testing.cast import Cast
from crossforce.records.tests.factories import as_asha

pytestmark = pytest.mark.django_db
ROOM: Final = 700_000
FILM: Final = os.urandom(3_000_000)
TOLD: Final = "There is no room on the disk"


@contextmanager
def full() -> Iterator[None]:
    """No file of this process may be longer than that: the system refuses what is written beyond it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def run(*words: object) -> Result:
    return CliRunner().invoke(commands, [str(each) for each in words])


def said_of(result: Result, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command line says of what ended a command."""
    assert result.exception
    with pytest.raises(SystemExit), platform.reported():
        raise result.exception
    return capsys.readouterr().err


def test_what_is_sent_goes_on_where_it_was(cast: Cast) -> None:
    factories.policy()
    client = cast.asha("investigator").client
    where = begin(client, factories.exhibit(), len(FILM)).headers["Location"]
    assert add(client, where, 0, FILM[:400_000]).status_code == 204
    with full():
        refused = add(client, where, 400_000, FILM[400_000:])
    assert (refused.status_code, refused.json()["title"]) == (507, "Insufficient Storage")
    assert refused.json()["detail"] == str(NoRoom())
    standing = int(client.head(where, headers=TUS).headers["Upload-Offset"])
    assert 400_000 <= standing < len(FILM)
    assert add(client, where, standing, FILM[standing:]).status_code == 204
    with as_asha():
        assert Item.objects.get().sha256 == hashlib.sha256(FILM).hexdigest()


def test_a_form_is_told_on_a_page(cast: Cast) -> None:
    factories.policy()
    asha, exhibit = cast.asha("investigator"), factories.exhibit()
    film = io.BytesIO(FILM[:2_000_000])
    film.name = "lock-31.mp4"
    form = {"file": film, "idempotency_key": str(uuid4())}
    with full():
        page = asha.client.post(f"/evidence/{exhibit.pk}/send/", form)
    assert page.status_code == 507
    assert TOLD in page.content.decode()
    with as_asha():
        assert not Item.objects.filter(state="kept").exists()


def test_a_copy_is_made_whole_or_not(cast: Cast) -> None:
    factories.policy()
    client = cast.asha("investigator").client
    item = factories.kept(factories.exhibit(), b"It was Morgan Lee.\n" * 50_000, "note.txt")
    path = f"/api/v1/evidence/items/{item.pk}/redactions"
    asked: dict[str, Any] = {
        "data": {"places": [[1, 8, 10]], "ground": "A witness"},
        "content_type": "application/json",
    }
    key = {"Idempotency-Key": str(uuid4())}
    with full():
        assert client.post(path, **asked, headers=key).status_code == 507
    with as_asha():
        assert (Item.objects.count(), Touch.objects.count()) == (1, 0)
    assert client.post(path, **asked, headers=key).status_code == 201
    with as_asha():
        assert (Item.objects.count(), Touch.objects.count()) == (2, 1)


def test_what_is_brought_in_and_taken_out_is_done_again(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    factories.policy()
    exhibit, by = factories.exhibit(), ["--as", cast.asha("investigator").account.username]
    files = tmp_path / "files"
    files.mkdir()
    (files / "a.bin").write_bytes(FILM[:100])
    (files / "b.bin").write_bytes(FILM)
    words = ["import", files, "--exhibit", exhibit.pk, *by]
    with full():
        stopped = run(*words)
    assert TOLD in said_of(stopped, capsys)
    again = run(*words)
    became = [json.loads(each)["became"] for each in again.stdout.splitlines()]
    assert (again.exit_code, became) == (0, ["there", "taken"]), again.output
    out = tmp_path / "out.zip"
    words = ["export", out, "--exhibit", exhibit.pk, "--recipient", "CPS", "--reason", "T", *by]
    with full():
        stopped = run(*words)
    assert TOLD in said_of(stopped, capsys)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["files"]
    assert run(*words).exit_code == 0
    with zipfile.ZipFile(out) as package:
        assert package.testzip() is None
