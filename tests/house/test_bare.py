"""The bare installation is the library: documents are checked without the server's packages."""

import subprocess
import sys
import tomllib

from tests.house.floors import ROOT

BLOCKED = """
import sys
for name in {blocked!r}:
    sys.modules[name] = None
from crossforce.config.main import main
main({words!r})
"""
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


def run(*words: str) -> subprocess.CompletedProcess[str]:
    code = BLOCKED.format(blocked=SERVER_ONLY, words=list(words))
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_checks_every_document_without_the_server() -> None:
    documents = sorted((ROOT / "agreements").glob("*/*.toml"))
    done = run("agreement", "check", *map(str, documents))
    assert f"{len(documents)} documents: 0 errors, 0 warnings" in done.stdout, done.stderr
    assert done.returncode == 0


def test_offers_only_what_it_can_do() -> None:
    done = run("--help")
    assert done.returncode == 0, done.stderr
    assert "agreement" in done.stdout
    assert "backup" not in done.stdout


def test_the_bare_install_asks_for_nothing_of_the_server() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    bare = " ".join(project["dependencies"])
    assert not [name for name in SERVER_ONLY if name in bare]
