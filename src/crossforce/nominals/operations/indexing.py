"""The search index follows what forces hold: what changed is taken in, and all of it anew when need be.

Nobody acts here, since nobody is shown anything: the index hands out identifiers, which are read again under row
security by whoever asks. Whatever is killed and whenever, what was not taken in is taken in by the next turn.
"""

from collections.abc import Callable

from crossforce.nominals.choices import SEARCH, SEARCHED
from crossforce.nominals.queries import feeding, indexed
from crossforce.nominals.searching.entries import entry

Progress = Callable[[int, int], None]


def turn() -> int:
    """Take in what waits, some of it; answers how many records that were. Fills the index when it never was."""
    if not indexed.is_whole():
        return rebuild()
    waiting = feeding.fed(SEARCH)
    if waiting:
        indexed.catalogue().change(
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
    with indexed.catalogue().filling() as filling:
        for kind in SEARCHED:
            for some in feeding.whole(kind):
                filling.add([entry(each.record, each.number, each.said) for each in some])
                done += len(some)
                progress(done, max(done, now.records))
    indexed.note(now.identity)
    return done


def begin_anew() -> None:
    """Another database took the place of this one: what is indexed is filled anew by the next turn."""
    indexed.forget()
