"""Links that stand, on disk: a generation, and the changes since, in a folder that many processes may read.

A change is a line that is on disk before it counts; every process takes in the lines that it has not seen when it is next asked. So a
kill at any instant loses nothing that was told. A merge lays down what stands, and drops what is gone.
"""

import json
import os
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from crossforce.nominals.linkage import saving
from crossforce.nominals.linkage.columns import Records, UnusableTable
from crossforce.nominals.linkage.explaining import Explanation
from crossforce.nominals.linkage.linking import Decision, Linked, link
from crossforce.nominals.linkage.model import Model, still_said
from crossforce.nominals.linkage.scoring import Edges, linked
from crossforce.nominals.linkage.standing import Standing
from crossforce.nominals.searching.changes import CHECK, whole
from crossforce.nominals.searching.generations import Generations
from crossforce.nominals.searching.tables import Piece

Clusters = frozenset[frozenset[str]]
MUCH: Final = 64_000_000
"""Bytes of changes from which a merge pays: some 300,000 records."""
MANY: Final = 20_000
"""Records that went from which a merge pays."""
LONGEST_KEPT: Final = 86_400
"""Seconds after which what went leaves the disk too."""


@dataclass
class Read:
    """What a process has read: of which generation, and how far its changes."""

    mark: tuple[int, int]
    name: str
    standing: Standing
    offset: int = 0


def begin(
    folder: Path,
    records: Records,
    model: Model,
    by: Callable[[Records, Model, float], Edges] = linked,
) -> "Kept":
    """Links of these records in a new folder; `by` finds the pairs."""
    Generations(folder, lambda: _piece(records, model, link(records, model, by=by), ()))
    return Kept(folder)


