"""The registered kinds of record, and their models."""

from functools import cache
from typing import Any, Final

from crossforce.kernel import guarded, registry, statements
from crossforce.kernel.guarded import by_kind
from crossforce.kernel.refusals import Missing, Refused
from crossforce.kernel.registry import RecordKind
from crossforce.people.choices import Actor
from crossforce.records.governed import GovernedRecord

READABLE: Final = """SELECT kind FROM unnest(%s::text[]) AS kind
 WHERE cardinality(access_scopes(kind, 'read')) > 0 OR cardinality(access_rows(kind, 'read')) > 0"""


class NoSuchKind(Missing):
    """There is no such kind of record."""


class NotByHand(Refused):
    """Records of this kind are added and changed in the pages of their own service, which check more."""


@cache
def models_by_kind() -> dict[str, type[GovernedRecord]]:
    """The model of every kind of record."""
    return by_kind(GovernedRecord)


@cache
def guarded_by_kind() -> dict[str, Any]:
    """The model of every guarded kind, people too: each may have pointers."""
    return by_kind()


def model_of(kind: str) -> Any:
    """The model of a kind. Raises NoSuchKind."""
    found = models_by_kind().get(kind)
    if found is None:
        raise NoSuchKind
    return found


def kind_of(kind: str) -> RecordKind:
    """What was declared of a kind of record. Raises NoSuchKind."""
    model_of(kind)
    found = registry.record_kinds.get(kind)
    assert found is not None
    return found


def by_hand(kind: str) -> RecordKind:
    """A kind that the pages of every kind may add and change. Raises NoSuchKind, NotByHand."""
    found = kind_of(kind)
    if not found.is_by_hand:
        raise NotByHand
    return found


def correctable(kind: str) -> RecordKind:
    """A kind of which corrections may be proposed. Raises NoSuchKind, NotByHand."""
    found = kind_of(kind)
    if not found.takes_corrections:
        raise NotByHand
    return found


def labels_of(kind: str) -> dict[str, str]:
    """What people call the fields of a kind."""
    meta = model_of(kind)._meta
    found = {each.name: str(each.verbose_name) for each in meta.concrete_fields}
    return {name: label[:1].upper() + label[1:] for name, label in found.items()}


@guarded.acts
def readable(actor: Actor) -> frozenset[str]:
    """The kinds of which whoever acts may read something, by where clauses reach; no record is read or counted for it."""
    return frozenset(kind for (kind,) in statements.answers(READABLE, sorted(models_by_kind())))


def kinds_of() -> list[RecordKind]:
    """Every kind of record, by name."""
    return [kind_of(name) for name in sorted(models_by_kind())]
