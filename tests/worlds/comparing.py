"""One world: every actor's answers, now and at other instants, beside what the model says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from tests.worlds import asking, loading
from tests.worlds.model import Actor, Oracle, Row
from tests.worlds.strategies import Sketch
from tests.worlds.tables import Table

Instant = datetime | None
Asked = tuple[Actor, str, Instant, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """The database and the model do not agree; what each of them says."""

    question: str
    kind: str
    actor: Actor
    as_of: Instant
    database: Any
    model: Any


Writing = Callable[[], None]


def differences(
    sketch: Sketch, tables: Mapping[str, Table], write: Writing | None = None
) -> list[Difference]:
    """Put the world into the database, ask, and take it away again.

    `write` puts the agreements there; without it, their grants are put there as they are.
    """
    with transaction.atomic():
        try:
            if write is None:
                loading.grant(sketch.world)
            else:
                write()
            loading.people_it(sketch.world, tables)
            return _asked(sketch, tables)
        finally:
            transaction.set_rollback(True)


def _asked(sketch: Sketch, tables: Mapping[str, Table]) -> list[Difference]:
    """Asked again in the rare case that a boundary of the world passes while it is being asked."""
    while True:
        before = clock()
        comparison = Comparison(sketch, tables, Oracle(sketch.world, before))
        found = list(comparison.run())
        after = clock()
        if not any(before < edge <= after for edge in sketch.edges):
            return found


def clock() -> datetime:
    """The database's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
        return now


