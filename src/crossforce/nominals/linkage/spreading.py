"""The same model on a Spark cluster: records by the hundred million, weighed by Splink where the cluster's workers are.

Needs the extra `cluster` and a Java of the system. What brings records together and what they weigh is the model's, to the
last bit that Spark and DuckDB have in common.
"""

from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from pyspark.sql import SparkSession
from splink import Linker, SparkAPI
from splink.backends.spark import similarity_jar_location

from crossforce.nominals.linkage import splinking
from crossforce.nominals.linkage.columns import Records, bundles
from crossforce.nominals.linkage.model import Model
from crossforce.nominals.linkage.others import combined
from crossforce.nominals.linkage.scoring import Edges, scorer

SPARK: Final = "spark"


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
    """Every pair that a rule brings together and that weighs at least `floor`, found on the cluster at this address.

    A record that says several things goes there in each way to say them: none weighs less than the nearest two do. What comes back
    is weighed here, by what is nearest.
    """
    said, owners = every_way(records)
    spark = session(master)
    try:
        found = predicted(said, model, floor, spark)
    finally:
        spark.stop()
    ways = np.stack([owners[found.left], owners[found.right]])
    left, right = np.unique(np.sort(ways, axis=0), axis=1)
    return scorer(records, model).weigh(left, right, floor)


def every_way(records: Records) -> tuple[Records, npt.NDArray[np.int64]]:
    """The records in each way to say what they say, and whose each is; no record meets itself."""
    every = np.arange(len(records))
    if records.others is None:
        return records, every
    of = bundles(records.columns)
    rows, codes = combined(records.codes, records.others, of, frozenset(of.tolist()))
    owners = np.concatenate([every, rows])
    said = replace(
        records,
        ids=tuple(map(str, range(len(owners)))),
        codes=np.concatenate([records.codes, codes]),
        files=owners.astype(np.int32),
        others=None,
    )
    return said, owners


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
