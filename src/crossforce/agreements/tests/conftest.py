"""The bodies that the tests of agreements need, and those who act for them."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from crossforce.agreements.tests import factories
from crossforce.agreements.writing import toml
from crossforce.kernel import clock
from crossforce.kernel.testing import ground
from crossforce.organisations import api as organisations
from crossforce.organisations.directory.reading import REFERENCE
from crossforce.organisations.tests.shipped import Directory
from crossforce.people import api as people

FEW: Final = Directory()
NEEDED = ("forces", "chief-officers", "policing-bodies", "regions", "drivers", "partners")


@pytest.fixture(scope="session")
def few_bodies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped reference files, cut down to four forces so that they load quickly."""
    folder = tmp_path_factory.mktemp("reference")
    for name in NEEDED:
        document = tomllib.loads((REFERENCE / f"{name}.toml").read_text("utf-8"))
        (folder / f"{name}.toml").write_text(toml(_cut(document)), "utf-8")
    return folder


def _cut(document: dict[str, Any]) -> dict[str, Any]:
    rows = document.get("organisation", [])
    document["organisation"] = [row for row in rows if _is_needed(row)]
    for driver in document.get("driver", []):
        driver["figures"] = {
            k: v for k, v in driver["figures"].items() if k in factories.FORCES
        }
    return document


def _is_needed(row: dict[str, Any]) -> bool:
    of = row.get("force", row["code"])
    return of in factories.FORCES or row["code"] in ("south-west", "crown-prosecution-service")


@ground.fixture
def bodies(db: None, few_bodies: Path) -> None:
    """Four forces with their chief officers and policing bodies."""
    loader = people.system_actor("world-loader", on=factories.NOW.date())
    FEW.stand(
        lambda: organisations.load_reference(actor=loader, at=factories.NOW, folder=few_bodies)
    )


@pytest.fixture
def time_stands(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Let the clock stand at an instant."""

    def stand(at: Any) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)

    stand(factories.NOW)
    return stand
