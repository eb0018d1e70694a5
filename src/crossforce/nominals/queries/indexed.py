"""The search index of this installation: where it stands, and whether it was ever filled from this database."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from crossforce.nominals.choices import SEARCH
from crossforce.nominals.queries import feeding
from crossforce.nominals.searching.catalogue import Catalogue

OF: Final = "of.json"


def folder() -> Path:
    """Where the index stands: on this machine, as well guarded as the database."""
    found = Path(settings.VAR) / "nominals-search"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def catalogue() -> Catalogue:
    """The index of this installation; one for all threads of a process."""
    return _opened(folder())


def is_whole() -> bool:
    """Whether the index was ever filled, and from this database."""
    return _filled_from() == feeding.following(SEARCH).identity


def note(identity: UUID) -> None:
    """It was filled from that installation."""
    beside = folder() / f"{OF}.new"
    beside.write_text(json.dumps({"identity": str(identity)}))
    beside.replace(folder() / OF)


def forget() -> None:
    """From where it was filled does not count any more."""
    (folder() / OF).unlink(missing_ok=True)


def _filled_from() -> UUID | None:
    try:
        return UUID(json.loads((folder() / OF).read_text())["identity"])
    except FileNotFoundError:
        return None


@lru_cache(maxsize=4)
def _opened(place: Path) -> Catalogue:
    return Catalogue(place)
