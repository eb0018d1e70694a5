"""tus over HTTP, as its clients speak it; bytes in whole and in part."""

import base64
import hashlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from crossforce.evidence.models import Exhibit, Item
from crossforce.evidence.operations import receiving
from crossforce.evidence.tests import factories
from crossforce.kernel import lasting
from crossforce.kernel.files import keeping
from crossforce.kernel.testing.cast import Cast
from crossforce.records.tests.factories import PARTNER, as_asha

pytestmark = pytest.mark.django_db
HOME = "/api/v1/evidence/uploads"
TUS = {"Tus-Resumable": "1.0.0"}
BYTES = "application/offset+octet-stream"
FILM = b"film of lock 31 " * 100


def said(**known: str) -> str:
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in known.items())


def begin(client: Client, exhibit: Exhibit, size: int) -> Any:
    metadata = said(filename="lock-31.mp4", exhibit=str(exhibit.pk))
    headers = {"Upload-Length": str(size), "Upload-Metadata": metadata}
    return client.post(HOME, headers=TUS | headers | {"Idempotency-Key": str(uuid4())})


def add(client: Client, where: str, offset: int, part: bytes, **headers: str) -> Any:
    told = TUS | {"Upload-Offset": str(offset)} | headers
    return client.patch(where, part, content_type=BYTES, headers=told)


