"""The floors and the pure rooms, as the import contracts name them."""

import configparser
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "crossforce"


def contracts() -> configparser.ConfigParser:
    ini = configparser.ConfigParser()
    ini.read(ROOT / ".importlinter")
    return ini


def heights() -> dict[str, int]:
    """How high each app stands; the kernel is 0."""
    layers = contracts()["importlinter:contract:floors"]["layers"].splitlines()
    rows = [row.replace("|", " ").replace("(", " ").replace(")", " ").split() for row in layers]
    filled = [row for row in rows if row]
    return {app: height for height, row in enumerate(reversed(filled)) for app in row}


def pure_rooms() -> set[str]:
    """Rooms that other apps may enter because they are the library: named one by one."""
    named = contracts()["importlinter:contract:pure"]["source_modules"].split()
    return {module for module in named if "*" not in module}


def apps() -> list[str]:
    return sorted(name for name in heights() if (SOURCE / name / "apps.py").exists())
