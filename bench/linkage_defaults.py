"""Splink as its documentation has it, on a set of which the columns are named and nothing else is said.

Each column has the comparison that Splink's library offers for what it is, at the thresholds that the library gives it. Names,
births, postcodes, numbers and addresses of mail each bring pairs together, which is more than its examples ask for.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from itertools import combinations
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.linkage_truth import Labels
from crossforce.nominals.linkage import Column, Role
from crossforce.nominals.linkage.clusters import components

Table = dict[str, list[str | None]]
ROW: Final = "unique_id"
MEETS: Final = {Role.FORENAME, Role.SURNAME, Role.BORN, Role.POSTCODE, Role.NUMBER, Role.EMAIL}
LEAST: Final = 0.5
RECALL: Final = 0.7
"""Of pairs alike in two of forename, surname and birth: what Splink's examples say where nothing is known."""


def clustered(
    table: Table, columns: Sequence[Column], files: str | None, thresholds: Sequence[float]
) -> dict[float, Labels]:
    """The clusters that hang together by Splink's predictions at each of these probabilities, none below `LEAST`."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    whole = pa.table({each.name: said(table, each) for each in columns})
    whole = whole.append_column(ROW, pa.array(np.arange(len(whole))))
    with duckdb.connect() as connection:
        pairs = _predicted(
            DuckDBAPI(connection=connection), whole, columns, table.get(files or "")
        )
        query = f"SELECT {ROW}_l, {ROW}_r, match_probability FROM {pairs.physical_name}"  # noqa: S608 - Splink's own name
        left, right, likely = connection.execute(query).fetchnumpy().values()
    kept = {each: np.asarray(likely) >= each for each in thresholds}
    return {
        each: components(len(whole), left[which], right[which]) for each, which in kept.items()
    }


def said(table: Table, column: Column) -> list[str | None]:
    """A column as Splink reads it: a birth as an ISO date."""
    if column.role is not Role.BORN:
        return table[column.name]
    rows = zip(*(table[name] for name in column.sources), strict=True)
    return [_iso([each or "" for each in row]) for row in rows]


def _iso(parts: Sequence[str]) -> str | None:
    if len(parts) > 1:
        return "-".join(each.zfill(2) for each in parts)
    (text,) = parts
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if text.isdigit() else text or None


def _predicted(
    api: DuckDBAPI, whole: pa.Table, columns: Sequence[Column], files: Sequence[Any] | None
) -> Any:
    """Splink's pairs, of a model that it has trained on the set itself."""
    linker = Linker(_registered(api, whole, files), _settings(columns, files), log_level=None)
    first = {each.role: each.name for each in reversed(columns)}
    name = (first[Role.FORENAME], first[Role.SURNAME])
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on(*pair) for pair in combinations((*name, first[Role.BORN]), 2)], recall=RECALL
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on(*name), block_on(first[Role.SURNAME]), block_on(first[Role.BORN])):
        # Where nobody but matches meets, the share of matches becomes 1, of which Splink cannot take the logarithm.
        with suppress(ValueError):
            training.estimate_parameters_using_expectation_maximisation(rule)
    return linker.inference.predict(threshold_match_probability=LEAST)


def _registered(api: DuckDBAPI, whole: pa.Table, files: Sequence[Any] | None) -> Any:
    """One table, or one for each file."""
    if files is None:
        return api.register(whole)
    given = pa.array(files)
    names = sorted(set(files))
    return [
        api.register(whole.filter(pc.equal(given, name)), table_name=f"file_{name}")
        for name in names
    ]


def _settings(columns: Sequence[Column], files: Sequence[Any] | None) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only" if files is None else "link_only",
        unique_id_column_name=ROW,
        comparisons=[_comparison(each) for each in columns],
        blocking_rules_to_generate_predictions=[
            block_on(each.name) for each in columns if each.role in MEETS
        ],
    )


def _comparison(column: Column) -> Any:
    name = column.name
    match column.role:
        case Role.FORENAME | Role.SURNAME:
            return cl.NameComparison(name).configure(term_frequency_adjustments=True)
        case Role.BORN:
            return cl.DateOfBirthComparison(name, input_is_string=True)
        case Role.EMAIL:
            return cl.EmailComparison(name)
        case Role.NUMBER:
            return cl.DamerauLevenshteinAtThresholds(name)
        case Role.POSTCODE:
            return cl.LevenshteinAtThresholds(name)
        case Role.ADDRESS | Role.PLACE:
            return cl.JaroWinklerAtThresholds(name)
        case Role.CODE:
            return cl.ExactMatch(name).configure(term_frequency_adjustments=True)
