"""Guarded rows: those under row security, on any floor.

A guarded model names its record kind, which its app declares in the registry. The scope says who
holds the row and how it is marked; it is a plain number here because the table of scopes stands on
a higher floor, whose migrations put the policies on every guarded table.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, ClassVar, Final, ParamSpec, Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from crossforce.kernel import guarded_watch
from crossforce.kernel.guarded_rows import GuardedManager

UNSCOPED: Final = 0
"""The scope of a row written before anything hands out scopes."""


@dataclass(frozen=True, slots=True)
class ScopeOf:
    """What a scope stands for: who holds a row, of which kind, in which collection, how marked.

    A row about one member of staff names that `person`: it is then also in the collection of every
    unit that the person is posted to, while the posting runs.
    """

    holder: str
    kind: str
    collection: str = ""
    compartment: str = ""
    marking: str = "OFFICIAL"
    person: UUID | None = None


class Guarded(models.Model):
    """A row under row security. Its scope is set in the insert, before anyone else can read it."""

    record_kind: ClassVar[str]

    scope_id = models.IntegerField(default=UNSCOPED, editable=False, db_index=True)

    objects: ClassVar[Any] = GuardedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **more: Any) -> Self:
        """The row as it was read, by whatever way: this is where reading is noticed."""
        row = super().from_db(db, field_names, values, **more)
        guarded_watch.saw(row)
        return row

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Through the manager, which is watched."""
        done: tuple[int, dict[str, int]] = type(self).objects.filter(pk=self.pk).delete()
        return done


Opening = Callable[[str, Iterable[ScopeOf]], set[ScopeOf]]
_source: list[Callable[[ScopeOf], int]] = []
_opening: list[Opening] = []
_numbers: dict[ScopeOf, int] = {}


def give_scopes(source: Callable[[ScopeOf], int]) -> None:
    """Register what turns the description of a scope into its number; there is one."""
    _source[:] = [source]


def give_opening(opening: Opening) -> None:
    """Register what says which scopes are open to whoever acts; there is one."""
    _opening[:] = [opening]


def scope(of: ScopeOf) -> int:
    """The number of the scope, or UNSCOPED while nothing hands out scopes.

    A number is for good; it is remembered once the transaction that may have made it is committed.
    """
    if (known := _numbers.get(of)) is not None:
        return known
    found = _source[0](of) if _source else UNSCOPED
    if _source:
        remember(of, found)
    return found


def numbered(of: ScopeOf) -> int | None:
    """The number of the scope, if this process knows one; none is made."""
    return _numbers.get(of)


def remember(of: ScopeOf, number: int) -> None:
    """Know the number of the scope from when the transaction is committed that read or made it."""
    transaction.on_commit(lambda: _numbers.update({of: number}))


def open_scopes(action: str, asked: Iterable[ScopeOf]) -> set[ScopeOf]:
    """Of these scopes those in which whoever acts may do this; to ask makes none."""
    return _opening[0](action, asked) if _opening else set()


def forget_scopes() -> None:
    """Forget the numbers: another database, such as the next test's, has its own."""
    _numbers.clear()


def models_of(base: type[models.Model] = Guarded) -> Iterator[type[models.Model]]:
    """Every concrete guarded model of the installation."""
    return (model for model in apps.get_models() if issubclass(model, base))


def by_kind(base: type[models.Model] = Guarded) -> dict[str, Any]:
    """The same models, each by the kind that it declares."""
    found: Iterator[Any] = models_of(base)
    return {model.record_kind: model for model in found}


Vouching = Callable[[str, str], str]
_vouching: list[Vouching] = []


def give_vouching(vouching: Vouching) -> None:
    """Register how this process proves to the database that what follows is its own doing; there is one."""
    _vouching[:] = [vouching]


def voucher(verb: str, digest: str) -> str:
    """Vouches for what the next statement writes, as `crossforce.vouched`; SQL that slipped in has none."""
    return "".join(vouching(verb, digest) for vouching in _vouching)


P = ParamSpec("P")
AnswerT = TypeVar("AnswerT")
Entering = Callable[[Any, datetime | None], AbstractContextManager[None]]
_entering: list[Entering] = []


def give_acting(entering: Entering) -> None:
    """Register what tells the database who acts; there is one."""
    _entering[:] = [entering]


@contextmanager
def acting(actor: Any, as_of: datetime | None = None) -> Iterator[None]:
    """A transaction in which the actor reads and writes guarded rows; without one, nobody sees any.

    It nests: inside, another may act, and the first goes on afterwards. `as_of` looks back: what was
    allowed then as well as now, and no change.
    """
    if not _entering:
        with transaction.atomic():
            yield
        return
    watching = guarded_watch.unwatched() if actor is None else guarded_watch.watched(actor)
    with _entering[0](actor, as_of), watching:
        yield


def acts(function: Callable[P, AnswerT]) -> Callable[P, AnswerT]:
    """Run an operation or a query while its argument `actor` acts, in one transaction."""
    place = list(inspect.signature(function).parameters).index("actor")

    @wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> AnswerT:
        with acting(kwargs["actor"] if "actor" in kwargs else args[place]):
            return function(*args, **kwargs)

    return inner
