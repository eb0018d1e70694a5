"""Whether a cluster can be asked is found out before anything is learnt."""

from pathlib import Path
from typing import Any

import pytest

from crossforce.nominals.linkage.knocking import NobodyThere, knock


def java(folder: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """A Java of the system that says so of itself, or none."""
    monkeypatch.setenv("JAVA_HOME", str(folder))
    file = folder / "bin" / "java"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2024-01-16' >&2\n")
    file.chmod(0o755)


def test_may_stand_at_addresses_of_either_sort(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    java(tmp_path, monkeypatch, "21")
    tried = list[Any]()

    def refuse(place: Any, patience: float) -> None:
        tried.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr("socket.create_connection", refuse)
    with pytest.raises(NobodyThere):
        knock("spark://[::1]:7078,[fd00::2],here:7079")
    assert tried == [("::1", 7078), ("fd00::2", 7077), ("here", 7079)]
