"""Records of one person are found among all that forces hold, and filed for whoever reads both of two.

Nobody acts here, since nobody is shown anything and nothing is decided: what is filed is read under row security, and
what people make of it is theirs (`matching`). Whatever is killed and whenever, the next turn goes on from there.
"""

import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from django.conf import settings

from crossforce.kernel import civil, clock
from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Conflict
from crossforce.nominals.choices import LINKS, PERSON, Lean
from crossforce.nominals.linkage import (
    Explanation,
    Kept,
    Model,
    Records,
    begin,
    learn,
    records,
)
from crossforce.nominals.linkage.knocking import NobodyThere, knock
from crossforce.nominals.linkage.model import weight_of
from crossforce.nominals.linkage.scoring import Edges
from crossforce.nominals.linkage.scoring import linked as found_here
from crossforce.nominals.queries import feeding, linked
from crossforce.nominals.rules import matching
from crossforce.nominals.rules.columns import COLUMNS, ID, NAMES, also, table

Progress = Callable[[str, int, int], None]
Finds = Callable[[Records, Model, float], Edges]
Pair = tuple[str, str]
AT_ONCE: Final = 200
TABLE: Final = pa.schema([(name, pa.string()) for name in NAMES])
COMPARES: Final = "by numbers: " + ", ".join(f"{each.name} ({each.role})" for each in COLUMNS)
"""What a model compares, and that it holds no values: one that does otherwise is learnt anew."""
READ, FILED = "Records read", "Links filed"


class TooFew(Conflict):
    """There are too few records of people to learn from, so none are linked yet."""


def _unseen(doing: str, done: int, about: int) -> None:
    """Nobody watches."""


def turn() -> int:
    """Link what changed against everything, some of it; answers how many records that were. Links all where none are.

    Where a cluster finds the pairs, that is left to whoever asks for it. Raises TooFew, and Linking while another process links.
    """
    with linked.alone():
        stands = _of_today(_led())
        if stands is None and settings.LINKS_CLUSTER:
            linked.forget()
            return 0
        if stands is None or stands.filed is not None:
            return _whole(stands, _unseen)
        waiting = feeding.fed(LINKS)
        if waiting:
            _take_in(stands.model, waiting)
        return len(waiting)


def _led() -> linked.Note | None:
    """How far linking has come here. Raises Elsewhere while another machine links: what this one had linked leaves its disk."""
    try:
        return linked.led()
    except linked.Elsewhere:
        if linked.noted() is None:
            _kept.cache_clear()
            linked.forget()
        raise


def tidy() -> None:
    """While nothing waits: learn anew what is held has outgrown, or let what went leave the disk. Raises Linking."""
    with linked.alone():
        stands = _of_today(linked.noted())
        if stands is None or stands.filed is not None:
            return
        kept, on = _kept(linked.folder() / stands.model), civil.day_of(clock.now())
        if matching.is_outgrown(stands.learnt, kept.held, on) and not settings.LINKS_CLUSTER:
            _whole(None, _unseen)
        else:
            kept.tidy()


class NoCluster(Conflict):
    """Linking on a cluster needs the extra `cluster`: pip install "crossforce[cluster]"."""


def rebuild(progress: Progress = _unseen, *, goes_on: bool = False, cluster: str = "") -> int:
    """Learn from all that is held, and link all of it; answers how many pairs that are.

    The pairs are found here, or on the Spark `cluster` at that address or that of the settings, by the same model: none differs.

    What stands is looked at meanwhile. Where it `goes_on`, what was learnt before it was cut short counts, and it is
    filed from where it was. Raises TooFew, NoCluster, and Linking while somebody else does the same.
    """
    where = cluster or settings.LINKS_CLUSTER
    by = _spread(where) if where else found_here
    with linked.alone(is_asked=True):
        stands = _of_today(linked.led(is_asked=True))
        return _whole(stands if goes_on else None, progress, by)


def _spread(cluster: str) -> Finds:
    """What finds pairs on a cluster, which is there."""
    try:
        spread = pkgutil.resolve_name("crossforce.nominals.linkage.spreading:linked")
        knock(cluster)
    except ModuleNotFoundError as missing:
        raise NoCluster from missing
    except NobodyThere as reason:
        raise NoCluster(str(reason)) from reason
    return lambda people, model, floor: spread(people, model, floor, cluster)


