"""Documents drawn beside the pages."""

import threading
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from crossforce.kernel import drawing
from crossforce.kernel.drawing import Drawn, NotHere, Tell
from crossforce.kernel.refusals import Conflict

pytestmark = pytest.mark.django_db
FOUND = Drawn("pack.pdf", "application/pdf", b"%PDF")


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def begun(
    draw: drawing.Draw, capture: DjangoCaptureOnCommitCallbacks, owner: str = "asha"
) -> UUID:
    with capture(execute=True):
        return drawing.begin(owner, draw)


def ended() -> None:
    drawing.AT_WORK.submit(int).result(timeout=30)


def test_it_is_ready_for_whoever_asked(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, tmp_path: Path
) -> None:
    key = begun(lambda tell: FOUND, django_capture_on_commit_callbacks)
    ended()
    assert drawing.progress(key, "asha").is_ready
    assert drawing.fetched(key, "asha") == FOUND
    (file,) = (tmp_path / "drawn").glob("*.file")
    assert FOUND.data not in file.read_bytes()
    file.write_bytes(b"cf1 altered" + file.read_bytes()[11:])
    with pytest.raises(NotHere):
        drawing.fetched(key, "asha")
    with pytest.raises(NotHere):
        drawing.progress(key, "bryn")
    with pytest.raises(NotHere):
        drawing.fetched(key, "bryn")


def test_it_says_how_far_it_is(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    told, goes_on = threading.Event(), threading.Event()

    def draw(tell: Tell) -> Drawn:
        tell("Papers", 2, 9)
        told.set()
        goes_on.wait(30)
        return FOUND

    key = begun(draw, django_capture_on_commit_callbacks)
    assert told.wait(30)
    now = drawing.progress(key, "asha")
    assert (now.what, now.done, now.of, now.is_over) == ("Papers", 2, 9, False)
    with pytest.raises(NotHere):
        drawing.fetched(key, "asha")
    goes_on.set()
    ended()
    assert drawing.progress(key, "asha").is_ready


def test_a_refusal_is_told_and_a_fault_is_not_spelt_out(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def refuses(tell: Tell) -> Drawn:
        raise Conflict("There is no such meeting.")

    def fails(tell: Tell) -> Drawn:
        raise ZeroDivisionError("secret")

    first = begun(refuses, django_capture_on_commit_callbacks)
    second = begun(fails, django_capture_on_commit_callbacks)
    ended()
    assert drawing.progress(first, "asha").what == "There is no such meeting."
    assert drawing.progress(second, "asha").what == drawing.STOPPED


def test_one_whose_process_is_gone_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    key = drawing.begin("asha", lambda tell: FOUND)  # its transaction never ends
    assert not drawing.progress(key, "asha").is_over
    monkeypatch.setattr(drawing, "STALLED_SECONDS", 0)
    assert drawing.progress(key, "asha").what == drawing.STOPPED


def test_nothing_is_fetched_or_kept_beyond_the_hour(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    key = begun(lambda tell: FOUND, django_capture_on_commit_callbacks)
    ended()
    monkeypatch.setattr(drawing, "KEPT_SECONDS", -1)
    with pytest.raises(NotHere):
        drawing.fetched(key, "asha")
    begun(lambda tell: FOUND, django_capture_on_commit_callbacks)
    ended()
    assert not list((tmp_path / "drawn").glob(f"{key}*"))


def test_there_is_an_end_to_those_who_wait(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(drawing, "_places", threading.BoundedSemaphore(1))
    goes_on = threading.Event()

    def waits(tell: Tell) -> Drawn:
        goes_on.wait(30)
        return FOUND

    begun(waits, django_capture_on_commit_callbacks)
    second = begun(lambda tell: FOUND, django_capture_on_commit_callbacks)
    assert drawing.progress(second, "asha").what == drawing.TOO_MANY
    goes_on.set()
    ended()
    third = begun(lambda tell: FOUND, django_capture_on_commit_callbacks)
    ended()
    assert drawing.progress(third, "asha").is_ready