@dataclass(frozen=True)
class Comparison:
    """The questions about one world, each answered twice."""

    sketch: Sketch
    tables: Mapping[str, Table]
    oracle: Oracle
    known: dict[Asked, list[Row]] = field(default_factory=dict)

    def run(self) -> Iterator[Difference]:
        """Everybody is asked everything now, and what may be read at another instant.

        At another instant nothing may be changed; one of the actors tries to, and asks the ORM too.
        """
        bold = len(self.sketch.world.rows) % len(self.sketch.actors)
        for place, actor in enumerate(self.sketch.actors):
            turn = self._turn(place)
            for as_of in (None, self.sketch.instants[place % 2]):
                with asking.acting(loading.actor(actor), as_of):
                    yield from self._reads(actor, as_of, turn)
                    yield from self._across(actor, as_of)
                    if as_of is None or place == bold:
                        yield from self._changes(actor, as_of, turn)
                        yield from self._by_orm(actor, as_of, turn)

    def _turn(self, place: int) -> str:
        """The kind whose rows this actor tries to change, and reads by the ORM too."""
        rows = self.sketch.world.rows
        return rows[place % len(rows)].kind

    def _reads(self, actor: Actor, as_of: Instant, turn: str) -> Iterator[Difference]:
        answers = asking.by_sql(self.tables.values())
        for kind in self.tables:
            given = {name: answers[name, kind] for name in asking.NAMES}
            yield from self._unlike("sql", kind, actor, as_of, given)
        known = [row.id for row in self.sketch.world.rows]
        table = self.tables[turn]
        closer = {**asking.closer_by_sql(table, known), "copied": asking.copied(table)}
        mine = [row for row in self.sketch.world.rows if row.kind == turn]
        closer |= asking.able(table, mine)
        yield from self._unlike("sql", turn, actor, as_of, closer)

    def _unlike(
        self, way: str, kind: str, actor: Actor, as_of: Instant, given: dict[str, Any]
    ) -> Iterator[Difference]:
        expected = self._expected(actor, as_of, kind)
        for question, answer in given.items():
            if answer != expected[question]:
                yield Difference(
                    f"{way} {question}", kind, actor, as_of, answer, expected[question]
                )

    def _expected(self, actor: Actor, as_of: Instant, kind: str) -> dict[str, Any]:
        rows = self._may(actor, "read", as_of, kind)
        ids = sorted(row.id for row in rows)
        return {
            "read": ids,
            "within": ids,
            "page": ids,
            "history": ids,
            "picked": ids,
            "copied": ids,
            "count": len(ids),
            "exists": bool(ids),
            "most": max((row.words for row in rows), default=None),
            "aggregate": sum(row.parts for row in rows),
            "join": sorted(
                f"{one.id}{other.id}"
                for one in rows
                for other in rows
                if one.words == other.words and one.id < other.id
            ),
            "search": sorted(row.id for row in rows if "arb" in row.words),
            "find": sorted(row.id for row in self._may(actor, "find", as_of, kind)),
            "task": sorted(row.id for row in self._may(actor, "task", as_of, kind)),
            "disclose": sorted(row.id for row in self._may(actor, "disclose", as_of, kind)),
            "listed": (ids, len(ids)),
        }

    def _across(self, actor: Actor, as_of: Instant) -> Iterator[Difference]:
        """Links, and the search over every kind."""
        seen = sorted(
            link.id
            for link in self.sketch.world.links
            if self.oracle.sees_link(actor, link, as_of)
        )
        given: list[Any] = list(asking.links())
        if given != seen:
            yield Difference("links", "", actor, as_of, given, seen)
        readable = {
            row.id for kind in self.tables for row in self._may(actor, "read", as_of, kind)
        }
        findable = {
            row.id for kind in self.tables for row in self._may(actor, "find", as_of, kind)
        }
        words = self.sketch.world.rows[0].words
        expected = sorted(
            (row.id, row.id in readable)
            for row in self.sketch.world.rows
            if row.words == words and row.id in readable | findable
        )
        given = asking.found_by_words(words)
        if given != expected:
            yield Difference(f"search {words}", "", actor, as_of, given, expected)

    def _by_orm(self, actor: Actor, as_of: Instant, kind: str) -> Iterator[Difference]:
        yield from self._unlike("orm", kind, actor, as_of, asking.by_orm(self.tables[kind]))
        if not kind.startswith("records."):
            return
        listed = {"listed": asking.listed(loading.actor(actor), kind)}
        yield from self._unlike("page", kind, actor, as_of, listed)
        yield from self._opened(actor, as_of, kind)
        if as_of is None:
            given = asking.exported(loading.actor(actor), kind)
            readable = self._may(actor, "read", None, kind)
            expected = sorted(
                row.id for row in self._may(actor, "disclose", None, kind) if row in readable
            )
            if given != expected:
                yield Difference("export", kind, actor, None, given, expected)

    def _opened(self, actor: Actor, as_of: Instant, kind: str) -> Iterator[Difference]:
        """The page of one record, and its history."""
        row = next(row for row in self.sketch.world.rows if row.kind == kind)
        expected = "missing"
        if row in self._may(actor, "read", as_of, kind):
            expected = "shown"
        elif row in self._may(actor, "find", as_of, kind):
            expected = "found"
        given = asking.opened(loading.actor(actor), row)
        if given != expected:
            yield Difference("opened", kind, actor, as_of, given, expected)

    def _changes(self, actor: Actor, as_of: Instant, kind: str) -> Iterator[Difference]:
        table = self.tables[kind]
        edits = self._changeable(actor, as_of, kind, "edit")
        disposals = self._changeable(actor, as_of, kind, "dispose")
        for question, given, expected in (
            ("edit", asking.edits(table), edits),
            ("blind edit", asking.blind_edits(table), len(edits)),
            ("dispose", asking.disposals(table), disposals),
            ("blind dispose", asking.blind_disposals(table), len(disposals)),
            (
                "history after disposal",
                asking.history_after_disposal(table),
                self._left(actor, as_of, kind),
            ),
        ):
            if given != expected:
                yield Difference(question, kind, actor, as_of, given, expected)
        yield from self._new_places(actor, as_of)

    def _new_places(self, actor: Actor, as_of: Instant) -> Iterator[Difference]:
        """Rows written into, and moved into, scopes of the world."""
        staff = self.sketch.world.postings[0].staff
        for place in self.sketch.places:
            table = self.tables[place.kind]
            given = asking.is_added(table, place, staff)
            expected = self.oracle.allows(actor, "add", place, as_of)
            if given != expected:
                yield Difference(f"add into {place}", place.kind, actor, as_of, given, expected)
            for row in self._may(actor, "edit", as_of, place.kind):
                moved = asking.is_moved(table, row.id, place)
                allowed = as_of is None and self.oracle.may_edit(actor, row, place)
                if moved != allowed:
                    yield Difference(
                        f"move {row.id} into {place}", place.kind, actor, as_of, moved, allowed
                    )

    def _changeable(self, actor: Actor, as_of: Instant, kind: str, action: str) -> list[UUID]:
        if as_of is not None:
            return []
        asked = self.oracle.may_edit if action == "edit" else self.oracle.may_dispose
        return sorted(
            row.id for row in self.sketch.world.rows if row.kind == kind and asked(actor, row)
        )

    def _left(self, actor: Actor, as_of: Instant, kind: str) -> list[UUID]:
        """What may be read and not disposed of."""
        gone = set(self._changeable(actor, as_of, kind, "dispose"))
        return sorted({row.id for row in self._may(actor, "read", as_of, kind)} - gone)

    def _may(self, actor: Actor, action: str, as_of: Instant, kind: str) -> list[Row]:
        asked = (actor, action, as_of, kind)
        if asked not in self.known:
            self.known[asked] = [
                row
                for row in self.sketch.world.rows
                if row.kind == kind and self.oracle.allows_row(actor, action, row, as_of)
            ]
        return self.known[asked]
