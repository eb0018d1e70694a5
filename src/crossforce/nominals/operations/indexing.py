"""The search index follows what forces hold: what changed is taken in, and all of it anew when need be.

Nobody acts here, since nobody is shown anything: the index hands out identifiers, which are read again under row
security by whoever asks. Whatever is killed and whenever, what was not taken in is taken in by the next turn.
"""

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from crossforce.nominals.choices import SEARCH, SEARCHED
from crossforce.nominals.queries import feeding
from crossforce.nominals.searching.catalogue import Catalogue
from crossforce.nominals.searching.entries import entry

OF: Final = "of.json"
Progress = Callable[[int, int], None]


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


def turn() -> int:
    """Take in what waits, some of it; answers how many records that were. Fills the index when it never was."""
    if not is_whole():
        return rebuild()
    waiting = feeding.fed(SEARCH)
    if waiting:
        catalogue().change(
            [
                entry(each.record, each.number, each.said)
                for each in waiting
                if each.said is not None and each.number
            ],
            [each.record for each in waiting if each.said is None],
        )
        feeding.fed_in(SEARCH, waiting)
    return len(waiting)


def rebuild(progress: Progress = lambda done, about: None) -> int:
    """Make the index anew from all that is held; what stands answers meanwhile, and goes on following.

    What was cut short counts for nothing: it is begun again. Raises Merging while somebody else does the same.
    """
    now = feeding.following(SEARCH)
    done = 0
    with catalogue().filling() as filling:
        for kind in SEARCHED:
            for some in feeding.whole(kind):
                filling.add([entry(each.record, each.number, each.said) for each in some])
                done += len(some)
                progress(done, max(done, now.records))
    _note(now.identity)
    return done


def begin_anew() -> None:
    """Another database took the place of this one: what is indexed is filled anew by the next turn."""
    (folder() / OF).unlink(missing_ok=True)


def _filled_from() -> UUID | None:
    try:
        return UUID(json.loads((folder() / OF).read_text())["identity"])
    except FileNotFoundError:
        return None


def _note(identity: UUID) -> None:
    beside = folder() / f"{OF}.new"
    beside.write_text(json.dumps({"identity": str(identity)}))
    beside.replace(folder() / OF)


@lru_cache(maxsize=4)
def _opened(place: Path) -> Catalogue:
    return Catalogue(place)