def test_a_file_is_begun_sent_asked_about_and_whole(cast: Cast) -> None:
    factories.policy()
    client, exhibit = cast.asha("investigator").client, factories.exhibit()
    begun = begin(client, exhibit, len(FILM))
    assert begun.status_code == 201
    assert "Upload-Expires" in begun.headers
    where = begun.headers["Location"]
    assert add(client, where, 0, FILM[:700]).headers["Upload-Offset"] == "700"
    assert add(client, where, 5, FILM[5:]).status_code == 409
    standing = client.head(where, headers=TUS)
    assert (standing.headers["Upload-Offset"], standing.headers["Upload-Length"]) == (
        "700",
        str(len(FILM)),
    )
    sum_ = base64.b64encode(hashlib.sha256(FILM[700:]).digest()).decode()
    wrong = base64.b64encode(bytes(32)).decode()
    refused = add(client, where, 700, FILM[700:], **{"Upload-Checksum": f"sha256 {wrong}"})
    assert refused.status_code == 460
    done = add(client, where, 700, FILM[700:], **{"Upload-Checksum": f"sha256 {sum_}"})
    assert (done.status_code, done.headers["Upload-Offset"]) == (204, str(len(FILM)))
    (told,) = client.get(f"/api/v1/evidence/exhibits/{exhibit.pk}/items").json()
    assert told["sha256"] == hashlib.sha256(FILM).hexdigest()
    content = f"/api/v1/evidence/items/{told['id']}/content"
    whole: Any = client.get(content)
    assert b"".join(whole.streaming_content) == FILM
    assert whole.headers["Content-Disposition"].startswith("attachment")
    part: Any = client.get(content, headers={"Range": "bytes=16-31"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, FILM[16:32])
    assert part.headers["Content-Range"] == f"bytes 16-31/{len(FILM)}"
    beyond = client.get(content, headers={"Range": f"bytes={len(FILM)}-"})
    assert beyond.status_code == 416
    assert beyond.headers["Content-Range"] == f"bytes */{len(FILM)}"


def test_a_file_is_given_up(cast: Cast) -> None:
    factories.policy()
    client = cast.asha("investigator").client
    where = begin(client, factories.exhibit(), 9).headers["Location"]
    assert client.delete(where, headers=TUS).status_code == 204
    assert add(client, where, 0, b"abc").status_code == 409


def test_no_transaction_waits_for_the_sender(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.policy()
    client, open_ = cast.asha("investigator").client, []

    def noted(done: Any) -> Any:
        def inner(*given: Any, **named: Any) -> Any:
            open_.append(len(connection.savepoint_ids))
            return done(*given, **named)

        return inner

    monkeypatch.setattr(receiving, "receive", noted(receiving.receive))
    monkeypatch.setattr(keeping, "put", noted(keeping.put))
    where = begin(client, factories.exhibit(), len(FILM)).headers["Location"]
    assert add(client, where, 0, FILM).status_code == 204
    assert open_ == [len(connection.savepoint_ids)] * 2


def test_no_sender_is_told_that_all_came_before_it_is_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*given: Any) -> None:
        raise OSError("the store is away")

    factories.policy()
    client, exhibit = cast.asha("investigator").client, factories.exhibit()
    where = begin(client, exhibit, len(FILM)).headers["Location"]
    with monkeypatch.context() as away:
        away.setattr(keeping, "_place", fails)
        with pytest.raises(OSError, match="store"):
            add(client, where, 0, FILM)
    with as_asha():
        item = Item.objects.get()
    with keeping.coming(item.file):
        assert client.head(where, headers=TUS).status_code == 423
    open_: list[int] = []
    put = keeping.put

    def noted(came: Any) -> keeping.Put:
        open_.append(len(connection.savepoint_ids))
        return put(came)

    monkeypatch.setattr(keeping, "put", noted)
    assert client.head(where, headers=TUS).headers["Upload-Offset"] == str(len(FILM))
    assert open_ == [len(connection.savepoint_ids)]
    (told,) = client.get(f"/api/v1/evidence/exhibits/{exhibit.pk}/items").json()
    assert (told["state"], told["sha256"]) == ("kept", hashlib.sha256(FILM).hexdigest())
    assert lasting.lasts(SimpleNamespace(headers=[], path=where))


def test_what_is_not_tus_is_told_what_is(cast: Cast) -> None:
    factories.policy()
    client = cast.asha("investigator").client
    can = client.options(HOME)
    assert can.headers["Tus-Extension"] == "creation,checksum,termination,expiration"
    where = begin(client, factories.exhibit(), 9).headers["Location"]
    assert client.head(where).status_code == 412
    json = client.patch(where, b"{}", content_type="application/json", headers=TUS)
    assert json.status_code == 415
    key = {"Idempotency-Key": str(uuid4())}
    assert client.post(HOME, headers=TUS | key | {"Upload-Length": "9"}).status_code == 400


def test_nobody_adds_to_what_another_force_holds(cast: Cast) -> None:
    factories.policy()
    exhibit = factories.exhibit()
    where = begin(cast.asha("investigator").client, exhibit, 9).headers["Location"]
    stranger = cast.bryn("investigator").client
    assert begin(stranger, exhibit, 9).status_code == 404
    assert add(stranger, where, 0, b"abc").status_code == 404
    factories.policy(reference="shared", recipient=PARTNER, actions=("find", "read"))
    assert add(stranger, where, 0, b"abc").status_code == 403
    assert begin(stranger, exhibit, 9).status_code == 403


def test_a_form_sends_a_file_too_and_a_page_shows_it(cast: Cast, tmp_path: Path) -> None:
    factories.policy()
    client, exhibit = cast.asha("investigator").client, factories.exhibit()
    picture = tmp_path / "lock.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    with picture.open("rb") as file:
        sent = client.post(
            f"/evidence/{exhibit.pk}/send/", {"file": file, "idempotency_key": str(uuid4())}
        )
    assert sent.status_code == 302
    with as_asha():
        item = Item.objects.get()
    page = client.get(f"/evidence/items/{item.pk}/").content.decode()
    assert f'src="/evidence/items/{item.pk}/content/"' in page
    assert "lock.png" in client.get(f"/evidence/{exhibit.pk}/").content.decode()
    shown: Any = client.get(f"/evidence/items/{item.pk}/content/")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "JAS/1" in client.get("/evidence/").content.decode()
