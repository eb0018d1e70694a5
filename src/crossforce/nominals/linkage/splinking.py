"""The same model in Splink: its settings, its table, its answer. Splink is the yardstick here, and the way to a cluster.

Records come with the key of each rule beside their columns, so that Splink blocks on equal keys, on DuckDB or elsewhere.
"""

import logging
from collections.abc import Iterator
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import sqlglot
from splink import DuckDBAPI, Linker

from crossforce.nominals.linkage.columns import Records, Role
from crossforce.nominals.linkage.keyed import keys_of
from crossforce.nominals.linkage.levels import CALLED, OTHERWISE, Comparison
from crossforce.nominals.linkage.model import Model
from crossforce.nominals.linkage.scoring import Edges
from crossforce.nominals.searching import shortforms

ROW: Final = "unique_id"
FILE: Final = "of_file"
DUCKDB: Final = "duckdb"


def settings(model: Model, *, files: bool = False, dialect: str = DUCKDB) -> dict[str, Any]:
    """The model as Splink's settings, as its JSON files hold them, in the SQL of one of its engines."""
    apart = f' AND l."{FILE}" <> r."{FILE}"' if files else ""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": ROW,
        "probability_two_random_records_match": model.prior,
        "blocking_rules_to_generate_predictions": [
            {
                "blocking_rule": spoken(f'l."{_key(n)}" = r."{_key(n)}"{apart}', dialect),
                "sql_dialect": dialect,
            }
            for n in range(len(model.rules))
        ],
        "comparisons": [_comparison(model, each, dialect) for each in model.comparisons],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "max_iterations": 100,
    }


def table(records: Records, model: Model) -> pa.Table:
    """The records as Splink reads them: what is compared, and a key for each rule."""
    columns = {ROW: pa.array(np.arange(len(records)))}
    for index, column in enumerate(records.columns):
        codes = records.codes[:, index]
        places = pa.array(codes, pa.int32(), mask=codes < 0)
        columns[column.name] = records.words[index].values.take(places)
        if column.role is Role.FORENAME:
            others = [
                sorted(shortforms.others(said))
                for said in records.words[index].values.to_pylist()
            ]
            columns[column.name + CALLED] = pa.array(others, pa.list_(pa.string())).take(places)
    for n, keys in enumerate(keys_of(records, model)):
        # Not every engine has numbers without a sign.
        columns[_key(n)] = pa.array(keys.view(np.int64), mask=keys == 0)
    if records.files is not None:
        columns[FILE] = pa.array(records.files)
    return pa.table(columns)


def linker(records: Records, model: Model, connection: duckdb.DuckDBPyConnection) -> Linker:
    """Splink's linker over these records, with how common each value is as the model has it."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=connection)
    found = Linker(
        api.register(table(records, model)),
        settings(model, files=records.files is not None),
        log_level=None,
    )
    for name, common in commonness(model, records):
        found.table_management.register_term_frequency_lookup(api.register(common), name)
    return found


def predicted(records: Records, model: Model, floor: float) -> Edges:
    """Every pair that Splink weighs at `floor` or more, on DuckDB."""
    with duckdb.connect() as connection:
        answer = linker(records, model, connection).inference.predict(
            threshold_match_weight=floor
        )
        # The name is Splink's own.
        query = f"SELECT {ROW}_l, {ROW}_r, match_weight FROM {answer.physical_name}"  # noqa: S608 - its own name
        left, right, weight = connection.execute(query).fetchnumpy().values()
    return Edges(left.astype(np.int32), right.astype(np.int32), weight)


def spoken(sql: str, dialect: str) -> str:
    """A condition in the SQL of an engine, where `levels` has it in DuckDB's."""
    if dialect == DUCKDB or sql == OTHERWISE:
        return sql
    found = sqlglot.transpile(sql, read=DUCKDB, write=dialect)[0]
    return found.replace("JAROWINKLER_SIMILARITY", "jaro_winkler")


def commonness(model: Model, records: Records) -> Iterator[tuple[str, pa.Table]]:
    """Of each column how common each value is, as Splink is told it."""
    for index, column in enumerate(model.columns):
        words = records.words[index]
        shares = model.common[index].of(words)
        yield column.name, pa.table({column.name: words.values, f"tf_{column.name}": shares})


def _key(rule: int) -> str:
    return f"meets_by_{rule}"


def _comparison(model: Model, comparison: Comparison, dialect: str) -> dict[str, Any]:
    name, c = comparison.column.name, comparison.index
    m, u = model.m[c], model.u[c]
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": spoken(comparison.nothing, dialect),
            "label_for_charts": "nothing",
            "is_null_level": True,
        }
    ]
    for number, level in zip(reversed(range(len(m))), comparison.levels, strict=True):
        levels.append(
            {
                "sql_condition": spoken(level.sql, dialect),
                "label_for_charts": level.label,
                "m_probability": m[number],
                "u_probability": u[number],
            }
        )
    levels[-comparison.own] |= {"tf_adjustment_column": name, "tf_adjustment_weight": 1.0}
    return {"output_column_name": name, "comparison_levels": levels}
