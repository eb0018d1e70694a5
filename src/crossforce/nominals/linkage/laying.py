"""The columns as the compiled loops take them: what kind each is, and every distinct value in one row of bytes."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage import called, marks
from crossforce.nominals.linkage.alike import compiled
from crossforce.nominals.linkage.columns import NAMES, Records, Role
from crossforce.nominals.linkage.levels import EMAIL_ALIKE, NAME_ALIKE, TEXT_ALIKE, Comparison

ALIKE, BORN, POSTCODE, NUMBER, EMAIL, CODE, ADDRESS, CALLED, BIRTH = range(9)
KINDS: Final = {
    Role.FORENAME: CALLED,
    Role.SURNAME: ALIKE,
    Role.ADDRESS: ADDRESS,
    Role.PLACE: ALIKE,
    Role.BORN: BORN,
    Role.BIRTH: BIRTH,
    Role.POSTCODE: POSTCODE,
    Role.NUMBER: NUMBER,
    Role.EMAIL: EMAIL,
    Role.CODE: CODE,
}
MARKED: Final = {
    Role.FORENAME: marks.BEGUN,
    Role.SURNAME: marks.BEGUN,
    Role.PLACE: marks.BEGUN,
    Role.ADDRESS: marks.PLACED,
    Role.BORN: marks.WHOLE,
    Role.POSTCODE: marks.WHOLE,
}


@dataclass(frozen=True)
class Texts:
    """What the loops need of the columns: each one's kind, bounds, and its distinct values in one row of bytes."""

    kinds: npt.NDArray[np.int64]
    bounds: npt.NDArray[np.float64]
    text: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.int64]
    letters: npt.NDArray[np.uint64]
    marks: npt.NDArray[np.uint64]
    first: npt.NDArray[np.int64]
    partners: npt.NDArray[np.int64]
    exact: npt.NDArray[np.int64]
    follows: npt.NDArray[np.int64]
    shared: npt.NDArray[np.int64]
    beyond: npt.NDArray[np.int64]
    alone: npt.NDArray[np.int64]
    known: npt.NDArray[np.int16]
    related: npt.NDArray[np.bool_]

    @property
    def rest(self) -> tuple[Any, ...]:
        """Whose partner each column is, its number of "the same", what it follows from (bits), what leads others (bits), with
        which columns it is shared, how much higher its level is then, and from which level on it is not.
        """
        leads = int(np.bitwise_or.reduce(self.follows)) if len(self.follows) else 0
        for lead in self.shared[self.shared >= 0].tolist():
            leads |= 1 << lead
        shared = (self.shared, self.beyond, self.alone)
        return (self.partners, self.exact, self.follows, leads, *shared)

    def parts(self) -> tuple[Any, ...]:
        """As the loops take them."""
        return (
            *(self.kinds, self.bounds, self.text, self.starts, self.letters, self.first),
            *(self.known, self.related, self.marks),
        )


def texts(records: Records, comparisons: tuple[Comparison, ...]) -> Texts:
    """The columns of these records, ready for the loops."""
    places: dict[int, int] = {}
    starts: list[npt.NDArray[np.int64]] = []
    rows: list[npt.NDArray[np.uint8]] = []
    known: list[npt.NDArray[np.int16]] = []
    marked: list[npt.NDArray[np.uint64]] = []
    first, filled, at = [], 0, 0
    for words, column in zip(records.words, records.columns, strict=True):
        if id(words) not in places:
            places[id(words)] = at
            low, high = int(words.starts[0]), int(words.starts[-1])
            starts.append(words.starts.astype(np.int64) - low + filled)
            rows.append(words.text[low:high])
            known.append(np.zeros(len(words.starts), np.int16))
            marked.append(
                marks.marks_of(words.text, words.starts, MARKED.get(column.role, marks.NOTHING))
            )
            if column.role in NAMES:
                known[-1][:-1] = called.numbers_of(words.values)
            filled, at = filled + high - low, at + len(words.starts)
        first.append(places[id(words)])
    text = np.concatenate([*rows, np.zeros(1, np.uint8)])
    begins = np.concatenate(starts)
    shared, beyond = _shared(comparisons)
    return Texts(
        np.array([KINDS[each.column.role] for each in comparisons], np.int64),
        np.array([_bounds(each.column.role) for each in comparisons]),
        text,
        begins,
        letters_of(text, begins),
        np.concatenate(marked),
        np.array(first, np.int64),
        np.array([each.partner for each in comparisons], np.int64),
        np.array([each.exact for each in comparisons], np.int64),
        np.array([sum(1 << c for c in each.follows) for each in comparisons], np.int64),
        shared,
        beyond,
        np.array([each.alone for each in comparisons], np.int64),
        np.concatenate(known),
        called.related(),
    )


def _shared(
    comparisons: tuple[Comparison, ...],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For each column those that it is shared with, -1 behind them, and how much higher its level is then."""
    width = max(len(each.shared) for each in comparisons) + 1
    shared = np.full((len(comparisons), width), -1, np.int64)
    beyond = np.zeros((len(comparisons), width), np.int64)
    for c, each in enumerate(comparisons):
        for place, lead in enumerate(each.shared):
            shared[c, place], beyond[c, place] = lead, each.beyond(place)
    return shared, beyond


def _bounds(role: Role) -> tuple[float, float, float]:
    if role in {Role.ADDRESS, Role.PLACE}:
        return TEXT_ALIKE
    return (EMAIL_ALIKE, 2.0, 2.0) if role is Role.EMAIL else NAME_ALIKE


@compiled
def letters_of(text: Any, starts: Any) -> Any:
    """Of each text the set of its letters, one bit each, by which most unlike pairs are told at once."""
    found = np.zeros(len(starts), np.uint64)
    for i in range(len(starts) - 1):
        for j in range(starts[i], starts[i + 1]):
            found[i] |= np.uint64(1) << np.uint64(text[j] & 63)
    return found
