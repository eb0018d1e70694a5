"""Values read from guarded rows: which rows they came from."""

from collections.abc import Sequence
from typing import Any, Final

from crossforce.kernel import guarded_watch

SCOPE: Final = "scope_id"


class Unnamed(TypeError):
    """Values of guarded rows name the primary key, so that the ledger can say which rows were read."""


def note(queryset: Any, rows: Sequence[Any]) -> None:
    """Tell what is being gathered of rows of `values` and `values_list`. Raises Unnamed."""
    gathering = guarded_watch.current()
    if gathering is None:
        return
    of = gathering.of(queryset.model)
    if queryset.query.group_by is not None:
        of.counts.append(len(rows))
        return
    is_locked = bool(queryset.query.select_for_update)
    for key, scope in _named(queryset, rows):
        of.saw(key, scope, is_locked=is_locked)


def _named(queryset: Any, rows: Sequence[Any]) -> list[tuple[Any, int | None]]:
    """The key of every row, and its scope where that was asked for too."""
    meta = queryset.model._meta
    names = list(queryset._fields) or [each.attname for each in meta.concrete_fields]
    key = next((each for each in ("pk", meta.pk.attname) if each in names), None)
    if key is None:
        raise Unnamed(f"{meta.label}: {Unnamed.__doc__}")
    if "Flat" in queryset._iterable_class.__name__:
        return [(row, None) for row in rows]
    if rows and isinstance(rows[0], dict):
        return [(row[key], row.get(SCOPE)) for row in rows]
    place = names.index(key)
    scope = names.index(SCOPE) if SCOPE in names else None
    return [(row[place], None if scope is None else row[scope]) for row in rows]
