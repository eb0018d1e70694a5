"""The linkage on a real Spark cluster: a master and two workers on loopback. `make test-cluster` brings what it needs."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyspark", reason="The extra `cluster` is not installed.")
if shutil.which("java") is None:
    pytest.skip("There is no Java here.", allow_module_level=True)

import pyspark

from crossforce.kernel.testing.soon import until
from crossforce.nominals.linkage import learn, records, spreading
from crossforce.nominals.linkage.scoring import linked
from crossforce.nominals.linkage.tests import test_several as several
from crossforce.nominals.linkage.tests.people import people
from crossforce.nominals.linkage.tests.test_linking import of_families

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]
HOME = Path(pyspark.__file__).parent
DEPLOY = "org.apache.spark.deploy"
HERE = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as one:
        one.bind((HERE, 0))
        port: int = one.getsockname()[1]
        return port


def started(log: Path, *words: str) -> subprocess.Popen[bytes]:
    """A process of Spark, which writes what it tells into a file."""
    told = {**os.environ, "SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": HERE}
    with log.open("wb") as file:
        return subprocess.Popen(
            [str(HOME / "bin" / "spark-class"), *words],
            env=told, cwd=log.parent, stdout=file, stderr=subprocess.STDOUT,
        )  # fmt: skip


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a master with which two workers of one core each have registered."""
    folder, port = tmp_path_factory.mktemp("spark"), free_port()
    address, log = f"spark://{HERE}:{port}", folder / "master.log"
    at = ("--host", HERE, "--webui-port", "0")
    room = ("--cores", "1", "--memory", "1g", "--work-dir", str(folder / "work"))
    running = [started(log, f"{DEPLOY}.master.Master", *at, "--port", str(port))]
    try:
        until(lambda: "Starting Spark master" in log.read_text(), seconds=120)
        for number in (1, 2):
            worker = (f"{DEPLOY}.worker.Worker", *at, *room, address)
            running.append(started(folder / f"worker{number}.log", *worker))
        until(lambda: log.read_text().count("Registering worker") == 2, seconds=120)
        yield address
    finally:
        for each in reversed(running):
            each.terminate()
            each.wait(60)


def test_a_cluster_of_two_workers_weighs_as_we_do(cluster: str) -> None:
    recorded = people(300)
    model = of_families(learn(recorded))
    options = {
        "spark.executor.memory": "512m",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.host": HERE,
        "spark.driver.bindAddress": HERE,
    }
    spark: Any = spreading.session(cluster, options=options)
    try:
        theirs = spreading.predicted(recorded, model, -8.0, spark)
        executors = spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1
    finally:
        spark.stop()
    ours = linked(recorded, model, -8.0)
    one, other = (
        dict(zip(zip(each.left, each.right, strict=True), each.weight, strict=True))
        for each in (ours, theirs)
    )
    assert executors == 2
    assert one.keys() == other.keys()
    assert len(one) > 100
    assert max(abs(one[pair] - other[pair]) for pair in one) < 1e-6


def test_a_cluster_finds_the_pairs_of_those_who_say_several_things(
    cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARK_LOCAL_IP", HERE)
    numbers = list(range(len(several.ALL["id"])))
    many = records(
        several.rows(numbers), several.PARTLY, ids="id", also=several.also(numbers, 1)
    )
    model = learn(many)
    ours, theirs = linked(many, model, 0.0), spreading.linked(many, model, 0.0, cluster)
    one, other = (
        dict(zip(zip(each.left, each.right, strict=True), each.weight, strict=True))
        for each in (ours, theirs)
    )
    assert len(one) > 50
    assert one.keys() == other.keys()
    assert max(abs(one[pair] - other[pair]) for pair in one) < 1e-6
