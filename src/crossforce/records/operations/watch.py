"""The ledger of reading and writing: what whoever acts did with rows becomes entries, one a kind and circle.

It serves every guarded kind, of any app; nobody who writes a service has to think of it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from crossforce.insight import api as insight
from crossforce.kernel import clock, ids
from crossforce.kernel.guarded_watch import Gathered, Rows
from crossforce.ledger import api as ledger
from crossforce.people.choices import Actor
from crossforce.records import queries
from crossforce.records.choices import ALTERED, COLLECTED, CONSULTED, DISCLOSED, ERASED
from crossforce.records.rules import marking
from crossforce.sharing import api as sharing

NOBODY: Final = UUID(int=0)
NAMED: Final = 200
"""So many scopes are named one by one; of more, an entry holds the number and a hash."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the rows: clauses, where they were asked for already, and further scopes.

    `others` is by row on what it rests where no clause allows it; None where nobody has asked yet.
    """

    grounds: Mapping[tuple[str, tuple[int, ...]], Sequence[ledger.Citation]] = field(
        default_factory=dict
    )
    scopes: Sequence[int] = ()
    others: Mapping[UUID, Sequence[str]] | None = None


NOTHING: Final = Beside()


def tell(actor: Actor, gathered: Sequence[Gathered]) -> None:
    """Write down what was done with each kind, in the transaction that did it."""
    acts = [act for each in gathered for act in _acts(actor, each)]
    ledger.append_many(actor=actor, acts=acts, at=clock.now(), is_last=True)


def _acts(actor: Actor, of: Gathered) -> Iterator[ledger.Act]:
    kind = of.model.record_kind  # type: ignore[attr-defined]
    if of.consulted and of.taken_out:
        yield from _taken_out(actor, kind, _scoped(of.model, of.consulted), of.taken_out)
    elif of.consulted:  # a list: the rows are named, and with them their scopes
        rows, counted = _scoped(of.model, of.consulted), list(of.counts)
        detail, beside = {"counted": counted} if counted else None, Beside(of.grounds)
        yield from acts(CONSULTED, kind, rows, "read", detail, actor=actor, beside=beside)
    elif of.counts:
        yield from _counted(actor, kind, list(of.counts))
    if of.pointers:
        yield from acts(CONSULTED, kind, of.pointers, "find", {"pointer": True}, actor=actor)
    if of.collected:
        yield from acts(COLLECTED, kind, of.collected, "add", actor=actor)
    if of.altered:
        yield from acts(ALTERED, kind, of.altered, "edit", actor=actor)
    if of.erased:
        yield from acts(ERASED, kind, of.erased, "dispose", actor=actor)


def _counted(actor: Actor, kind: str, counts: list[int]) -> Iterator[ledger.Act]:
    scopes = sorted(queries.reach(kind, "read").scopes)
    detail: dict[str, Any] = {"counted": counts, "count": counts[-1]}
    if len(scopes) > NAMED:
        text = ",".join(map(str, scopes))
        detail["scopes_sha256"] = hashlib.sha256(text.encode()).hexdigest()
        detail["scopes_count"] = len(scopes)
    for near in circles(scopes[:NAMED]) or [[]]:
        said = detail if len(scopes) > NAMED else {**detail, "scopes": near}
        yield _act(CONSULTED, kind, {}, "read", said, actor=actor, beside=Beside(scopes=near))


def _taken_out(actor: Actor, kind: str, rows: Rows, file: str) -> Iterator[ledger.Act]:
    """A file for one's own organisation of what may be read; to hand it on asks for `disclose`."""
    places = queries.describe(each for each in rows.values() if each).values()
    highest = marking.highest(place.marking for place in places)
    said = {"recipient": actor.organisation, "marking": highest, "file": file}
    return acts(DISCLOSED, kind, rows, "read", said, actor=actor)


def circles(scopes: Iterable[int]) -> list[list[int]]:
    """The scopes by who may know of them: those of no compartment first, then each compartment of each holder."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, place in queries.describe(scopes).items():
        circle = (place.holder, place.compartment) if place.compartment else ("", "")
        found.setdefault(circle, []).append(number)
    return [sorted(found[circle]) for circle in sorted(found)]


def acts(
    operation: str,
    kind: str,
    rows: Rows,
    action: str,
    detail: Mapping[str, Any] | None = None,
    *,
    actor: Actor,
    beside: Beside = NOTHING,
) -> Iterator[ledger.Act]:
    """One entry about rows of one kind, and one for each compartment that some are in.

    An entry is read whole by the auditors of every holder that it concerns: what is in a compartment concerns
    the holder of that alone.
    """
    apart = circles(scope for scope in rows.values() if scope)
    if len(apart) < 2:
        yield _act(operation, kind, rows, action, detail, actor=actor, beside=beside)
        return
    for number, circle in enumerate(apart):
        near = {*circle} if number else {*circle, None}
        some = {row: scope for row, scope in rows.items() if scope in near}
        yield _act(operation, kind, some, action, detail, actor=actor, beside=beside)


def _act(
    operation: str,
    kind: str,
    rows: Rows,
    action: str,
    detail: Mapping[str, Any] | None = None,
    *,
    actor: Actor,
    beside: Beside = NOTHING,
) -> ledger.Act:
    """One entry: its subject is the row, or the kind of several."""
    listed = list(map(ids.text, rows))
    is_one = len(listed) == 1 and not beside.scopes
    scopes = sorted({each for each in rows.values() if each} | set(beside.scopes))
    cited = beside.grounds.get((action, tuple(scopes)))
    if cited is None:
        cited = queries.grounds(kind, action, scopes)
    said = {"rows": listed, "count": len(listed), **(detail or {})}
    if scopes and not cited:
        others = beside.others
        if others is None:
            others = without_clause(actor, kind, action, list(rows))
        if named := sorted({each for row in rows for each in others.get(row, ())}):
            said["without_clause"] = named
    return ledger.Act(
        operation,
        f"{kind}:{listed[0]}" if is_one else kind,
        said,
        ledger.About(queries.holders_of(scopes), cited, scopes),
    )


def without_clause(
    actor: Actor, kind: str, action: str, rows: Sequence[UUID]
) -> dict[UUID, list[str]]:
    """What each row rests on where no clause allows it: rules of standing access, openings of single records."""
    because = insight.explain(actor, kind, action, clock.now()).because
    standing = sorted(f"standing:{each.term}" for each in because if not each.agreement)
    opened = sharing.shares(actor).filter(
        posting=actor.posting or NOBODY,
        record__in=rows,
        actions__contains=[action],
        holds__contains=clock.now(),
    )
    found = {row: list(standing) for row in rows}
    for share in opened[:NAMED]:
        found[share.record].append(f"{share.origin}:{share.pk}")
    return found


def _scoped(model: Any, rows: Rows) -> dict[UUID, int | None]:
    """The rows with their scopes, also those that were read without."""
    without = [row for row, scope in rows.items() if scope is None]
    if not without:
        return rows
    found = dict(model.objects.filter(pk__in=without).values_list("pk", "scope_id"))
    return {row: scope or found.get(row) for row, scope in rows.items()}
