"""A machine with the bare library and nothing else: what `pip install crossforce` brings, and none of the server's packages."""

import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from packaging.markers import Marker

from tests.house.floors import ROOT

PINNED: Final = re.compile(r"^([A-Za-z0-9._-]+)==[^;\\]*(?:;([^\\]*))?", re.MULTILINE)
RUN: Final = "import sys; sys.path.insert(0, sys.argv.pop(1)); from crossforce.config.main import main; main(sys.argv[1:])"


def laid_out(folder: Path) -> Path:
    """A folder of packages with links to those alone that requirements.lock names, and to the library."""
    folder.mkdir()
    for name in packages():
        for file in distribution(name).files or ():
            top = file.parts[0]
            if top not in {"..", "__pycache__"} and not (folder / top).exists():
                (folder / top).symlink_to(Path(str(distribution(name).locate_file(top))))
    (folder / "crossforce").symlink_to(ROOT / "src" / "crossforce")
    return folder


def packages() -> list[str]:
    """What the bare library is installed with on this machine."""
    pinned = PINNED.findall((ROOT / "requirements.lock").read_text())
    return [name for name, when in pinned if not when or Marker(when.strip()).evaluate()]


def run(folder: Path, *words: object, code: str = RUN) -> subprocess.CompletedProcess[str]:
    """A command of the bare library. No other package is there: neither those of this environment nor the user's."""
    asked = [sys.executable, "-I", "-S", "-c", code, str(folder), *map(str, words)]
    return subprocess.run(
        asked, cwd=folder, env={}, capture_output=True, text=True, check=False
    )
