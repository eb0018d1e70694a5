"""Guarded rows: those under row security, on any floor.

A guarded model names its record kind, which its app declares in the registry. The scope says who
holds the row and how it is marked; it is a plain number here because the table of scopes stands on
a higher floor, whose migrations put the policies on every guarded table.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from django.apps import apps
from django.db import models

UNSCOPED: Final = 0
"""The scope of a row written before anything hands out scopes."""


@dataclass(frozen=True, slots=True)
class ScopeOf:
    """What a scope stands for: who holds a row, of which kind, in which collection, how marked."""

    holder: str
    kind: str
    collection: str = ""
    compartment: str = ""
    marking: str = "OFFICIAL"


class Guarded(models.Model):
    """A row under row security. Its scope is set in the insert, before anyone else can read it."""

    record_kind: ClassVar[str]

    scope_id = models.IntegerField(default=UNSCOPED, editable=False, db_index=True)

    class Meta:
        abstract = True


_source: list[Callable[[ScopeOf], int]] = []


def give_scopes(source: Callable[[ScopeOf], int]) -> None:
    """Register what turns the description of a scope into its number; there is one."""
    _source[:] = [source]


def scope(of: ScopeOf) -> int:
    """The number of the scope, or UNSCOPED while nothing hands out scopes."""
    return _source[0](of) if _source else UNSCOPED


def models_of(base: type[models.Model] = Guarded) -> Iterator[type[models.Model]]:
    """Every concrete guarded model of the installation."""
    return (model for model in apps.get_models() if issubclass(model, base))
