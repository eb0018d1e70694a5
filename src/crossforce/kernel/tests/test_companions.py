"""What works beside the web: one that dies is logged and begun again, and the doctor knows."""

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from crossforce.kernel import companions, doctor
from crossforce.kernel.testing.soon import until


@pytest.fixture
def logged(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """What is logged, by whichever process; the data folder is the test's own."""
    settings.VAR = tmp_path
    handler = logging.FileHandler(tmp_path / "log")
    companions.log.addHandler(handler)
    yield tmp_path / "log"
    companions.log.removeHandler(handler)
    handler.close()


def begun(note: Path) -> list[int]:
    return [int(each) for each in note.read_text().split()] if note.exists() else []


def noting(note: Path) -> companions.Work:
    def work(goes_on: companions.GoesOn) -> None:
        with note.open("a") as file:
            file.write(f"{os.getpid()}\n")
        while goes_on():
            pass

    return work


def keeper(note: Path) -> int:
    """The process that keeps the one that noted itself last."""
    stat = Path(f"/proc/{begun(note)[-1]}/stat").read_text()
    return int(stat.rpartition(")")[2].split()[1])


@contextmanager
def held_up(process: int) -> Iterator[None]:
    """Inside, it does nothing: what it would mend stays as it is for whoever looks."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def said() -> tuple[str, str]:
    (found,) = doctor.companions_at_work()
    return found.said, found.grade


def test_one_that_is_killed_is_logged_and_begun_again(logged: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert said() == ("nothing is served now", "sound")
    with companions.kept({"one": noting(first), "two words": noting(second)}):
        until(lambda: companions.standing() == {"one": True, "two words": True})
        assert said() == ("at work: one, two words", "sound")
        until(lambda: begun(first) and begun(second))
        with held_up(keeper(first)):
            os.kill(begun(first)[0], signal.SIGKILL)
            until(lambda: companions.standing() == {"one": False, "two words": True})
            assert said() == ("not at work: one", "serious")
        until(lambda: len(begun(first)) == 2)
        until(lambda: said()[1] == "sound")
    assert "“one” beside the web ended; it is begun again in 1 seconds." in logged.read_text()
    assert len(begun(second)) == 1
    assert said()[0] == "nothing is served now"
    for process in (*begun(first), *begun(second)):
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_one_that_fails_says_why_and_is_begun_again(logged: Path, tmp_path: Path) -> None:
    note = tmp_path / "note"

    def work(goes_on: companions.GoesOn) -> None:
        if not note.exists():
            note.write_text("")
            raise UnicodeError("no mark")
        noting(note)(goes_on)

    with companions.kept({"one": work}):
        until(lambda: begun(note))
    assert "UnicodeError: no mark" in logged.read_text()


def test_they_end_with_who_keeps_them_and_are_begun_again(logged: Path, tmp_path: Path) -> None:
    note = tmp_path / "note"
    with companions.kept({"one": noting(note)}) as kept:
        until(lambda: begun(note))
        os.kill(keeper(note), signal.SIGKILL)
        until(lambda: not companions._is_locked("one"))
        assert said() == ("not at work: one", "serious")

        def is_begun_again() -> bool:
            kept.look()
            return len(begun(note)) == 2

        until(is_begun_again)
        until(lambda: said() == ("at work: one", "sound"))


def test_while_they_begin_nothing_is_served_yet(logged: Path, tmp_path: Path) -> None:
    companions._folder().joinpath(companions.KEEPER).touch()
    assert companions.standing() is None
    companions._hold(companions.KEEPER, "")
    assert companions.standing() is None
    companions._held.pop().close()