def _take_in(model: str, waiting: Sequence[feeding.Fed]) -> None:
    """Link these with everything."""
    kept = _kept(linked.folder() / model)
    here = [(each.record, each.said) for each in waiting if each.said is not None]
    changed = [str(each.record) for each in waiting]
    gone = set(changed) - {str(key) for key, _ in here}
    kept.apply(table(here), ids=ID, gone=gone, also=also(here))
    _file(kept, model, kept.pairs(changed), anew=changed)
    feeding.fed_in(LINKS, waiting)


def _whole(stands: linked.Note | None, progress: Progress, by: Finds = found_here) -> int:
    """Link all and file it, going on with what stands unless that is filed."""
    with linked.leading():
        if stands is None or stands.filed is None:
            stands = _begun(progress, by)
        kept, begun = _kept(linked.folder() / stands.model), stands.filed or 0
        pairs = kept.pairs()
        for at in range(begun, len(pairs), AT_ONCE):
            _file(kept, stands.model, pairs[at : at + AT_ONCE])
            linked.note(replace(stands, filed=at + AT_ONCE))
            progress(FILED, min(at + AT_ONCE, len(pairs)), len(pairs))
        feeding.likened(_told(stands.model, [], is_all=True))
        feeding.leads(LINKS, stands.model, "anew")  # it was silent for as long as that took
    linked.note(replace(stands, filed=None))
    return len(pairs)


def _of_today(stands: linked.Note | None) -> linked.Note | None:
    """How far linking has come; None as well where other columns were compared than today."""
    return stands if stands and stands.compares == COMPARES else None


@lru_cache(maxsize=1)
def _kept(place: Path) -> Kept:
    """The links of a model; one for all threads of a process."""
    return Kept(place)


def _begun(progress: Progress, by: Finds) -> linked.Note:
    """Learn from all that is held, and let it stand, linked; what is in it is told to nobody a second time."""
    linked.depose()
    known = feeding.positions(LINKS)
    (people, besides), on = _read(progress), civil.day_of(clock.now())
    if people.num_rows < matching.fewest(on):
        linked.forget()
        raise TooFew
    stands = linked.begin(_learn(people, besides, on, by), people.num_rows, COMPARES)
    feeding.passed(LINKS, known)
    return stands


def _read(progress: Progress) -> tuple[pa.Table, pa.Table]:
    """What is compared of all that is held, what is said first and besides: of each record no more than that stays in memory."""
    about, done = feeding.following(LINKS).records, 0
    read, more = [TABLE.empty_table()], [TABLE.empty_table()]
    for some in feeding.whole(PERSON):
        said = [(each.record, each.said) for each in some]
        read.append(pa.table(table(said), schema=TABLE))
        more.append(pa.table(also(said), schema=TABLE))
        done += len(some)
        progress(READ, done, max(about, done))
    first, besides = (pa.concat_tables(each).combine_chunks() for each in (read, more))
    return first, besides


def _learn(people: pa.Table, besides: pa.Table, on: date, by: Finds) -> str:
    """Learn from these, and link them beside what stands; answers the name of the model."""
    propose, review = matching.thresholds(on)
    given = records(people, COLUMNS, ids=ID, also=besides)
    model = replace(learn(given), proposed_above=propose, reviewed_above=review)
    name = str(new_id())
    begin(linked.folder() / name, given, model, by)
    return name


def _file(
    kept: Kept,
    model: str,
    pairs: Iterable[tuple[str, str, float]],
    anew: Sequence[str] = (),
) -> None:
    """File these pairs; of the records that changed nothing else stays."""
    ordered = [(min(one, other), max(one, other)) for one, other, _ in pairs]
    found = [
        _found(pair, why) for pair, why in zip(ordered, kept.explained(ordered), strict=True)
    ]
    floors = {
        "proposed_above": weight_of(kept.model.proposed_above),
        "reviewed_above": weight_of(kept.model.reviewed_above),
    }
    feeding.likened(_told(model, found, records=list(anew), **floors))


def _told(model: str, found: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"model": model, "found": found, "records": [], "is_all": False} | more


def _found(pair: Pair, why: Explanation) -> dict[str, Any]:
    """A pair as it is filed: of the evidence the words, and nothing that either record says."""
    lean = Lean.PROPOSE if why.verdict == Lean.PROPOSE.value else Lean.REVIEW
    steps = [
        {
            "field": each.field,
            "level": each.level,
            "bits": round(each.bits, 3),
            "words": each.words,
        }
        for each in why.steps
    ]
    return {
        "one": pair[0],
        "other": pair[1],
        "weight": round(why.weight, 3),
        "lean": lean.value,
        "evidence": steps,
    }