class Kept:
    """The links in a folder. May be shared by threads."""

    def __init__(self, folder: Path) -> None:
        self._files = Generations(folder, _nothing)
        self._lock = threading.RLock()
        self._read = self._opened()

    def apply(
        self, table: Any, *, ids: str, gone: Iterable[str] = (), also: Any = None
    ) -> None:
        """Take in records that are new or changed, with what they say besides, and take out those that are gone."""
        came = self._wanted(table, ids)
        if len(set(came[ids])) < len(came[ids]):
            raise UnusableTable("A record stands in the table more than once.")
        more = {} if also is None else {"also": self._wanted(also, ids)}
        self._change({"came": came, "ids": ids, "gone": list(gone)} | more)

    def _wanted(self, table: Any, ids: str) -> dict[str, list[str | None]]:
        """The columns that the model compares, as text."""
        given = table if isinstance(table, pa.Table) else pa.table(dict(table))
        wanted = {ids, *(name for each in self.model.columns for name in each.sources)}
        return {name: given[name].cast(pa.string()).to_pylist() for name in sorted(wanted)}

    def decide(self, decision: Decision) -> None:
        """Somebody says whether two records are one person."""
        self._change({"decided": [decision.left, decision.right, decision.same]})

    def withdraw(self, left: str, right: str) -> None:
        """What was decided of two records no longer holds."""
        self._change({"decided": [left, right, None]})

    def mates(self, id_: str) -> frozenset[str]:
        """The records of the same cluster, the record itself included."""
        with self._lock:
            return self._now().standing.mates(id_)

    def pairs(self, ids: Iterable[str] | None = None) -> list[tuple[str, str, float]]:
        """Each link of these records, or of all, once, with its weight."""
        with self._lock:
            return list(self._now().standing.pairs(ids))

    def explained(self, pairs: Sequence[tuple[str, str]]) -> list[Explanation]:
        """What each column adds to the weight of each of these pairs."""
        with self._lock:
            return self._now().standing.explained(pairs)

    @property
    def clusters(self) -> Clusters:
        """The clusters of two or more."""
        with self._lock:
            return self._now().standing.clusters

    @property
    def model(self) -> Model:
        return self._read.standing.model

    @property
    def waiting(self) -> int:
        """Bytes of changes since the last merge."""
        with self._lock:
            return self._now().offset

    @property
    def held(self) -> int:
        """Records that are here."""
        with self._lock:
            return self._now().standing.held

    def tidy(self) -> bool:
        """Merge where it pays, or where what went may have stood on disk for a day; says whether it did."""
        with self._lock:
            read, since = self._now(), self._files.mark[1] / 1e9
            gone, is_old = read.standing.gone, time.time() - since > LONGEST_KEPT
            is_due = read.offset >= MUCH or gone >= MANY or (gone > 0 and is_old)
        if is_due:
            self.merge()
        return is_due

    def merge(self) -> None:
        """Lay down what stands, without what is gone, and let that count; changes made meanwhile are kept."""
        with self._files.merging():
            with self._lock:
                begun = self._now()
                name, offset = begun.name, begun.offset
                records, decided = begun.standing.records, begun.standing.decisions
                stands = begun.standing.linked
            model = still_said(begun.standing.model, records)
            beside = self._files.lay_down(_piece(records, model, stands, decided))
            with self._files.writing():
                meanwhile = self._files.changes(name).read_bytes()[offset:]
                self._files.let_count(beside, meanwhile[: whole(meanwhile)])

    def _change(self, told: dict[str, Any]) -> None:
        with self._files.writing(), self._lock:
            read = self._now()
            text = json.dumps(told, separators=(",", ":")).encode()
            line = b"%08x%s\n" % (zlib.crc32(text), text)
            with self._files.changes(read.name).open("r+b") as file:
                file.truncate(read.offset)
                file.seek(read.offset)
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
            self._catch_up(read)

    def _now(self) -> Read:
        """What stands at this instant."""
        if self._read.mark != self._files.mark:
            self._read = self._opened()
        try:
            self._catch_up(self._read)
        except FileNotFoundError:
            self._read = self._opened()
        return self._read

    def _opened(self) -> Read:
        """The generation that counts. Another may come to count between two looks: then we look again."""
        while True:
            mark, name = self._files.mark, self._files.current
            try:
                read = Read(mark, name, _standing(self._files.piece(name)))
                self._catch_up(read)
            except FileNotFoundError:
                if self._files.current == name:
                    raise
                continue
            return read

    def _catch_up(self, read: Read) -> None:
        path = self._files.changes(read.name)
        if path.stat().st_size <= read.offset:
            return
        with path.open("rb") as file:
            file.seek(read.offset)
            lines = file.read()
        end = whole(lines)
        for line in lines[:end].splitlines():
            _take(read.standing, json.loads(line[CHECK:]))
        read.offset += end


class NoLinks(Exception):
    """There are no links in this folder: `begin` makes them."""


def _nothing() -> Piece:
    raise NoLinks("There are no links in this folder.")


def _take(standing: Standing, told: dict[str, Any]) -> None:
    """Let a change count."""
    if "came" in told:
        also = pa.table(told["also"]) if "also" in told else None
        standing.apply(pa.table(told["came"]), ids=told["ids"], gone=told["gone"], also=also)
        return
    left, right, same = told["decided"]
    if same is None:
        standing.withdraw(left, right)
    else:
        standing.decide(Decision(left, right, same))


def _piece(
    records: Records, model: Model, linked: Linked, decided: Sequence[Decision]
) -> Piece:
    said = [[each.left, each.right, each.same] for each in decided]
    return Piece(
        {
            **saving.model_arrays(model),
            **saving.record_arrays(records),
            "left": linked.edges.left,
            "right": linked.edges.right,
            "weight": linked.edges.weight,
            "labels": linked.labels,
            "decided": saving.laid_json(said),
        }
    )


def _standing(piece: Piece) -> Standing:
    arrays = piece.arrays
    model = saving.model_from(arrays)
    records = saving.records_from(arrays, model.columns)
    edges = Edges(arrays["left"], arrays["right"], arrays["weight"])
    decided = [Decision(*each) for each in saving.json_from(arrays["decided"])]
    return Standing(records, model, Linked(records.ids, edges, arrays["labels"]), decided)
