"""Which columns say nothing new once another is the same: a town follows from its postcode, a family's surname from the address.

Taken for independent, they would make one person of a family. So it is measured how often strangers of one address, whose
forenames and birthdays both differ, have the other column in common too.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage import grading, pairing
from crossforce.nominals.linkage.columns import Role
from crossforce.nominals.linkage.keys import SAME, Part
from crossforce.nominals.linkage.model import Model
from crossforce.nominals.linkage.sampling import SEED, Sample, grade

WHERE: Final = frozenset({Role.ADDRESS, Role.POSTCODE, Role.PLACE})
SHARED: Final = WHERE | {Role.SURNAME, Role.CODE}
OFTEN: Final = 0.3
"""Strangers that have one in common have the other in common so often, when it follows."""
BEYOND: Final = 5.0
"""And so many times as often as any two strangers."""
LEAST: Final = 30
MOST: Final = 100_000


def follows(model: Model, sample: Sample) -> tuple[tuple[int, ...], ...]:
    """For each column those from which it follows; they are rarer than it is, so nothing goes round in a circle."""
    found: list[list[int]] = [[] for _ in model.columns]
    roles = [each.role for each in model.columns]
    own = [c for c, role in enumerate(roles) if role in {Role.FORENAME, Role.BORN}]
    if not own:
        return tuple(tuple(each) for each in found)
    texts = grading.texts(sample.records, model.comparisons)
    for fine in (c for c, role in enumerate(roles) if role in WHERE):
        grades = grade(sample.records, texts, *_sharing(sample, fine))
        strangers = grades[(grades[:, own] == 0).all(axis=1)]
        for coarse in (c for c, role in enumerate(roles) if role in SHARED and c != fine):
            same = model.u[coarse][-1]
            if same > model.u[fine][-1] and _follow(strangers[:, coarse], same, model, coarse):
                found[coarse].append(fine)
    return tuple(tuple(each) for each in found)


def _follow(grades: npt.NDArray[np.int8], same: float, model: Model, coarse: int) -> bool:
    said = grades[grades >= 0]
    if len(said) < LEAST:
        return False
    together = float((said == model.comparisons[coarse].exact).mean())
    return together >= max(OFTEN, BEYOND * same)


def _sharing(
    sample: Sample, column: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Pairs of the sample that have the value of a column in common."""
    at = sample.rules.index((Part(column, SAME),))
    left, right = pairing.pairs(
        sample.keys[at], files=sample.records.files, most=sample.largest
    )
    if len(left) > MOST:
        some = np.random.default_rng(SEED).choice(len(left), MOST, replace=False)
        left, right = left[some], right[some]
    return left, right
