"""Inside the installation of bench_files: files are made, kept, read again, and given to the peers."""

import logging
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import bagit
import ocfl
from django.conf import settings
from django.db import connection

from bench.measure import Measure, once
from crossforce.kernel import clock
from crossforce.kernel.files import fixity, keeping

MEGABYTE: Final = 1024 * 1024
LARGE: Final = "files of 100 MB"
SIZES: Final = {LARGE: 100 * MEGABYTE, "files of 10 MB": 10 * MEGABYTE}
WHOLE: Final = int(float(os.environ.get("BENCH_FILES_GB", "1")) * 1024 * MEGABYTE)
ROUNDS: Final = 3
TOGETHER: Final = 2


def measures() -> Iterator[Measure]:
    logging.getLogger("bagit").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(dir=settings.VAR) as folder:
        for said, size in SIZES.items():
            sources = made(Path(folder) / said, size)
            yield from kept(said, sources, Path(folder))
            shutil.rmtree(sources)
    yield from read_again()


def made(folder: Path, size: int) -> Path:
    """Bytes that nothing makes smaller, and that are in memory when they are read."""
    folder.mkdir()
    for number in range(max(WHOLE // size, 2)):
        with (folder / f"{number}.bin").open("xb") as file:
            file.writelines(os.urandom(MEGABYTE) for _ in range(size // MEGABYTE))
    return folder


def kept(said: str, sources: Path, room: Path) -> Iterator[Measure]:
    """Ours and the peers' in turns, the best of each: other work on the machine slows any."""
    works: dict[str, Callable[[], object]] = {
        "ours": lambda: keep_all(sources),
        "copy, bagit.py with SHA-256, sync": lambda: bag(sources, room, ["sha256"]),
        "bagit.py with its defaults, validated, sync": lambda: bag(sources, room, None),
        "cp, sync, sha256sum": lambda: copy_and_sum(sources, room),
        "ocfl-py, sync": lambda: store(sources, room),
    }
    taken: dict[str, list[float]] = {name: [] for name in works}
    os.sync()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(ROUNDS):
        for name, work in works.items():
            taken[name].append(once(work))
            shutil.rmtree(room / "bag", ignore_errors=True)
            os.sync()
    size = sum(each.stat().st_size for each in sources.iterdir()) / 1e9
    rates = {name: size / min(times) for name, times in taken.items()}
    gates = {
        "copy, bagit.py with SHA-256, sync": 1.35,
        "bagit.py with its defaults, validated, sync": 4.0,
    }
    if sources.name == LARGE:
        gates["ocfl-py, sync"] = 4.0
    for name in list(works)[1:]:
        yield Measure(
            what=f"keep {said} for good",
            ours=rates["ours"],
            unit="GB/s",
            peer=name,
            theirs=rates[name],
            more_is_better=True,
            gate=gates.get(name),
        )
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield Measure(
        what=f"memory that keeping {said} takes",
        ours=(after - before) / 1024,
        unit="MB",
        gate=200,
    )


def keep_all(sources: Path) -> None:
    """Each under a holder of its own round, so that none is known again."""
    holder = f"round-{os.urandom(4).hex()}"

    def keep(path: Path) -> None:
        try:
            with path.open("rb", buffering=0) as source:
                keeping.keep_stream(holder=holder, source=source, at=clock.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as threads:
        list(threads.map(keep, sorted(sources.iterdir())))


def bag(sources: Path, room: Path, sums: list[str] | None) -> None:
    shutil.copytree(sources, room / "bag")
    found = bagit.make_bag(str(room / "bag"), checksums=sums, processes=2)
    if sums is None:
        found.validate(processes=2)
    os.sync()


def store(sources: Path, room: Path) -> None:
    """One object of one version, with the digest that OCFL asks for."""
    made = ocfl.Object(identifier="urn:bench:1")
    made.create(str(sources), objdir=str(room / "bag"))
    os.sync()


def copy_and_sum(sources: Path, room: Path) -> None:
    subprocess.run(["cp", "-r", sources, room / "bag"], check=True)  # noqa: S603, S607 - our own folder
    os.sync()
    names = [str(each) for each in (room / "bag").iterdir()]
    subprocess.run(["sha256sum", *names], check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607


def read_again() -> Iterator[Measure]:
    """All that was kept, decrypted and both digests taken anew."""
    tally = fixity.Tally()

    def read() -> None:
        for found in fixity.examine():
            tally.add(found)

    took = once(read)
    size = sum(each.size for each in tally.told(clock.now()))
    assert not tally.unsound
    yield Measure(
        what="read again and prove all that was kept",
        ours=size / 1e9 / took,
        unit="GB/s",
        more_is_better=True,
    )
