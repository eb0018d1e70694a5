"""Rows that were refused: kept as they came, apart from all else, until somebody mends them or gives them up."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import IO, Any, Final, NamedTuple
from uuid import UUID

from crossforce.kernel import guarded
from crossforce.nominals import mapping as documents
from crossforce.nominals import models
from crossforce.nominals.choices import MARKING, QUARANTINE, Row
from crossforce.nominals.mapping import Mapping as Document
from crossforce.nominals.mapping import Refused
from crossforce.nominals.operations.permitting import scopes_of
from crossforce.people.api import Actor
from crossforce.records import api as records

AT_ONCE: Final = 1_000
AGAIN: Final = ("title", "load", "row", "team", "cells", "reasons")
"""What is said anew of a row that is refused again."""
MENDED: Final = """
SELECT q.id, q.scope_id, q.version, q.row, q.state,
       CASE WHEN j.act IN ('new', 'changed', 'same') THEN coalesce(j.existing, j.id) END
  FROM nominals_quarantine q
  LEFT JOIN nominals_judged j ON j.source_reference = q.row_reference
   AND j.act IN ('new', 'changed', 'same', 'deleted', 'absent')
 WHERE q.source = %(source)s AND q.load <> %(load)s AND q.scope_id = ANY (%(scopes)s)
   AND (q.state = 'waiting' OR (q.row_reference <> '' AND coalesce(j.act, '') NOT IN ('new', 'changed', 'same')))
   AND (j.act IS NOT NULL OR (%(is_whole)s AND q.row_reference <> ALL (%(refused)s)))"""
"""Of what is deleted, rows at rest as well: these tell its number, and which record they became. A whole export says of what it lacks
that it is none any more."""


class Lacks(NamedTuple):
    """Whether what a load does not name is gone, as of a whole export; but for rows of it that were `refused`, by reference."""

    is_whole: bool
    refused: list[str]


def keep(
    *,
    actor: Actor,
    of: Document,
    load: UUID,
    refused: Mapping[int, Refused],
    cells: Iterable[tuple[int, dict[str, Any]]],
    at: datetime,
) -> int:
    """Keep what was refused of a load, row by row; those that are kept already stay. Answers how many there are.

    A row that waits from before is altered where it is refused again: one fault is one, however often it comes.
    """
    with guarded.acting(actor):
        found = models.Quarantine.objects.filter(load=load, row__in=list(refused))
        kept = {row for _, row in found.values_list("pk", "row")}
        waiting = _waiting(of, load)
    place = records.Place(of.holder, "", "", MARKING)
    said = (_values(of, load, refused[row], held) for row, held in cells if row not in kept)
    for some in _batches(said):
        new: list[records.NewRecord] = []
        edits: list[records.Edit] = []
        for values in some:
            if before := waiting[known_by(values["row_reference"], values["cells"])]:
                edits.append(
                    records.Edit(*before.pop(), {name: values[name] for name in AGAIN})
                )
            else:
                new.append(records.NewRecord(QUARANTINE, place, values))
        records.create_many(actor=actor, new=new, at=at)
        records.edit_many(actor=actor, kind=QUARANTINE, edits=edits, at=at)
    return len(refused)


def known_by(reference: str, cells: Mapping[str, Any]) -> str:
    """By what a row is known when it comes again: its reference, or all of it where it has none."""
    return reference or json.dumps(cells, sort_keys=True)


def _waiting(of: Document, load: UUID) -> dict[str, list[tuple[UUID, int]]]:
    """Rows of the source that wait from other loads, with their versions, by what they are known by."""
    rows = models.Quarantine.objects.filter(
        source=of.name, state=Row.WAITING, scope_id__in=scopes_of(of.holder, QUARANTINE)
    ).exclude(load=load)
    found: dict[str, list[tuple[UUID, int]]] = defaultdict(list)
    named = rows.exclude(row_reference="").values_list("pk", "version", "row_reference")
    for key, version, reference in named:
        found[reference].append((key, version))
    for key, version, cells in rows.filter(row_reference="").values_list(
        "pk", "version", "cells"
    ):
        found[known_by("", cells)].append((key, version))
    return found


def _batches(said: Iterable[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    held: list[dict[str, Any]] = []
    for each in said:
        held.append(each)
        if len(held) == AT_ONCE:
            yield held
            held = []
    if held:
        yield held


def _values(
    of: Document, load: UUID, refused: Refused, cells: dict[str, Any]
) -> dict[str, Any]:
    return {
        "title": _title(of, refused.row),
        "load": load,
        "source": of.name,
        "row": refused.row,
        "row_reference": refused.reference[:120],
        "team": refused.team[:80],
        "cells": cells,
        "reasons": [each._asdict() for each in refused.reasons],
        "state": Row.WAITING.value,
        "source_system": of.system,
        "purposes": list(of.purposes),
    }


def mended_by_load(
    actor: Actor, of: Document, load: UUID, scopes: list[int], lacks: Lacks, at: datetime
) -> None:
    """Rows that wait from before are mended where the same record came, whole, in this load.

    Where its system deleted the record, or a whole export lacks it, they are given up: nobody can mend them any more. Then no
    row says its number.
    """
    given: Any = {"source": of.name, "load": load, "scopes": scopes, **lacks._asdict()}
    found = records.cursor(models.Quarantine).rows(MENDED, given)
    edits = [
        records.Edit(key, version, _rest(of, row, Row(state), record))
        for key, _, version, row, state, record in found
    ]
    for start in range(0, len(edits), AT_ONCE):
        records.edit_many(
            actor=actor, kind=QUARANTINE, edits=edits[start : start + AT_ONCE], at=at
        )


def _rest(of: Document, row: int, state: Row, record: UUID | None) -> dict[str, Any]:
    """How a row rests whose record came, or is gone."""
    if record:
        return {**rested(Row.MENDED), "record": record}
    is_waiting = state is Row.WAITING
    named = {"title": _title(of, row), "row_reference": "", "record": None}
    return {**rested(Row.GIVEN_UP if is_waiting else state), **named}


def _title(of: Document, row: int) -> str:
    return f"Row {row} of {of.title}"[:200]


def rested(state: Row) -> dict[str, Any]:
    """What is said of a row that waits no more: its cells, and what was wrong with them, are kept no longer."""
    return {"state": state.value, "cells": {}, "reasons": []}


def cells_of_file(
    source: IO[bytes], of: Document, refused: Mapping[int, Refused]
) -> Iterable[tuple[int, dict[str, Any]]]:
    """The refused rows of a file as they came: it is read again for them."""
    if not refused:
        return ()
    source.seek(0)
    return documents.cells_of(source, of, refused)
