"""The same model on a Spark cluster: records by the hundred million, weighed by Splink where the cluster's workers are.

Needs the extra `cluster` and a Java of the system. What brings records together and what they weigh is the model's, to the
last bit that Spark and DuckDB have in common.
"""

from typing import Any, Final

import numpy as np
from pyspark.sql import SparkSession
from splink import Linker, SparkAPI
from splink.backends.spark import similarity_jar_location

from crossforce.nominals.linkage import splinking
from crossforce.nominals.linkage.columns import Records
from crossforce.nominals.linkage.model import Model
from crossforce.nominals.linkage.scoring import Edges

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
    left, right, weight = (np.array(each) for each in zip(*found.collect(), strict=True))
    return Edges(left.astype(np.int32), right.astype(np.int32), weight)
