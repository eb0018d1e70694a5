"""What the platform itself compares of people: twelve columns of the demonstration's invented lives, and all that records say besides.

A pair is proposed from the likelihood on at which the rule pack proposes one. `inside/linkage_lives.py` makes the records.
"""

import resource
import time
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import feather

from bench.linkage_truth import Labels, Score, score
from crossforce.nominals.linkage import Linked, Model, Records, Standing, learn, link, records
from crossforce.nominals.linkage.model import weight_of
from crossforce.nominals.linkage.scoring import Edges
from crossforce.nominals.rules.columns import COLUMNS, ID

SINGLY: Final = 300
WARMING: Final = 50
"""Of those that come singly the first are not counted."""
DAY: Final = 2_000
FEW: Final = 1_000


def whole(first: str, besides: str) -> dict[str, float]:
    """Read, learn, link and cluster all records by all that they say; a few before, so that no loop is compiled meanwhile."""
    table, more = _read(first), _read(besides)
    _linked(*_some(table, more, 0, FEW))
    began = time.perf_counter()
    model, found, several = _linked(table, more)
    took = time.perf_counter() - began
    proposed = _proposed(found.edges.at_least(weight_of(model.proposed_above)), table)
    return {
        "seconds": took,
        "gigabytes": _gigabytes(),
        "several": several,
        "precision": proposed.precision,
        "recall": proposed.recall,
        "f1": proposed.f1,
        "clusters": score(found.labels, table["person"].to_numpy()).f1,
    }


def by_first(first: str, besides: str) -> dict[str, float]:
    """The same records by what each says first alone."""
    table = _read(first)
    model, found, _ = _linked(table, None)
    proposed = _proposed(found.edges.at_least(weight_of(model.proposed_above)), table)
    return {"precision": proposed.precision, "recall": proposed.recall, "f1": proposed.f1}


def standing(first: str, besides: str) -> dict[str, float]:
    """One record after another against those that stand, in milliseconds; then more at once, in seconds."""
    table, more = _read(first), _read(besides)
    # Records of one force stand together: those that come are of all of them.
    table = table.take(pa.array(np.random.default_rng(6).permutation(len(table))))
    known = len(table) - SINGLY - DAY
    held = _records(*_some(table, more, 0, known))
    kept = Standing(held, learn(held))
    singly = [_taken(kept, *_some(table, more, known + at, 1)) * 1_000 for at in range(SINGLY)]
    day = _taken(kept, *_some(table, more, known + SINGLY, DAY))
    anew = link(_records(table, more), kept.model)
    return {
        "known": known,
        "median": float(np.median(singly[WARMING:])),
        "p95": float(np.percentile(singly[WARMING:], 95)),
        "day": day,
        "apart": float(len(kept.clusters ^ anew.clusters)),
    }


def _linked(table: pa.Table, more: pa.Table | None) -> tuple[Model, Linked, float]:
    """The model of these records, how they are linked, and the share of them that say something besides."""
    held = _records(table, more)
    model = learn(held)
    share = 0.0 if held.others is None else float(held.others.has.mean())
    return model, link(held, model), share


def _records(table: pa.Table, more: pa.Table | None) -> Records:
    return records(table, COLUMNS, ids=ID, also=more)


def _some(table: pa.Table, more: pa.Table, at: int, many: int) -> tuple[pa.Table, pa.Table]:
    """Some of the records, and what they say besides."""
    few = table.slice(at, many)
    return few, more.filter(pc.is_in(more[ID], few[ID].combine_chunks()))


def _proposed(edges: Edges, table: pa.Table) -> Score:
    """The pairs that are proposed against all that there are."""
    person: Labels = table["person"].to_numpy()
    right = int((person[edges.left] == person[edges.right]).sum())
    size = np.unique(person, return_counts=True)[1]
    true = int((size * (size - 1) // 2).sum())
    return Score(right / len(edges), right / true)


def _read(file: str) -> pa.Table:
    return feather.read_table(file, memory_map=False).combine_chunks()


def _taken(kept: Standing, came: pa.Table, more: pa.Table) -> float:
    """How long it takes until these records are linked."""
    began = time.perf_counter()
    kept.apply(came, ids=ID, also=more)
    return time.perf_counter() - began


def _gigabytes() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000
