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


def data_folder(project: Path) -> Path:
    """Where the installation keeps what it must not lose: `var/`, or CROSSFORCE_VAR."""
    return Path(text("CROSSFORCE_VAR") or project / "var").absolute()
