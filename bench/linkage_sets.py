"""The open sets with which linkage is compared everywhere: columns named, nothing tuned.

The folder that BENCH_LINKAGE_SETS names holds `febrl/dataset1.csv` to `dataset4b.csv`, `rldata/RLdata500.csv` and `fake_1000.csv`.
They are not part of the project.
"""

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.linkage_work import f1
from bench.measure import Measure
from crossforce.nominals.linkage import Column, Role, learn, link, records

FOLDER: Final = "BENCH_LINKAGE_SETS"
Table = dict[str, list[str | None]]
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
    """A set: its files, its columns, its ids, where the truth stands, and the least F1 that will do."""

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


def measures() -> Iterator[Measure]:
    """F1 of the clusters of each set; a line that says so where the sets are not given."""
    folder = os.environ.get(FOLDER)
    if not folder:
        yield Measure(f"open sets compared, in the folder of {FOLDER}", 0, "of 6")
        return
    for each in SETS:
        yield Measure(
            f"{each.name}, F1",
            _f1(Path(folder), each),
            "",
            gate=each.least,
            more_is_better=True,
        )


def _f1(folder: Path, which: Set) -> float:
    table = _read(folder, which)
    apart = "file" if len(which.files) > 1 else None
    held = records(table, which.columns, ids=which.ids, files=apart)
    truth = [
        str(said).split("-")[1] if "-" in str(said) else said for said in table[which.truth]
    ]
    numbers = {said: number for number, said in enumerate(dict.fromkeys(truth))}
    return f1(link(held, learn(held)).labels, [numbers[said] for said in truth])


def _read(folder: Path, which: Set) -> Table:
    found: Table = {}
    for number, name in enumerate(which.files):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                for key, value in (row | {"file": str(number)}).items():
                    found.setdefault(key.strip(), []).append((value or "").strip() or None)
    return found
