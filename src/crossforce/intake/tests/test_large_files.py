"""Where large files are taken, of whom, and how much of them waits."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import resolve

from crossforce.intake.operations.waiting import TooMuchWaits, Waiting
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.web import uploads

SOMETHING = re.compile("<uuid:[a-z]+>")


def test_there_is_an_address_wherever_they_are_taken() -> None:
    resolve("/nominals/loads/")  # by which every address is known
    taken = uploads.taken()
    assert len(taken) >= 4
    assert {resolve(f"/{SOMETHING.sub(str(new_id()), route)}").route for route in taken} == set(
        taken
    )


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nominals/loads/send/", "/api/v1/nominals/loads"])
def test_only_who_acts_puts_one_on_the_disk(
    address: str, cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    monkeypatch.setattr(uploads, "MOST_MEGABYTES", 0)
    kept: list[Any] = []
    complete = uploads.OnDisk.file_complete

    def completed(handler: Any, size: int) -> Any:
        kept.append(file := complete(handler, size))
        return file

    monkeypatch.setattr(uploads.OnDisk, "file_complete", completed)
    for client in (Client(), cast.asha("analyst").client):
        client.handler.enforce_csrf_checks = True
        token = client.cookies["crossforce_form"] = "a" * 32
        file = SimpleUploadedFile("people.csv", b"Nominal")
        sent = {"csrfmiddlewaretoken": token, "idempotency_key": str(new_id()), "file": file}
        client.post(address, sent)
    assert [isinstance(each, TemporaryUploadedFile) for each in kept] == [False, True]


def test_what_waits_of_one_holder_has_an_end(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    waiting, keys = Waiting("files", most_megabytes=1), [new_id() for _ in range(4)]
    for holder, some in (("wiltshire", keys), ("gloucestershire", [new_id()])):
        for key in some:
            waiting.keep(key, [bytes(1_000_000)], holder=holder)
    with pytest.raises(TooMuchWaits, match="3 MB"):
        waiting.require_room("wiltshire")
    waiting.require_room("gloucestershire")
    other = new_id()
    waiting.hand_over(keys[0], other)
    with pytest.raises(TooMuchWaits):
        waiting.require_room("wiltshire")
    waiting.forget(other)
    waiting.require_room("wiltshire")
