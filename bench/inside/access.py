"""Pages, sets, context and decisions, measured as the application and, for the peers, as the owner."""

import itertools
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection

from bench import deciding, governed
from bench.measure import Measure
from crossforce.insight import api as insight
from crossforce.kernel import database, guarded, guarded_rows
from crossforce.kernel.guarded_rows import NAMED

TIMES = 160
ROUNDS = 16
SHOWN = ("subject", "category", "version", "source_system", "source_reference", "created_by")
EXTRA_COUNT, EXTRA_JOIN = 1 / 1.05, 1 / 1.15
COUNT = "SELECT count(*) FROM bench_record r WHERE {where}"
JOIN = """SELECT r.category, count(*), sum(l.amount) FROM bench_record r JOIN bench_line l ON l.record = r.id
 WHERE r.created_at > '{since}' AND {where} GROUP BY r.category"""
BOTH, ONE = "records and lines tested", "records tested, lines trusted"
SEARCH = """SELECT t.id FROM (
  SELECT * FROM records_searched r WHERE {where} AND '{asked}' <<% r.text LIMIT 5000) t
 ORDER BY strict_word_similarity('{asked}', t.text) DESC, t.id DESC LIMIT 50"""


def measures() -> Iterator[Measure]:
    governed.build(int(os.environ.get("BENCH_ROWS", governed.ROWS)))
    with database.plan().owner_login().connect(autocommit=True) as owner:
        bench = Bench(owner)
        for part in (bench.pages, bench.sets, bench.context, deciding.measures):
            yield from part()


