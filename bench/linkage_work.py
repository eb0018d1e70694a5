"""The work that `bench_linkage.py` measures, each in a process of its own, so that its memory is its own."""

import logging
import os
import resource
import time
from collections.abc import Sequence
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.linkage_people import people
from crossforce.nominals.linkage import Column, Role, Standing, learn, link, records

COLUMNS: Final = (
    Column("forename", Role.FORENAME),
    Column("surname", Role.SURNAME),
    Column("born", Role.BORN),
    Column("postcode", Role.POSTCODE),
    Column("address", Role.ADDRESS),
    Column("town", Role.PLACE),
)
RULES: Final = (
    ("forename", "surname"),
    ("surname", "born"),
    ("forename", "born"),
    ("postcode", "surname"),
    ("postcode", "born"),
    ("postcode", "forename"),
    ("born", "substr(surname, 1, 2)"),
    ("surname", "substr(forename, 1, 3)"),
)
LINKED_AT: Final = 0.95
DAY: Final = 20_000
Labels = npt.NDArray[np.int64]


def ours(number: int) -> dict[str, float]:
    """Read, learn, link and cluster so many records; a few are linked before, so that no loop is compiled meanwhile."""
    few = records(people(2_000, seed=2), COLUMNS, ids="id")
    link(few, learn(few))
    table = people(number)
    began = time.perf_counter()
    held = records(table, COLUMNS, ids="id")
    found = link(held, learn(held))
    return _told(time.perf_counter() - began, found.labels, table)


def stock(number: int) -> dict[str, float]:
    """Splink as its documentation has it, with eight ordinary rules, on DuckDB."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    table = people(number)
    connection = duckdb.connect()
    connection.execute(f"SET threads = {len(os.sched_getaffinity(0))}")
    api = DuckDBAPI(connection=connection)
    began = time.perf_counter()
    linker = Linker(api.register(table), _settings(), log_level=None)
    training = linker.training
    sure: list[Any] = [
        block_on("forename", "surname", "born"),
        block_on("born", "postcode", "forename"),
    ]
    training.estimate_probability_two_random_records_match(sure, recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("forename", "surname"), block_on("born", "postcode")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=LINKED_AT
    )
    took = time.perf_counter() - began
    query = f"SELECT id, cluster_id FROM {found.physical_name}"  # noqa: S608 - Splink's own name
    rows, clusters = connection.execute(query).fetchnumpy().values()
    labels = np.empty(number, np.int64)
    labels[rows.astype(np.int64)] = np.unique(clusters.astype(str), return_inverse=True)[1]
    return _told(took, labels, table)


def standing(number: int) -> dict[str, float]:
    """One record after another against so many, in milliseconds; then a day's changes at once, in seconds."""
    whole = people(number + DAY + 1_000)
    held = records(whole.slice(0, number), COLUMNS, ids="id")
    kept = Standing(held, learn(held))
    singly = []
    for at in range(number, number + 1_000):
        began = time.perf_counter()
        kept.apply(whole.slice(at, 1), ids="id")
        singly.append((time.perf_counter() - began) * 1_000)
    began = time.perf_counter()
    kept.apply(whole.slice(number + 1_000, DAY), ids="id")
    took = time.perf_counter() - began
    return {
        "median": float(np.median(singly[100:])),
        "p95": float(np.percentile(singly[100:], 95)),
        "day": took,
    }


def _settings() -> SettingsCreator:
    def common(made: Any) -> Any:
        return made.configure(term_frequency_adjustments=True)

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[
            common(cl.NameComparison("forename")),
            common(cl.NameComparison("surname")),
            cl.DateOfBirthComparison("born", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.JaroWinklerAtThresholds("address", [0.95, 0.88]),
            common(cl.ExactMatch("town")),
        ],
        blocking_rules_to_generate_predictions=[block_on(*each) for each in RULES],
        retain_matching_columns=False,
    )


def _told(seconds: float, labels: Labels, table: Any) -> dict[str, float]:
    people_of = table["person"].to_numpy()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000
    return {"seconds": seconds, "f1": f1(labels, people_of), "gigabytes": peak}


def f1(labels: Labels, truth: Sequence[int] | Labels) -> float:
    """Of the pairs that stand in one cluster against those that are one person."""
    real = np.unique(np.asarray(truth), return_inverse=True)[1]
    both = labels.astype(np.int64) * (int(real.max()) + 1) + real
    hit, said, true = (_pairs(each) for each in (both, labels, real))
    return 2.0 * hit / max(said + true, 1)


def _pairs(groups: Labels) -> int:
    size = np.unique(groups, return_counts=True)[1]
    return int((size * (size - 1) // 2).sum())
