"""Links that stand, and are kept as records come, change and go, without linking the whole again.

Clusters are those that linking everything at once would give under the same model: what brings two records together,
and what they weigh, depends on the two alone, and a cluster on what hangs together with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from crossforce.nominals.linkage.clusters import Decided, among
from crossforce.nominals.linkage.columns import Records, UnusableTable, records
from crossforce.nominals.linkage.explaining import Explanation, explain_all
from crossforce.nominals.linkage.holding import Grown, Held, Numbered
from crossforce.nominals.linkage.linking import Decision, Linked, link, places
from crossforce.nominals.linkage.meeting import Meeting
from crossforce.nominals.linkage.model import Model
from crossforce.nominals.linkage.neighbours import Neighbours


class Standing:
    """Linked records. `apply` takes what has changed, `decide` what somebody says; both keep the clusters."""

    def __init__(
        self,
        records: Records,
        model: Model,
        linked: Linked | None = None,
        decisions: Iterable[Decision] = (),
    ) -> None:
        """Of these records; `linked` is what linking them at once gave, under the same decisions."""
        if records.files is not None:
            raise UnusableTable("Links that stand are of records that may all be one person.")
        given = tuple(decisions)
        found = linked if linked is not None else link(records, model, given)
        self.model = model
        self._held = Held(records, model)
        self._meeting = Meeting(records, model)
        self._links = Neighbours(len(records), found.edges)
        self._ids = list(records.ids)
        self._places: Grown[np.uint64] = Grown(places(records.ids))
        self._rows = Numbered(self._places.view)
        self._here: Grown[np.bool_] = Grown(np.ones(len(records), bool))
        self._labels: Grown[np.int64] = Grown(found.labels.astype(np.int64))
        self._decided: dict[str, dict[str, bool]] = {}
        for each in given:
            self._note(each)

    def apply(
        self, table: Any, *, ids: str, gone: Iterable[str] = (), also: Any = None
    ) -> frozenset[frozenset[str]]:
        """Take in the records of a table, new or changed, and take out those that are gone; answers the clusters touched.

        Rows of `also` are what they say besides.
        """
        came = records(table, self.model.columns, ids=ids, also=also)
        if len(set(came.ids)) < len(came):
            raise UnusableTable("A record stands in the table more than once.")
        touched = self._take_out([*gone, *came.ids])
        first = len(self._ids)
        self._take_in(came)
        left, right = self._meeting.add(came, first)
        here = self._here.view[left] & self._here.view[right]
        scorer = self._held.scorer
        self._links.add(scorer.weigh(left[here], right[here], scorer.floor))
        return self._renew({*touched, *range(first, len(self._ids))})

    def decide(self, decision: Decision) -> frozenset[frozenset[str]]:
        """Somebody says whether two records are one person."""
        self._note(decision)
        return self._renew(self._known([decision.left, decision.right]))

    def withdraw(self, left: str, right: str) -> frozenset[frozenset[str]]:
        """What was decided of two records no longer holds: the evidence speaks again."""
        for one, other in ((left, right), (right, left)):
            self._decided.get(one, {}).pop(other, None)
        return self._renew(self._known([left, right]))

    def mates(self, id_: str) -> frozenset[str]:
        """The records of the same cluster, the record itself included."""
        (row,) = self._known([id_]) or {-1}
        if row < 0:
            return frozenset()
        together = sorted(self._together({row}))
        return frozenset(
            self._ids[each]
            for each in together
            if self._labels.view[each] == self._labels.view[row]
        )

    def pairs(self, ids: Iterable[str] | None = None) -> Iterator[tuple[str, str, float]]:
        """Each link of these records, or of all, once, with its weight."""
        wanted = np.flatnonzero(self._here.view).tolist() if ids is None else None
        rows = sorted(self._known(list(ids))) if ids is not None else wanted or []
        mine = frozenset(rows) if ids is not None else None
        for row in rows:
            for other, weight in self._links.of(row):
                is_first = row < other or (mine is not None and other not in mine)
                if is_first and self._here.view[other]:
                    yield self._ids[row], self._ids[other], weight

    def explained(self, pairs: Sequence[tuple[str, str]]) -> list[Explanation]:
        """What each column adds to the weight of each of these pairs, which are all here."""
        ids = sorted({each for pair in pairs for each in pair})
        at = {id_: place for place, id_ in enumerate(ids)}
        rows = self._rows.find(places(ids)) if ids else np.zeros(0, np.int64)
        some = self._held.only(rows, ids)
        return explain_all(self.model, some, [(at[one], at[other]) for one, other in pairs])

    @property
    def held(self) -> int:
        """How many records are here."""
        return int(np.count_nonzero(self._here.view))

    @property
    def gone(self) -> int:
        """How many went, or came again changed: they are held still, and count no more."""
        return len(self._ids) - self.held

    @property
    def records(self) -> Records:
        """The records that are here, in numbers of their own."""
        rows = np.flatnonzero(self._here.view)
        return self._held.only(rows, [self._ids[row] for row in rows.tolist()])

    @property
    def linked(self) -> Linked:
        """What stands of the records that are here, in their order."""
        rows = np.flatnonzero(self._here.view)
        at = np.full(len(self._ids), -1, np.int64)
        at[rows] = np.arange(len(rows))
        _, first, which = np.unique(
            self._labels.view[rows], return_index=True, return_inverse=True
        )
        ids = [self._ids[row] for row in rows.tolist()]
        return Linked(ids, self._links.all_of(at), first[which])

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What somebody decided, of records that are gone as well: they may come again."""
        return tuple(
            Decision(one, other, same=same)
            for one, said in self._decided.items()
            for other, same in said.items()
            if one < other
        )

    def _note(self, decision: Decision) -> None:
        for one, other in ((decision.left, decision.right), (decision.right, decision.left)):
            self._decided.setdefault(one, {})[other] = decision.same

    @property
    def clusters(self) -> frozenset[frozenset[str]]:
        """The clusters of two or more."""
        return self._clusters(np.flatnonzero(self._here.view).tolist())

    def _take_out(self, ids: Sequence[str]) -> set[int]:
        """Records that are gone, or come again changed, have no row any more; answers whom they were linked with."""
        rows = self._known(ids)
        touched = {other for row in rows for other in self._linked(row)} - rows
        for row in rows:
            self._here.view[row] = False
            self._rows.later[int(self._places.view[row])] = -1
        return touched

    def _take_in(self, came: Records) -> None:
        first = len(self._ids)
        rows = np.arange(first, first + len(came))
        self._held.add(came)
        self._ids.extend(came.ids)
        self._places.add(places(came.ids))
        self._here.add(np.ones(len(came), bool))
        self._labels.add(rows)
        self._rows.later.update(
            zip(self._places.view[first:].tolist(), rows.tolist(), strict=True)
        )

    def _known(self, ids: Sequence[str]) -> set[int]:
        """The rows of those records that are here."""
        return (
            {row for row in self._rows.find(places(ids)).tolist() if row >= 0} if ids else set()
        )

    def _linked(self, row: int) -> set[int]:
        """Whom a record is linked with, by weight or by decision."""
        said = self._decided.get(self._ids[row], {})
        found = self._known([other for other, same in said.items() if same])
        found.update(other for other, _ in self._links.of(row) if self._here.view[other])
        return found

    def _together(self, seeds: set[int]) -> set[int]:
        """Everything that hangs together with one of these."""
        found, waiting = set(seeds), list(seeds)
        while waiting:
            new = self._linked(waiting.pop()) - found
            found |= new
            waiting.extend(new)
        return found

    def _renew(self, seeds: set[int]) -> frozenset[frozenset[str]]:
        """Cluster again what hangs together with these rows."""
        rows = sorted(self._together(seeds))
        if not rows:
            return frozenset()
        at = {row: place for place, row in enumerate(rows)}
        array = np.array(rows, np.int64)
        edges, decided = self._links.among(rows, at), self._decisions(rows, at)
        labels = among(self._held.scorer, array, edges, self._places.view[array], decided)
        self._labels.view[array] = array[labels]
        return self._clusters(rows)

    def _decisions(self, rows: Sequence[int], at: dict[int, int]) -> Decided:
        found: list[tuple[int, int, bool]] = []
        for row in rows:
            for other, same in self._decided.get(self._ids[row], {}).items():
                there = next(iter(self._known([other])), -1)
                if row < there and there in at:
                    found.append((at[row], at[there], same))
        sides = np.array([each[:2] for each in found], np.int64).reshape(-1, 2)
        return Decided(sides[:, 0], sides[:, 1], np.array([each[2] for each in found], bool))

    def _clusters(self, rows: Sequence[int]) -> frozenset[frozenset[str]]:
        groups: dict[int, list[str]] = {}
        for row in rows:
            groups.setdefault(int(self._labels.view[row]), []).append(self._ids[row])
        return frozenset(frozenset(each) for each in groups.values() if len(each) > 1)