class Bench:
    """The measurements that need both roles: the application's, and the owner's for the peers."""

    def __init__(self, owner: Any) -> None:
        self.owner = owner

    def pages(self) -> Iterator[Measure]:
        """Pages of 50 newest at every step from none to all."""
        said = {f"{n}": f"page of 50 newest, {n:,} of 5,000 scopes" for n in governed.STEPS}
        said |= {
            "small": "the same, 0.05 % of the rows",
            "archivist": "the same, 50,000 scopes",
        }
        found = self._pages([*said, "shares-none", "shares-third"])
        medians = {name: statistics.median(times) * 1e3 for name, times in found.items()}
        tails = [statistics.quantiles(found[name], n=20)[-1] * 1e3 for name in said]
        for name, what in said.items():
            yield Measure(what, medians[name], "ms")
        slowest = max(medians[name] for name in said)
        yield Measure("the slowest of these, median", slowest, "ms", gate=1, goal=0.5)
        yield Measure("the slowest of these, p95", max(tails), "ms", gate=2, goal=1)
        for name, without in (("shares-none", "0"), ("shares-third", "1650")):
            more = medians[name] - medians[without]
            yield Measure(
                f"more with 1,000 individual grants beside {without} scopes", more, "ms", gate=8
            )

    def _pages(self, names: Sequence[str]) -> dict[str, list[float]]:
        """How long pages take each, in turns, so that what slows the machine for a moment slows all alike."""
        found: dict[str, list[float]] = {name: [] for name in names}
        for name in names:
            self._is_right(name)
        for _, name in itertools.product(range(ROUNDS), names):
            with guarded.acting(governed.viewer(name).actor):
                page = partial(governed.Record.objects.newest_values, 50, *SHOWN)
                page()
                found[name] += [clocked(page) for _ in range(TIMES // ROUNDS)]
        return found

    def _is_right(self, name: str) -> None:
        """A page as lists read it is what sorting everything that may be read gives."""
        rows = governed.Record.objects
        with guarded.acting(governed.viewer(name).actor):
            for _ in range(8):
                page = rows.newest_values(50, *SHOWN)
            assert len(page) == (0 if name == "0" else 50), name
            assert [row for row, *_ in page] == [row.pk for row in rows.newest(50)], name
            assert page == list(
                rows.order_by("-created_at", "-pk").values_list(*NAMED, *SHOWN)[:50]
            )

    def sets(self) -> Iterator[Measure]:
        """Counting, joining and searching what may be seen, each beside its peer."""
        for name, part in (
            ("shares-third", "33 % and 1,000 single rows"),
            ("1650", "33 %"),
            ("5000", "100 %"),
        ):
            yield self._count(f"count, {part} visible", name)
        yield self._beside("count in raw SQL, 33 % visible", COUNT, "1650", None)
        for days, said, planning in (
            (30, "a month", guarded_rows.FOR_SOME),
            (3650, "all", guarded_rows.FOR_MUCH),
        ):
            since = (datetime.now(UTC) - timedelta(days=days)).isoformat()
            for tables, tested, gate in (("rl", BOTH, EXTRA_JOIN), ("r", ONE, None)):
                what = f"join and group, {said}, 33 % visible; the peer: {tested}"
                yield self._beside(
                    what, JOIN, "1650", gate, tables=tables, planning=planning, since=since
                )
        self._fill_search()
        for words in ("harbuor lantern", "tionquarry"):
            yield self._search(words, "1650")

    def _beside(
        self,
        what: str,
        statement: str,
        name: str,
        gate: float | None,
        *,
        tables: str = "r",
        planning: Mapping[str, str] = guarded_rows.FOR_MUCH,
        **given: Any,
    ) -> Measure:
        """The peer's condition is on as many tables as the policies' (`tables`), or on fewer."""
        ours = statement.format(where="true", **given)
        said = " AND ".join(self._where(name, table) for table in tables)
        theirs = statement.format(where=said, **given)
        with guarded.acting(governed.viewer(name).actor):
            cursor = guarded_rows.cursor(governed.Record)
            figures = partial(cursor.figures, planning=planning)
            assert sorted(figures(ours)) == sorted(self.owner.execute(theirs).fetchall()), what
            mine, peer = in_turns(lambda: figures(ours), lambda: self.owner.execute(theirs))
        return Measure(what, mine, "ms", "hand-written WHERE", peer, gate=gate)

    def _count(self, what: str, name: str) -> Measure:
        """By the manager, as lists count."""
        theirs, rows = COUNT.format(where=self._where(name, "r")), governed.Record.objects
        with guarded.acting(governed.viewer(name).actor):
            assert rows.count() == self.owner.execute(theirs).fetchall()[0][0], what
            mine, peer = in_turns(rows.count, lambda: self.owner.execute(theirs))
        return Measure(what, mine, "ms", "hand-written WHERE", peer, gate=EXTRA_COUNT)

    def _search(self, words: str, name: str) -> Measure:
        ours = f"SELECT id FROM records_search('{words}', '{{}}', 50)"  # noqa: S608 - our own words
        theirs = SEARCH.format(asked=words, where=self._where(name, "r"))
        self.owner.execute("SET pg_trgm.strict_word_similarity_threshold = 0.5")
        with guarded.acting(governed.viewer(name).actor):
            assert asked(ours) == self.owner.execute(theirs).fetchall() != [], words
            mine, peer = in_turns(
                lambda: asked(ours), lambda: self.owner.execute(theirs), times=15
            )
        return Measure(
            f"fuzzy search “{words}”, 33 % visible", mine, "ms", "hand-written WHERE", peer,
            gate=EXTRA_JOIN,
        )  # fmt: skip

    def _where(self, name: str, table: str, *, has_rows: bool = True) -> str:
        """What the policy says, by hand: the actor's scopes, or single rows opened to the actor."""
        with guarded.acting(governed.viewer(name).actor):
            scopes, rows = asked(
                "SELECT access_scopes('bench.record', 'read')::text, access_rows('bench.record', 'read')::text"
            )[0]
        scoped = f"{table}.scope_id = ANY ('{scopes}'::int[])"
        return f"({scoped} OR {table}.id = ANY ('{rows}'::uuid[]))" if has_rows else scoped

    def _fill_search(self) -> None:
        """The words of every row, as the trigger of a kind writes them; indexed afterwards, to save time."""
        found = self.owner.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'records_searched' AND indexdef LIKE '%gin%'"
        ).fetchall()
        for index, _ in found:
            self.owner.execute(f'DROP INDEX "{index}"')
        self.owner.execute(
            """INSERT INTO records_searched (id, kind, scope_id, shown, text, words, shown_words)
               SELECT id, 'bench.record', scope_id, '', subject, to_tsvector('simple', subject), NULL
                 FROM bench_record ON CONFLICT DO NOTHING"""
        )
        for _, statement in found:
            self.owner.execute(statement)
        self.owner.execute("VACUUM ANALYZE records_searched")

    def context(self) -> Iterator[Measure]:
        """What acting costs before anything is read."""
        actor = governed.viewer("1650").actor

        def nothing() -> None:
            with guarded.acting(actor):
                pass

        times = [clocked(nothing) for _ in range(TIMES * 2)]
        yield Measure(
            "acting context set up and left again", statistics.median(times) * 1e3, "ms", gate=1
        )

        with guarded.acting(actor):
            row = governed.Record.objects.newest(1)[0].pk

            def explained() -> None:
                insight.explain(actor, governed.RECORD, "read", datetime.now(UTC), row)

            explained()
            times = [clocked(explained) for _ in range(TIMES)]
        yield Measure("explain one decision", statistics.median(times) * 1e3, "ms", gate=5)


def asked(statement: str) -> list[Any]:

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def clocked(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def in_turns(
    ours: Callable[[], object], theirs: Callable[[], object], times: int = 31
) -> tuple[float, float]:
    """Both in turns, so that what disturbs the machine disturbs both; lower quartiles in milliseconds.

    Disturbance only ever adds, for a second or more at a time and by half: a median has it or not.
    """
    ours(), theirs()
    both = [(clocked(ours), clocked(theirs)) for _ in range(times)]
    mine, peer = (statistics.quantiles(each, n=4)[0] * 1e3 for each in zip(*both, strict=True))
    return mine, peer
