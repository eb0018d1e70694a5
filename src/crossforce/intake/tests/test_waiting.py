"""Files that wait: gone at the latest after seven days, whatever else happens in their folder."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from crossforce.intake.operations.waiting import KEPT_DAYS, Waiting
from crossforce.kernel.ids import new_id


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path / "desk"


def left(folder: Path, days: float) -> Path:
    """A file that has waited for so long."""
    path = folder / f"{new_id()}.export"
    path.write_text("row")
    then = time.time() - days * 86_400
    os.utime(path, (then, then))
    return path


def test_what_waited_too_long_goes_though_no_other_file_arrives(folder: Path) -> None:
    waiting = Waiting("desk")
    waiting.folder()
    old, fresh = left(folder, KEPT_DAYS + 1), left(folder, KEPT_DAYS - 1)
    waiting.sweep_hourly()
    assert (old.exists(), fresh.exists()) == (False, True)
    later = left(folder, KEPT_DAYS + 1)
    waiting.sweep_hourly()
    assert later.exists()


def test_a_file_arrives_while_others_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = Waiting("desk")
    waiting.folder()
    gone = folder / "gone.export"
    monkeypatch.setattr(Path, "iterdir", lambda self: iter([gone, left(folder, 8)]))
    key = new_id()
    waiting.keep(key, [b"row"])
    monkeypatch.undo()
    assert {path.stem for path in folder.iterdir()} == {str(key)}
