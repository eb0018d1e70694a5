"""No pair is dropped that its weight would have kept, whatever a model has learnt."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from crossforce.nominals.linkage import Model, Records, grading, laying, records
from crossforce.nominals.linkage.model import common, shares, weigh
from crossforce.nominals.linkage.scoring import scorer
from crossforce.nominals.linkage.tests.people import COLUMNS, table
from crossforce.nominals.linkage.tests.test_linking import of_families
from crossforce.nominals.linkage.tests.test_several import PARTLY
from crossforce.nominals.linkage.training import blank

MODELS = 4


def some(columns: Any) -> Records:
    """Of people whose names stand the wrong way round in one of five records, and of some of whom the year of birth alone is known."""
    rows = table(80, seed=5)
    for n in range(0, len(rows["id"]), 5):
        rows["forename"][n], rows["surname"][n] = rows["surname"][n], rows["forename"][n]
        rows["born"][n] = rows["born"][n] and rows["born"][n][:4]
    return records(rows, columns, ids="id")


def drawn(model: Model, chance: np.random.Generator, likely: float) -> Model:
    """The same model, but that what each level is worth is drawn; the less `likely`, the more all but the same speaks against."""

    def row(of: int, likely: float) -> tuple[float, ...]:
        found = np.maximum(chance.dirichlet(np.ones(of)), 1e-9)
        found[:-1] *= likely
        return tuple(found / found.sum())

    m, u = (tuple(row(len(each), by) for each in model.m) for by in (likely, 1.0))
    return replace(model, m=m, u=u, prior=float(chance.uniform(1e-4, 0.2)))


@pytest.mark.parametrize("families", [False, True])
@pytest.mark.parametrize("columns", [COLUMNS, PARTLY], ids=["days", "days in part"])
def test_a_pair_is_kept_where_its_weight_reaches_the_floor(
    columns: Any, families: bool
) -> None:
    given, chance = some(columns), np.random.default_rng(4)
    nothing = blank(given.columns)
    nothing = replace(nothing, u=nothing.m, common=common(given, shares(given)))
    nothing = of_families(nothing) if families else nothing
    left, right = np.triu_indices(len(given), 1)
    texts = laying.texts(given, nothing.comparisons)
    found = grading.grades(given.codes, texts.parts(), texts.rest, left, right)
    turned = np.flatnonzero(
        (given.codes[left] == given.codes[right][:, [1, 0, *range(2, 6)]])[:, :2].all(axis=1)
    )
    for n in range(MODELS):
        model = drawn(nothing, chance, (1.0, 1e-3)[n % 2])
        weights = weigh(model, given, model.rarity(given), found, left)
        nearest = [*chance.choice(turned, 4), chance.integers(len(left))]
        for floor in weights[nearest] - 1e-7:
            kept = scorer(given, model).weigh(left, right, float(floor))
            assert kept.weight.tolist() == pytest.approx(weights[weights >= floor].tolist())
            assert kept.left.tolist() == left[weights >= floor].tolist()
