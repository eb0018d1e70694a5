"""The rows of guarded models as code reaches them: every way is watched, and the only ways there are.

`GuardedQuerySet` is the default and the base manager of every guarded model, so that related rows,
`refresh_from_db` and prefetching pass here too. `cursor` is for what the ORM cannot say.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections, models, transaction
from django.db.models import Q, sql

from crossforce.kernel import guarded_values, guarded_watch, statements, underway
from crossforce.kernel.guarded_newest import among, newest, newest_values

ModelT = TypeVar("ModelT", bound=models.Model)
Pairs = list[tuple[UUID, int | None]]
NAMED = ("pk", "scope_id", "created_at")
FOR_MUCH = {
    "enable_nestloop": "off",
    "parallel_setup_cost": "0",
    "parallel_tuple_cost": "0",
    "min_parallel_table_scan_size": "0",
    "min_parallel_index_scan_size": "0",
    "max_parallel_workers_per_gather": "1",
}
FOR_SOME = {
    **FOR_MUCH,
    "max_parallel_workers_per_gather": "0",
    "enable_sort": "off",
    "work_mem": "16MB",
}
"""For some ten thousands of rows: a second process costs more than it spares, and groups are many rows, not one."""
PLANNING = b"""SELECT current_setting(name), set_config(name, value, true)
  FROM unnest($1::text[], $2::text[]) AS planning (name, value)"""


class NotActing(RuntimeError):
    """Guarded rows are reached while somebody acts: put `guarded.acting` around it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The scopes in which the actor may do something, and the single rows opened to them."""

    scopes: Sequence[int]
    rows: Sequence[UUID]


Seen = Callable[[str, int | None], int]
Counted = Callable[[Sequence[tuple[Any, ...]]], Iterable[tuple[Any, int]]]
"""Of how many rows of which models figures tell, by the answer itself."""
_reach: list[Callable[[str, str], Reach]] = []
_seen: list[Seen] = []


def give_reach(source: Callable[[str, str], Reach], seen: Seen | None = None) -> None:
    """Register what says how far the actor reaches: kind and action to a Reach; there is one.

    `seen` counts all rows of a kind that the actor may read, no further than a number if given.
    """
    _reach[:] = [source]
    _seen[:] = [seen] if seen else []


def reach(kind: str, action: str = "read") -> Reach:
    """How far the actor reaches in a kind. It speeds up a query; row security goes on deciding."""
    return _reach[0](kind, action) if _reach else Reach((), ())


class GuardedQuerySet(models.QuerySet[ModelT]):
    """Rows under row security, watched."""

    if TYPE_CHECKING:
        _fields: tuple[str, ...] | None
        _db: str | None

    def within_reach(self) -> Self:
        """The same rows, with the actor's scopes as literals, so that the planner sees them."""
        if not _reach:
            return self
        far = reach(self.model.record_kind)  # type: ignore[attr-defined]
        wanted = Q(among(far.scopes))
        return self.filter(wanted | Q(among(far.rows, "pk", "uuid")) if far.rows else wanted)

    def newest(self, n: int, *, before: tuple[Any, UUID] | None = None) -> list[ModelT]:
        """The newest rows by `created_at`, at most n, older than `before` (instant, id) if given."""
        return newest(self, n, before)

    def newest_values(self, n: int, *fields: str) -> list[tuple[Any, ...]]:
        """Of the newest rows their id, scope, `created_at` and these fields: what a list shows."""
        found = newest_values(self, (*NAMED, *fields), n)
        gathering = guarded_watch.current()
        if gathering is not None:
            gathering.of(self.model).saw_page([row[:2] for row in found])
        return found

    def counted_to(self, most: int) -> int:
        """How many there are, but no further than `most`, so that counting stays cheap."""
        return self._figure(self._counted(most)) if self._is_all else self._first(most)

    def _first(self, most: int) -> int:
        return int(self.order_by().within_reach()[:most].count())

    def count(self) -> int:
        if self._result_cache is not None:
            return len(self)
        return self._figure(self._counted(None) if self._is_all else super().count())

    @property
    def _is_all(self) -> bool:
        """Whether nothing but row security stands between the table and this query."""
        query = self.query
        narrowed = (
            query.where,
            query.annotations,
            query.distinct,
            query.combinator,
            query.extra,
        )
        is_sliced = bool(query.low_mark) or query.high_mark is not None
        return bool(_seen) and not any(narrowed) and not is_sliced and not query.is_empty()

    def _counted(self, most: int | None) -> int:
        return _seen[0](self.model.record_kind, most)  # type: ignore[attr-defined]

    def exists(self) -> bool:
        if self._result_cache is not None:
            return bool(self._result_cache)
        found = super().exists()
        self._figure(int(found))
        return found

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = super().aggregate(*args, **kwargs)
        self._figure(1)
        return found

    def explain(self, *args: Any, **kwargs: Any) -> str:
        """Refused: the planner's estimates tell of rows that nobody may see."""
        raise NotImplementedError(GuardedQuerySet.explain.__doc__)

    def _fetch_all(self) -> None:
        if self._result_cache is not None:
            super()._fetch_all()
            return
        with guarded_watch.locking(bool(self.query.select_for_update)):
            super()._fetch_all()
        if self._fields is not None:
            read: Any = self._result_cache
            guarded_values.note(self, read)

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        if self._fields is None:
            return super().iterator(chunk_size)
        return self._noted(super().iterator(chunk_size))

    def _noted(self, rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            guarded_values.note(self, (row,))
            yield row

    def _figure(self, found: int) -> int:
        gathering = guarded_watch.current()
        if gathering is not None:
            gathering.of(self.model).counts.append(found)
        return found

    def update(self, **kwargs: Any) -> int:
        """As Django's; the rows that it changed are named in the ledger."""
        if guarded_watch.current() is None:
            return super().update(**kwargs)
        if self.query.is_sliced:
            raise TypeError("Cannot update a query once a slice has been taken.")
        self._for_write = True
        query: Any = self.query.chain(sql.UpdateQuery)
        query.add_update_values(kwargs)
        query.clear_ordering(force=True)
        query.clear_select_clause()
        self._result_cache = None
        return self._alter(query)

    def _update(self, values: Any) -> int:
        if guarded_watch.current() is None:
            return super()._update(values)  # type: ignore[misc,no-any-return]
        query: Any = self.query.chain(sql.UpdateQuery)
        query.add_update_fields(values)
        query.annotations = {}
        self._result_cache = None
        return self._alter(query)

    # Django calls the first inside templates and the second through managers, unless told.
    update.alters_data = True  # type: ignore[attr-defined]
    _update.alters_data = True  # type: ignore[attr-defined]
    _update.queryset_only = False  # type: ignore[attr-defined]

    def _alter(self, query: Any) -> int:
        gathering = guarded_watch.current()
        assert gathering is not None
        meta: Any = self.model._meta
        quoted = connections[self.db].ops.quote_name
        names = ", ".join(quoted(name) for name in (meta.pk.column, "scope_id"))
        with transaction.mark_for_rollback_on_error(using=self.db):
            try:
                statement, given = query.get_compiler(self.db).as_sql()
            except EmptyResultSet:
                return 0
            if not statement:
                return 0
            with connections[self.db].cursor() as opened:
                opened.execute(f"{statement} RETURNING {names}", given)
                rows: Pairs = opened.fetchall()
        of = gathering.of(self.model)
        of.wrote(of.altered, rows)
        return len(rows)

    def _insert(self, objs: Any, fields: Any, **kwargs: Any) -> Any:
        done = super()._insert(objs, fields, **kwargs)  # type: ignore[misc]
        gathering = guarded_watch.current()
        if gathering is not None:
            of = gathering.of(self.model)
            of.wrote(of.collected, [(row.pk, row.scope_id) for row in objs])
        return done

    _insert.alters_data = True  # type: ignore[attr-defined]
    _insert.queryset_only = False  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's; the rows that it erased are named in the ledger."""
        gathering = guarded_watch.current()
        if gathering is None:
            return super().delete()
        with guarded_watch.unwatched():
            rows: Pairs = list(self.order_by().values_list("pk", "scope_id"))
            done = models.QuerySet.delete(self._plain().filter(pk__in=[row for row, _ in rows]))
        of = gathering.of(self.model)
        of.wrote(of.erased, rows)
        return done

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _plain(self) -> Self:
        return type(self)(self.model, using=self._db)


class GuardedManager(models.Manager.from_queryset(GuardedQuerySet), Generic[ModelT]):  # type: ignore[misc]
    """The manager of guarded models."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Raw SQL over the rows of one kind, for what the ORM cannot say; watched like the rest."""

    model: Any

    def rows(self, statement: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Single rows: the first two columns are their `id` and `scope_id`. Raises NotActing."""
        found, of = self._asked(statement, given)
        for row in found:
            of.saw(row[0], row[1])
        return found

    def figures(
        self,
        statement: str,
        given: Sequence[Any] = (),
        *,
        planning: Mapping[str, str] = FOR_MUCH,
        counted: Counted | None = None,
    ) -> list[tuple[Any, ...]]:
        """Figures worked out over rows that are not named, of this kind unless `counted` tells. Raises NotActing.

        The planner cannot see how much row security lets through and expects little; a join row by
        row, and one process for all, which that would suggest, are kept from figures over much.
        """
        with _planned(planning):
            found, _ = self._asked(statement, given)
        gathering = guarded_watch.current()
        told = ((self.model, len(found)),) if counted is None else counted(found)
        if gathering is not None:
            for model, number in told:
                gathering.of(model).counts.append(number)
        return found

    @contextmanager
    def rows_begun(
        self, statement: str, given: Sequence[Any], *, planning: Mapping[str, str]
    ) -> Iterator[underway.Answer]:
        """Single rows, as `rows`, worked out while the block does something that asks nothing. Raises NotActing."""
        gathering = guarded_watch.current()
        if gathering is None:
            raise NotActing(NotActing.__doc__)

        def answered() -> list[tuple[Any, ...]]:
            found, of = answer(), gathering.of(self.model)
            for row in found:
                of.saw(row[0], row[1])
            return found

        with _planned(planning), underway.begun(statement, given) as answer:
            yield answered

    def written(self, how: str, statement: str, given: Sequence[Any] = ()) -> int:
        """Rows that a statement has `collected`, `altered` or `erased`; it returns `id`, `scope_id`.

        Of many it may return `id::text`.
        """
        found, of = self._asked(statement, given)
        of.wrote(getattr(of, how), found)
        return len(found)

    def _asked(self, statement: str, given: Sequence[Any]) -> tuple[list[Any], Any]:
        gathering = guarded_watch.current()
        if gathering is None:
            raise NotActing(NotActing.__doc__)
        with connections["default"].cursor() as opened:
            opened.execute(statement, given)
            return opened.fetchall(), gathering.of(self.model)


@contextmanager
def _planned(planning: Mapping[str, str]) -> Iterator[None]:
    """What the planner is told of one statement; an error takes it back with the transaction."""
    if not planning:
        yield
        return
    names = _array(planning)
    before = statements.texts(PLANNING, [names, _array(planning.values())])
    yield
    statements.texts(PLANNING, [names, _array(str(value) for value, _ in before)])


def _array(words: Iterable[str]) -> str:
    return "{" + ",".join(f'"{each}"' for each in words) + "}"


def cursor(model: type[models.Model]) -> Cursor:
    """The one cursor over a guarded table."""
    return Cursor(model)
