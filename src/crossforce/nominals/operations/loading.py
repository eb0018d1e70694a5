"""Loads of nominals: a file or a push; the same again is the same as once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import IO, Any

from crossforce.intake import api as intake
from crossforce.intake.choices import Progress, quiet
from crossforce.nominals import mapping as documents
from crossforce.nominals.mapping import Mapping, Refused
from crossforce.nominals.operations import arriving, bringing, registering, sources
from crossforce.nominals.operations.bringing import Load, Outcome
from crossforce.nominals.operations.permitting import permit
from crossforce.people.api import Actor

__all__ = ["Outcome", "Sent", "load", "push", "replay"]


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, and the mapping by which it is read."""

    mapping: str
    source: IO[bytes]
    name: str = ""


def load(
    *,
    actor: Actor,
    sent: Sent,
    at: datetime,
    is_rehearsal: bool = False,
    progress: Progress = quiet,
) -> Outcome:
    """Load a file, or say what that would do. Raises MayNotLoad, BadMapping, Clash, AtWork.

    A row that is not sound is kept apart with its reasons, and the rest go in. After an interruption the same file
    goes on where it stopped: what is written already is found to be the same.
    """
    of = sources.understood(sent.mapping)
    permit(actor, of)
    if is_rehearsal:
        return bringing.whole(
            lambda: bringing.rehearsed(bringing.of_file(actor, of, sent.source, at, progress))
        )
    sent.source.seek(0)
    file = intake.Arrived(sent.mapping, sent.name, intake.pieces(sent.source))
    key, _ = arriving.receive(actor=actor, file=file, at=at)
    outcome = arriving.DESK.run(actor=actor, key=key, at=at, progress=progress)
    outcome.record = key
    return outcome


def push(*, actor: Actor, mapping: str, rows: list[Any], name: str, at: datetime) -> Outcome:
    """Load rows that were pushed: as a file that says what changed. Raises MayNotLoad, BadMapping, Clash."""
    of = _of_changes(mapping)
    permit(actor, of)
    work = Load(
        actor, of, at,
        lambda on: documents.parse_rows(rows, of, on=on),
        lambda refused: ((row, documents.kept(rows[row - 1])) for row in refused),
        quiet,
    )  # fmt: skip
    whole = repr(rows).encode("utf-8", "backslashreplace")
    return _registered(work, mapping, sha256(whole).hexdigest(), name)


def replay(
    *, actor: Actor, mapping: str, cells: dict[str, Any], name: str, at: datetime
) -> Outcome:
    """Load one row whose cells were corrected; refused again, it stays with whoever mends it. Raises as `push`."""
    of = _of_changes(mapping)
    permit(actor, of)

    def nothing(_refused: dict[int, Refused]) -> Iterable[tuple[int, dict[str, Any]]]:
        return ()

    work = Load(
        actor, of, at, lambda on: documents.parse_mended(cells, of, on=on), nothing, quiet
    )
    tried = bringing.whole(lambda: bringing.rehearsed(work))
    if tried.refused or tried.findings:
        return tried
    digest = sha256(repr(sorted(cells.items())).encode("utf-8", "backslashreplace")).hexdigest()
    return _registered(work, mapping, digest, name)


def _of_changes(mapping: str) -> Mapping:
    of = sources.understood(mapping)
    return of.model_copy(update={"file": of.file.model_copy(update={"covers": "changes"})})


def _registered(work: Load, mapping: str, digest: str, name: str) -> Outcome:
    """Brought in, and kept with what came of it. Raises Clash."""
    work.record = registering.pushed(
        work.actor, work.of, mapping, name=name, sha=digest, at=work.at
    )
    outcome = bringing.whole(lambda: bringing.brought(work))
    outcome.record = work.record
    registering.finish(work.actor, work.record, outcome, work.at)
    return outcome
