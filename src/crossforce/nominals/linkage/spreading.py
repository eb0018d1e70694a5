"""The same model on a Spark cluster, for records by the hundred million: who meets whom is found where the cluster's workers are.

Records that say one thing of each kind are weighed there as well, by Splink, to the last bit that Spark and DuckDB have in common.
Whom one that says several things meets comes back, and is weighed here. Needs the extra `cluster` and a Java of the system.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import SparkSession
from splink import Linker, SparkAPI
from splink.backends.spark import similarity_jar_location

from crossforce.nominals.linkage import splinking
from crossforce.nominals.linkage.columns import Records
from crossforce.nominals.linkage.keyed import every_key
from crossforce.nominals.linkage.keys import Keys
from crossforce.nominals.linkage.model import Model
from crossforce.nominals.linkage.scoring import Each, Edges, joined, scorer

Rows = npt.NDArray[np.int64]
SPARK: Final = "spark"
AT_ONCE: Final = 20_000_000
"""Pairs that come back at once."""
TOGETHER: Final = """
SELECT DISTINCT l.row AS one, r.row AS other
  FROM stands l JOIN stands r ON l.rule = r.rule AND l.key = r.key
 WHERE l.row < r.row AND l.file <> r.file AND (l.has OR r.has)"""


def session(master: str, *, options: dict[str, str] | None = None) -> SparkSession:
    """A session with a cluster, as "spark://host:port" names it, that knows Splink's functions."""
    made: Any = SparkSession.builder.master(master).appName("crossforce linkage")
    given = {
        "spark.jars": similarity_jar_location(),
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
    }
    for name, value in (given | (options or {})).items():
        made = made.config(name, value)
    found: SparkSession = made.getOrCreate()
    return found


def linked(records: Records, model: Model, floor: float, master: str) -> Edges:
    """Every pair that a rule brings together and that weighs at least `floor`, found on the cluster at this address."""
    spark = session(master)
    try:
        if records.others is None:
            return predicted(records, model, floor, spark)
        ready = scorer(records, model)
        found = [ready.weigh(*pairs, floor).each for pairs in met(records, model, spark)]
        return joined([_of_one(records, model, floor, spark), *found])
    finally:
        spark.stop()


def _of_one(records: Records, model: Model, floor: float, spark: SparkSession) -> Each:
    """The pairs of those that say one thing of each kind."""
    assert records.others is not None
    rows = np.flatnonzero(~records.others.has)
    if len(rows) < 2:
        return joined([]).each
    said = replace(
        records,
        ids=tuple(records.ids[row] for row in rows.tolist()),
        codes=np.ascontiguousarray(records.codes[rows]),
        files=None if records.files is None else records.files[rows],
        others=None,
    )
    found = predicted(said, model, floor, spark)
    left, right = (rows[side].astype(np.int32) for side in (found.left, found.right))
    return left, right, found.weight


def met(
    records: Records, model: Model, spark: SparkSession, at_once: int = AT_ONCE
) -> Iterator[tuple[Rows, Rows]]:
    """Every pair that some key brings together and of which one says several things, each once; so many at a time.

    The cluster is given one row for each key under which a record stands, and never all that can be said of somebody.
    """
    assert records.others is not None
    has, files = records.others.has, records.files
    table = pa.concat_tables(
        _stand(rule, keys, rows, has, files)
        for rule, (keys, rows) in enumerate(every_key(records, model))
    )
    spark.createDataFrame(table).createOrReplaceTempView("stands")
    pairs = spark.sql(TOGETHER).persist(StorageLevel.DISK_ONLY)
    parts = pairs.count() // at_once + 1
    for part in range(parts):
        some = pairs.where(f"pmod(one, {parts}) = {part}").toArrow()
        yield some["one"].to_numpy(), some["other"].to_numpy()
    pairs.unpersist()


def _stand(rule: int, keys: Keys, rows: Rows, has: Any, files: Any) -> pa.Table:
    """Under which keys of a rule each record stands."""
    there = keys > 0
    keys, rows = keys[there], rows[there]
    # Spark has no numbers without a sign.
    return pa.table(
        {
            "rule": np.full(len(rows), rule, np.int32),
            "key": keys.view(np.int64),
            "row": rows,
            "has": has[rows],
            "file": rows if files is None else files[rows].astype(np.int64),
        }
    )


def predicted(records: Records, model: Model, floor: float, spark: SparkSession) -> Edges:
    """Every pair that Splink weighs at `floor` or more, on the cluster."""
    api = SparkAPI(  # type: ignore[no-untyped-call]
        spark_session=spark, break_lineage_method="persist"
    )
    given = splinking.settings(model, files=records.files is not None, dialect=SPARK)
    table = spark.createDataFrame(splinking.table(records, model))
    linker = Linker(api.register(table), given, log_level=None)
    for name, common in splinking.commonness(model, records):
        lookup = api.register(spark.createDataFrame(common))
        linker.table_management.register_term_frequency_lookup(lookup, name)
    answer: Any = linker.inference.predict(threshold_match_weight=floor)
    found = answer.as_spark_dataframe().select(
        f"{splinking.ROW}_l", f"{splinking.ROW}_r", "match_weight"
    )
    rows = found.collect()
    left, right, weight = np.array(rows, np.float64).reshape(-1, 3).T
    return Edges(left.astype(np.int32), right.astype(np.int32), weight)
