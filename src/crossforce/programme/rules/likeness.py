"""Entries of registers that may be one idea twice, or that do the same for the same force.

They are shown with the reason and a score, and never merged: whether two entries are one is for the
people who wrote them.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from crossforce.programme.choices import Likeness, Stage
from crossforce.programme.rules.figures import Figures
from crossforce.programme.rules.nearness import nearest, plain
from crossforce.programme.rules.register import Entry

WORD = re.compile(r"\w{3,}")
COMMON = frozenset(
    {"and", "the", "for", "with", "joint", "force", "forces", "police", "unit", "service"}
    | {
        "services",
        "regional",
        "region",
        "collaboration",
        "shared",
        "project",
        "team",
        "synthetic",
    }
)
"""Words that are in every register and say nothing about what an entry is."""
MOST_WITH_A_WORD = 60
Named = Callable[[str], str]
MOST_PAIRS = 1_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries and why they are shown together; `score` is how much their words agree, of 100."""

    one: Entry
    other: Entry
    kind: Likeness
    score: int

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, with the codes of bodies and functions."""
        return self.told(str, str)

    def told(self, organisation: Named, function: Named) -> tuple[str, ...]:
        """Why, with bodies and functions as they are named by these."""
        return tuple(_reasons(self, organisation, function))


def alike(entries: Sequence[Entry], figures: Figures, most: int = MOST_PAIRS) -> list[Pair]:
    """The pairs worth a look, the most alike first, so many at most. What was dropped is left out."""
    living = [entry for entry in entries if entry.stage is not Stage.DROPPED]
    found = nearest(living, _shelves(living), figures, most)
    pairs = (_pair(living[one], living[other], figures) for one, other in found)
    return [each for each in pairs if each]


def like(one: Entry, entries: Sequence[Entry], figures: Figures) -> list[Pair]:
    """The same of one entry: the pairs that it is in."""
    words = telling_words(one.title)
    near = (
        other
        for other in entries
        if (other.holder, other.reference) != (one.holder, one.reference)
        and (
            (one.function and other.function == one.function)
            or words & telling_words(other.title)
        )
    )
    living = (other for other in near if Stage.DROPPED not in (one.stage, other.stage))
    found = (_pair(one, other, figures) for other in living)
    return sorted(
        (each for each in found if each), key=lambda pair: (-pair.score, pair.other.reference)
    )


def _shelves(entries: Sequence[Entry]) -> list[list[int]]:
    """Places of entries with a function or a telling word in common. A word of very many entries tells nothing."""
    shelves: defaultdict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        for word in telling_words(entry.title):
            shelves[f"word {word}"].append(place)
        if entry.function:
            shelves[f"function {entry.function}"].append(place)
    return [
        places
        for shelf, places in shelves.items()
        if shelf.startswith("function ") or len(places) <= MOST_WITH_A_WORD
    ]


def _pair(one: Entry, other: Entry, figures: Figures) -> Pair | None:
    score = likeness(one, other, figures)
    common = set(one.forces) & set(other.forces)
    is_same = bool(one.function) and one.function == other.function
    if score >= figures.duplicate_from:
        kind = Likeness.DUPLICATE
    elif is_same and common and score >= figures.overlap_from:
        kind = Likeness.OVERLAP
    else:
        return None
    return Pair(one, other, kind, score)


def likeness(one: Entry, other: Entry, figures: Figures) -> int:
    """How much the words of two entries agree, of 100, whichever comes first.

    Where one of them has no description, the titles alone tell.
    """
    title = fuzz.token_sort_ratio(plain(one.title), plain(other.title))
    if not (one.description and other.description):
        return round(title)
    words = fuzz.token_set_ratio(plain(one.description), plain(other.description))
    weight = figures.title_weight
    return round((weight * title + (100 - weight) * words) / 100)


def _reasons(pair: Pair, organisation: Named, function: Named) -> Iterator[str]:
    one, other = pair.one, pair.other
    yield f"their words agree by {pair.score} of 100"
    if one.function and one.function == other.function:
        yield f"both are of {function(one.function)}"
    # That an entry names whose register it is in says nothing.
    common = (set(one.forces) & set(other.forces)) - ({one.holder} & {other.holder})
    if common:
        yield f"both name {', '.join(organisation(each) for each in sorted(common))}"
    if one.holder != other.holder:
        first, second = organisation(one.holder), organisation(other.holder)
        yield f"they are in the registers of {first} and {second}"
    if shared := sorted(telling_words(one.title) & telling_words(other.title)):
        yield f"both titles say {', '.join(shared)}"


@lru_cache(maxsize=20_000)
def telling_words(text: str) -> frozenset[str]:
    """The words of a title that say what an entry is, without case."""
    return frozenset(WORD.findall(text.casefold())) - COMMON
