"""The work that `bench_linkage.py` measures, each in a process of its own, so that its memory is its own."""

import logging
import os
import resource
import time
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import splink.comparison_library as cl
from pyarrow import feather
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.linkage_people import many, people
from bench.linkage_truth import Labels, score
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
SINGLY: Final = 1_000
WARMING: Final = 100
"""Of those that come singly the first are not counted."""


def laid_down(file: str, number: int) -> None:
    """So many records and those that come after them, made once for all that is measured."""
    feather.write_feather(people(number + SINGLY + DAY), file, compression="uncompressed")


def ours(file: str, number: int) -> dict[str, float]:
    """Read, learn, link and cluster so many records; a few are linked before, so that no loop is compiled meanwhile."""
    few = records(people(2_000, seed=2), COLUMNS, ids="id")
    link(few, learn(few))
    table = _read(file).slice(0, number)
    began = time.perf_counter()
    held = records(table, COLUMNS, ids="id")
    found = link(held, learn(held))
    return _told(time.perf_counter() - began, found.labels, table)


def stock(file: str, number: int) -> dict[str, float]:
    """Splink as its documentation has it, with eight ordinary rules, on DuckDB."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    table = _read(file).slice(0, number)
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


def standing(file: str, known: int, number: int) -> dict[str, float]:
    """One record after another against so many, in milliseconds; then a day's changes at once, in seconds."""
    table = _read(file)
    whole = many(table.slice(0, known), number)
    came = table.slice(known, SINGLY + DAY)
    fresh = pa.array([f"new {row}" for row in range(len(came))])
    came = came.set_column(came.column_names.index("id"), "id", fresh)
    began = time.perf_counter()
    held = records(whole, COLUMNS, ids="id")
    del whole, table
    kept = Standing(held, learn(held))
    del held
    ready = time.perf_counter() - began
    singly = [_taken(kept, came.slice(at, 1)) * 1_000 for at in range(SINGLY)]
    return {
        "ready": ready,
        "median": float(np.median(singly[WARMING:])),
        "p95": float(np.percentile(singly[WARMING:], 95)),
        "day": _taken(kept, came.slice(SINGLY, DAY)),
        "gigabytes": _gigabytes(),
    }


def _read(file: str) -> pa.Table:
    return feather.read_table(file, memory_map=False).combine_chunks()


def _taken(kept: Standing, came: pa.Table) -> float:
    """How long it takes until these records are linked."""
    began = time.perf_counter()
    kept.apply(came, ids="id")
    return time.perf_counter() - began


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


def _told(seconds: float, labels: Labels, table: pa.Table) -> dict[str, float]:
    peak = _gigabytes()
    found = score(labels, table["person"].to_numpy())
    return {
        "seconds": seconds,
        "f1": found.f1,
        "precision": found.precision,
        "recall": found.recall,
        "gigabytes": peak,
    }


def _gigabytes() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000
