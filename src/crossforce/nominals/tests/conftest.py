"""What several tests of nominals begin with."""

from pathlib import Path

import pytest

from crossforce.nominals.queries import indexed


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search index of the test's own, which nobody fills but the test."""
    monkeypatch.setattr(indexed, "folder", lambda: tmp_path)
