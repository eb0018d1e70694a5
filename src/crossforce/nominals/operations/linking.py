"""Records of one person are found among all that forces hold, and filed for whoever reads both of two.

Nobody acts here, since nobody is shown anything and nothing is decided: what is filed is read under row security, and
what people make of it is theirs (`matching`). Whatever is killed and whenever, the next turn goes on from there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from crossforce.kernel import civil, clock
from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Conflict
from crossforce.nominals.choices import LINKS, PERSON, Lean
from crossforce.nominals.linkage import Explanation, Kept, begin, learn, records
from crossforce.nominals.queries import feeding, linked
from crossforce.nominals.rules import matching
from crossforce.nominals.rules.columns import COLUMNS, ID, table

Progress = Callable[[str, int, int], None]
Pair = tuple[str, str]
AT_ONCE: Final = 200
READ, FILED = "Records read", "Links filed"


class TooFew(Conflict):
    """There are too few records of people to learn from, so none are linked yet."""


def _unseen(doing: str, done: int, about: int) -> None:
    """Nobody watches."""


def turn() -> int:
    """Link what changed against everything, some of it; answers how many records that were. Links all where none are."""
    stands = linked.noted()
    if stands is None or stands.filed is not None:
        return rebuild(goes_on=True)
    waiting = feeding.fed(LINKS)
    if waiting:
        kept = _kept(linked.folder() / stands.model)
        here = [(each.record, each.said) for each in waiting if each.said is not None]
        changed = [str(each.record) for each in waiting]
        kept.apply(table(here), ids=ID, gone=set(changed) - {str(key) for key, _ in here})
        _file(kept, stands.model, kept.pairs(changed), anew=changed)
        feeding.fed_in(LINKS, waiting)
    return len(waiting)


def rebuild(progress: Progress = _unseen, *, goes_on: bool = False) -> int:
    """Learn from all that is held, and link all of it; answers how many pairs that are.

    What stands is looked at meanwhile. Where it `goes_on`, what was learnt before it was cut short counts, and it is
    filed from where it was. Raises TooFew.
    """
    stands = linked.noted()
    if stands is None or stands.filed is None or not goes_on:
        linked.note(_learn(progress), 0)
        stands = linked.noted()
        assert stands is not None
    kept, begun = _kept(linked.folder() / stands.model), stands.filed or 0
    pairs = kept.pairs()
    for at in range(begun, len(pairs), AT_ONCE):
        _file(kept, stands.model, pairs[at : at + AT_ONCE])
        linked.note(stands.model, at + AT_ONCE)
        progress(FILED, min(at + AT_ONCE, len(pairs)), len(pairs))
    feeding.likened(_told(stands.model, [], is_all=True))
    linked.note(stands.model, None)
    return len(pairs)


@lru_cache(maxsize=1)
def _kept(place: Path) -> Kept:
    """The links of a model; one for all threads of a process."""
    return Kept(place)


def _learn(progress: Progress) -> str:
    """Learn from all that is held, and link it beside what stands; answers the name of the model."""
    about, held = feeding.following(LINKS).records, list[tuple[Any, Any]]()
    for some in feeding.whole(PERSON):
        held.extend((each.record, each.said) for each in some)
        progress(READ, len(held), max(about, len(held)))
    on = civil.day_of(clock.now())
    if len(held) < matching.fewest(on):
        raise TooFew
    people = records(table(held), COLUMNS, ids=ID)
    propose, review = matching.thresholds(on)
    name = str(new_id())
    begin(
        linked.folder() / name,
        people,
        replace(learn(people), proposed_above=propose, reviewed_above=review),
    )
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
    feeding.likened(_told(model, found, records=list(anew)))


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
