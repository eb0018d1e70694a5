"""What the process is told from outside: every environment variable is read here, once."""

import os
from pathlib import Path

TRUE = {"1", "true", "yes", "on"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    return value in TRUE if value else default


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def home(package: Path) -> Path:
    """The checkout; for an installed package, the folder that the command was started in."""
    checkout = package.parents[1]
    chosen = text("CROSSFORCE_HOME")
    found = Path(chosen) if chosen else checkout if is_checkout(checkout) else Path.cwd()
    return found.absolute()


def is_checkout(folder: Path) -> bool:
    return (folder / "pyproject.toml").exists()


def data_folder(project: Path) -> Path:
    """Where the installation keeps what it must not lose: `var/`, or CROSSFORCE_VAR."""
    return Path(text("CROSSFORCE_VAR") or project / "var").absolute()
