"""The bare installation is the library: documents are checked without the server's packages."""

import tomllib
from pathlib import Path

import pytest

from tests import bare
from tests.house.floors import ROOT

SERVER_ONLY = (
    "django",
    "psycopg",
    "ninja",
    "allauth",
    "gunicorn",
    "shapely",
    "typst",
    "jinja2",
    "psutil",
    "numpy",
    "stringzilla",
    "blake3",
    "obstore",
)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bare.laid_out(tmp_path_factory.mktemp("machine") / "packages")


def test_has_nothing_of_the_server(machine: Path) -> None:
    code = "import sys; from importlib.util import find_spec; sys.path.insert(0, sys.argv[1]); print([each for each in sys.argv[2:] if find_spec(each)])"
    assert bare.run(machine, *SERVER_ONLY, "typer", code=code).stdout == "['typer']\n"


def test_checks_every_document_without_the_server(machine: Path) -> None:
    documents = sorted((ROOT / "agreements").glob("*/*.toml"))
    done = bare.run(machine, "agreement", "check", *documents)
    assert f"{len(documents)} documents: 0 errors, 0 warnings" in done.stdout, done.stderr
    assert done.returncode == 0


def test_offers_only_what_it_can_do(machine: Path) -> None:
    done = bare.run(machine, "--help")
    assert done.returncode == 0, done.stderr
    assert "agreement" in done.stdout
    assert "backup" not in done.stdout


def test_the_bare_install_asks_for_nothing_of_the_server() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = " ".join(project["dependencies"])
    assert not [name for name in SERVER_ONLY if name in asked]
