"""Reads of the tree: checkpoints, proofs and receipts. The log's length and roots are public."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import Final
from uuid import UUID

from django.db.models import Count, QuerySet

from crossforce.kernel.refusals import Conflict, Missing, NotUnderstood
from crossforce.ledger import log, models
from crossforce.ledger.choices import Acts
from crossforce.ledger.queries.entries import opened_to, readable
from crossforce.transparency import checkpoint, exported, tree
from crossforce.transparency.checkpoint import Key, Note
from crossforce.transparency.receipt import Receipt
from crossforce.transparency.tree import DoesNotProve, NodeFiles
from crossforce.transparency.witness import RESTORED

MOST_RESTORATIONS: Final = 20
LOOKED_AT: Final = 10
"""So many checkpoints are looked at for one that the log signed."""


class NoCheckpoint(Missing):
    """There is no checkpoint of that size."""


class NotInTheTreeYet(Conflict):
    """The entry has no place in the tree yet. That takes a second or two: ask again."""


def latest() -> Note:
    """The newest checkpoint with its cosignatures. Raises NoCheckpoint."""
    rows = models.Checkpoint.objects.order_by("-size")
    return _note(next(_signed(rows), None) or rows.first())


def noted(size: int) -> Note:
    """The checkpoint of that size with its cosignatures. Raises NoCheckpoint."""
    return _note(models.Checkpoint.objects.filter(size=size).first())


def consistency(first: int, second: int) -> list[bytes]:
    """Proof that the checkpoint of size `second` continues the tree of `first`. Raises NoCheckpoint."""
    row = models.Checkpoint.objects.filter(size=second).first()
    if row is None:
        raise NoCheckpoint
    if not 1 <= first <= second:
        raise NotUnderstood(f"A tree of {second} does not continue one of {first}.")

    def prove(files: NodeFiles) -> list[bytes]:
        path = tree.consistency(files.node, first, second)
        before = tree.root(files.node, first)
        tree.verify_consistency(first, second, path, before, bytes(row.root))
        return path

    return _proved(row, prove)


def receipt(actor: Acts | None, identifier: UUID) -> Receipt:
    """The receipt of an entry that the actor may read. Raises Missing, NotInTheTreeYet."""
    row = readable(actor, identifier)
    return proven(row, opened_to(actor, row))


def proven(
    row: models.Entry, opened: Mapping[str, tuple[bytes, bytes]], *, size: int | None = None
) -> Receipt:
    """The receipt of an entry, with these parts opened, for whoever decided to give it; over the checkpoint of that size, where one is given. Raises NotInTheTreeYet."""
    leaf = models.Leaf.objects.filter(entry=row.pk).first()
    if leaf is None:
        raise NotInTheTreeYet
    among = {} if size is None else {"size": size}
    over = models.Checkpoint.objects.filter(size__gt=leaf.index, **among)
    counted = over.alias(witnesses=Count("cosignatures"))
    cosigned = counted.filter(witnesses__gt=0).order_by("-size")
    tries = chain(
        _signed(cosigned), _signed(over.order_by("-size")), _signed(over.order_by("size"))
    )
    for chosen in tries:
        with suppress(log.DoesNotMatch):
            walk = partial(_inclusion, bytes(row.leaf_hash), leaf.index, chosen)
            path = _proved(chosen, walk)
            signed = chosen.cosignatures.order_by("organisation")
            keys = (*log.public_keys(), *(Key.parse(each.key) for each in signed))
            export = exported.write(bytes(row.body), opened)
            return Receipt(export, leaf.index, tuple(path), _note(chosen), keys)
    raise log.DoesNotMatch


def restorations() -> list[Receipt]:
    """Receipts of the newest declarations that this installation was restored from a backup."""
    rows = models.Entry.objects.filter(
        subject__startswith="platform.backup:", operation=RESTORED
    )
    placed = rows.filter(id__in=models.Leaf.objects.values("entry")).order_by("-at", "-id")
    return [proven(row, {}) for row in placed[:MOST_RESTORATIONS]]


def witness_keys() -> dict[str, Key]:
    """The keys of the witnesses, by organisation."""
    rows = models.WitnessKey.objects.order_by("entry")
    found = {row.organisation: row.key for row in rows}
    return {organisation: Key.parse(key) for organisation, key in found.items() if key}


def _note(row: models.Checkpoint | None) -> Note:
    if row is None:
        raise NoCheckpoint
    lines = "".join(row.cosignatures.order_by("organisation").values_list("line", flat=True))
    return checkpoint.parse(row.note + lines)


def _inclusion(
    leaf: bytes, index: int, over: models.Checkpoint, files: NodeFiles
) -> list[bytes]:
    path = tree.inclusion(files.node, index, over.size)
    tree.verify_inclusion(leaf, index, over.size, path, bytes(over.root))
    return path


def _signed(rows: QuerySet[models.Checkpoint]) -> Iterator[models.Checkpoint]:
    """Those of the first rows that the log signed: what else was put there leads nowhere."""
    return filter(log.has_signed, rows[:LOOKED_AT])


def _proved(row: models.Checkpoint, prove: Callable[[NodeFiles], list[bytes]]) -> list[bytes]:
    """A proof is checked before it is given; when it does not hold, the node files are made anew."""
    try:
        return prove(log.files())
    except DoesNotProve:
        return prove(log.made_anew(row.size, bytes(row.root)))
