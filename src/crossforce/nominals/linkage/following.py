"""Which columns say nothing new once another is the same: a town follows from its postcode, a family's surname from the address.

Taken for independent, they would make one person of a family. So it is measured how often strangers of one address, whose
forenames and birthdays both differ, have the other column in common too. A town that follows says nothing more then; a surname that
is shared says what it says among people of one address, or of one postcode.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage import laying, pairing, training
from crossforce.nominals.linkage.columns import WHEN, WHERE, Role
from crossforce.nominals.linkage.keys import SAME, Part
from crossforce.nominals.linkage.model import Grades, Model
from crossforce.nominals.linkage.sampling import SEED, Sample, grade

SHARED: Final = WHERE | {Role.SURNAME, Role.CODE}
OFTEN: Final = 0.3
"""Strangers that have one in common have the other in common so often, when it follows."""
BEYOND: Final = 5.0
"""And so many times as often as any two strangers."""
LEAST: Final = 30
SEEN: Final = 8
"""So many of them at least: fewer tell nothing sure."""
MOST: Final = 100_000


def followed(model: Model, sample: Sample) -> Model:
    """The model with the columns from which each follows, or with which it is shared; these are rarer than it is, so nothing
    goes round in a circle.
    """
    follows: list[list[int]] = [[] for _ in model.columns]
    shared: list[list[int]] = [[] for _ in model.columns]
    u, m = list(model.u), list(model.m)
    for fine, strangers in _strangers(model, sample):
        for c, column in enumerate(model.columns):
            if column.role not in SHARED or c == fine or model.u[c][-1] <= model.u[fine][-1]:
                continue
            others = strangers[~_agreed(model, strangers, shared[c])]
            said = others[others[:, c] >= 0, c]
            same = int((said == model.comparisons[c].exact).sum())
            if column.role is Role.SURNAME and _told(same, len(said), BEYOND * model.u[c][-1]):
                shared[c].append(fine)
                chances = training.chances(said, model.comparisons[c].exact, same / len(said))
                # The rarest stands first of the levels, and so at the end here.
                own = len(model.m[c])
                u[c] = (*model.u[c], *chances, *u[c][own:])
                m[c] = (*m[c], *model.m[c])
            elif column.role is not Role.SURNAME and _told(
                same, len(said), max(OFTEN, BEYOND * model.u[c][-1])
            ):
                follows[c].append(fine)
        if model.columns[fine].role is Role.POSTCODE:
            _put_addresses(model, fine, strangers, shared, u, m)
    return replace(
        model, follows=_fixed(follows), shared=_fixed(shared), u=tuple(u), m=tuple(m)
    )


def _put_addresses(
    model: Model, postcode: int, strangers: Grades, shared: Any, u: Any, m: Any
) -> None:
    """Addresses of one postcode are alike whoever lives there: what alikeness is worth then is counted by itself."""
    for c, column in enumerate(model.columns):
        if column.role is not Role.ADDRESS or shared[c]:
            continue
        nearly = model.comparisons[c].exact - 1
        said = strangers[(strangers[:, c] >= 0) & (strangers[:, c] < nearly), c]
        usual = sum(model.u[c][1:nearly])
        if not _told(int((said > 0).sum()), len(said), BEYOND * usual):
            continue
        seen = np.bincount(said, minlength=nearly) + 0.5
        lower = seen / seen.sum() * sum(model.u[c][:nearly])
        shared[c].append(postcode)
        u[c] = (*model.u[c], *(float(x) for x in lower), *model.u[c][nearly:])
        m[c] = (*model.m[c], *model.m[c])


def _strangers(model: Model, sample: Sample) -> Iterator[tuple[int, Grades]]:
    """For each column of where somebody lives, the rarest first: how people agree whom only that one has in common."""
    roles = [each.role for each in model.columns]
    own = [c for c, role in enumerate(roles) if role in {Role.FORENAME, *WHEN}]
    if not own:
        return
    texts = laying.texts(sample.records, model.comparisons)
    where = [c for c, role in enumerate(roles) if role in WHERE]
    for fine in sorted(where, key=lambda c: model.u[c][-1]):
        grades = grade(sample.records, texts, *_sharing(sample, fine))
        yield fine, grades[(grades[:, own] == 0).all(axis=1)]


def _agreed(model: Model, grades: Grades, leads: list[int]) -> npt.NDArray[np.bool_]:
    """Whether one of these columns is the same, or an address nearly."""
    found = np.zeros(len(grades), bool)
    for lead in leads:
        nearly = model.columns[lead].role is Role.ADDRESS
        found |= grades[:, lead] >= model.comparisons[lead].exact - nearly
    return found


def _told(same: int, said: int, least: float) -> bool:
    return said >= LEAST and same >= SEEN and same >= least * said


def _fixed(found: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(each) for each in found)


def _sharing(
    sample: Sample, column: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Pairs of the sample that have the value of a column in common."""
    at = sample.rules.index((Part(column, SAME),))
    left, right = pairing.pairs(
        sample.blocks[at], files=sample.records.files, most=sample.largest
    )
    if len(left) > MOST:
        some = np.random.default_rng(SEED).choice(len(left), MOST, replace=False)
        left, right = left[some], right[some]
    return left, right
