"""The open sets with which linkage is compared everywhere: columns named, nothing tuned.

FEBRL 1 to 4, RLdata500 and fake_1000: `febrl/dataset1.csv` to `dataset4b.csv`, `rldata/RLdata500.csv` and `fake_1000.csv`, in the
folder that BENCH_LINKAGE_SETS names, else in a folder `data/linkage` beside the project. They are not part of the project.
"""

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import linkage_defaults
from bench.linkage_truth import Labels, Score, score
from bench.measure import Measure
from crossforce.nominals.linkage import Column, Role, learn, link, records
from crossforce.nominals.linkage.clusters import clustered
from crossforce.nominals.linkage.linking import places
from crossforce.nominals.linkage.model import weight_of
from crossforce.nominals.linkage.scoring import scorer

FOLDER: Final = "BENCH_LINKAGE_SETS"
BESIDE: Final = "*/data/linkage"
PEER: Final = "Splink's defaults"
AT: Final = (0.5, 0.95, 0.999)
"""Where the curve is read. Ours links at the first, as it does without being asked."""
THEIRS: Final = 0.95
"""Where Splink's clusters are read, as for the million."""
Table = dict[str, list[str | None]]
Curve = dict[float, Score]
FEBRL: Final = (
    Column("given_name", Role.FORENAME),
    Column("surname", Role.SURNAME),
    Column("street_number", Role.CODE),
    Column("address_1", Role.ADDRESS),
    Column("address_2", Role.ADDRESS),
    Column("suburb", Role.PLACE),
    Column("postcode", Role.POSTCODE),
    Column("state", Role.CODE),
    Column("date_of_birth", Role.BORN),
    Column("soc_sec_id", Role.NUMBER),
)
RLDATA: Final = (
    Column("fname_c1", Role.FORENAME),
    Column("fname_c2", Role.FORENAME),
    Column("lname_c1", Role.SURNAME),
    Column("lname_c2", Role.SURNAME),
    Column("born", Role.BORN, ("by", "bm", "bd")),
)
FAKE: Final = (
    Column("first_name", Role.FORENAME),
    Column("surname", Role.SURNAME),
    Column("dob", Role.BORN),
    Column("city", Role.PLACE),
    Column("email", Role.EMAIL),
)


@dataclass(frozen=True)
class Set:
    """A set: its files, its columns, its ids, where the truth stands, and the least F1 that will do, where one is laid down."""

    name: str
    files: tuple[str, ...]
    columns: tuple[Column, ...]
    ids: str
    truth: str
    least: float | None = None


SETS: Final = (
    Set("FEBRL 1", ("febrl/dataset1.csv",), FEBRL, "rec_id", "rec_id"),
    Set("FEBRL 2", ("febrl/dataset2.csv",), FEBRL, "rec_id", "rec_id"),
    Set("FEBRL 3", ("febrl/dataset3.csv",), FEBRL, "rec_id", "rec_id", 0.995),
    Set("FEBRL 4", ("febrl/dataset4a.csv", "febrl/dataset4b.csv"), FEBRL, "rec_id", "rec_id", 0.9986),
    Set("RLdata500", ("rldata/RLdata500.csv",), RLDATA, "record_id", "label_true"),
    Set("fake_1000", ("fake_1000.csv",), FAKE, "unique_id", "cluster"),
)  # fmt: skip


def folder() -> Path | None:
    """Where the sets lie."""
    if given := os.environ.get(FOLDER):
        return Path(given)
    return next(iter(sorted(Path(__file__).parents[2].glob(BESIDE))), None)


def missing() -> Measure:
    return Measure(f"open sets compared; they would lie in the folder of {FOLDER}", 0, "of 6")


def measures(which: Set, ours: Curve, theirs: Curve) -> Iterator[Measure]:
    """Clusters as each gives them, with the gates; then the curve, a row a threshold."""
    linked = ours[AT[0]]
    yield _beside(f"{which.name}, as it links", linked, theirs[THEIRS], gate=1.0)
    if which.least is not None:
        yield Measure(
            f"{which.name}, the same, F1",
            linked.f1,
            "",
            gate=which.least,
            more_is_better=True,
        )
    for at in AT:
        yield _beside(f"{which.name}, both at {at}", ours[at], theirs[at])


def _beside(what: str, ours: Score, theirs: Score, gate: float | None = None) -> Measure:
    return Measure(
        f"{what}: {ours}; F1",
        ours.f1,
        "",
        f"{PEER}: {theirs}",
        theirs.f1,
        more_is_better=True,
        gate=gate,
    )


def compared(where: Path) -> list[tuple[Curve, Curve]]:
    """The curves of ours and of Splink, set by set."""
    return [_compared(where, each) for each in SETS]


def _compared(where: Path, which: Set) -> tuple[Curve, Curve]:
    table = _read(where, which)
    files = "file" if len(which.files) > 1 else None
    truth = [_person(each or "") for each in table[which.truth]]
    theirs = linkage_defaults.clustered(table, which.columns, files, AT)
    both = _ours(table, which, files), theirs
    ours, peer = ({at: score(each, truth) for at, each in found.items()} for found in both)
    return ours, peer


def _ours(table: Table, which: Set, files: str | None) -> dict[float, Labels]:
    held = records(table, which.columns, ids=which.ids, files=files)
    model = learn(held)
    edges, ready, ids = link(held, model).edges, scorer(held, model), places(held.ids)
    return {at: clustered(ready, edges.at_least(weight_of(at)), ids) for at in AT}


def _person(said: str) -> str:
    """FEBRL has the person's number within the record's: rec-223-dup-0."""
    return said.split("-")[1] if "-" in said else said


def _read(folder: Path, which: Set) -> Table:
    found: Table = {}
    for number, name in enumerate(which.files):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                for key, value in (row | {"file": str(number)}).items():
                    found.setdefault(key.strip(), []).append((value or "").strip() or None)
    return found
