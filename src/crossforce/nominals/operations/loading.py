"""Loads of nominals: a file or a push, judged row by row and written; the same again is the same as once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import IO, Any, Final
from uuid import UUID

from django.db import transaction

from crossforce.kernel import civil, guarded
from crossforce.nominals import mapping as documents
from crossforce.nominals import models
from crossforce.nominals.choices import QUARANTINE, TIE, Form, State
from crossforce.nominals.mapping import Mapping, Record, Refused
from crossforce.nominals.operations import (
    judging,
    quarantining,
    registering,
    sources,
    staging,
    writing,
)
from crossforce.nominals.operations.measured import Measured
from crossforce.nominals.operations.permitting import permit, scope_of, scopes_of
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.mapping.findings import Finding, Wrong

Found = Iterable[Record | Refused]
COUNTED: Final = ("new", "changed", "same", "deleted", "absent")
SHOWN: Final = 1_000
WHOLE: Final = (Wrong, staging.TooManyRefused)
"""What refuses all of a file."""
TIED: Final = """
INSERT INTO nominals_incoming (row, id, source_reference, number, one_number, one_kind, other_number,
  other_kind, role, since, until, is_deleted)
SELECT DISTINCT ON (t.source_reference) t.row, t.id, t.source_reference, t.number, t.one_number, t.one_kind,
       t.other_number, t.other_kind, t.role, t.since, t.until, false
  FROM nominals_tied t ORDER BY t.source_reference, t.row"""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, and the mapping by which it is read."""

    mapping: str
    source: IO[bytes]
    name: str = ""


@dataclass(slots=True)
class Outcome:
    """What a load did, or would do. `findings` refuse all of it; `refused` are rows, and the rest went in."""

    state: State
    counts: dict[str, int] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    record: UUID | None = None

    @property
    def is_refused(self) -> bool:
        return self.state is State.REFUSED


@dataclass(slots=True)
class _Load:
    """A load while it is at work."""

    actor: Actor
    of: Mapping
    text: str
    at: datetime
    read: Callable[[date], Found]
    cells: Callable[[dict[int, Refused]], Iterable[tuple[int, dict[str, Any]]]]
    progress: staging.Progress
    record: UUID | None = None

    def scopes(self, kind: str) -> list[int]:
        return scopes_of(self.of.holder, kind)

    def target(self, kind: str) -> writing.Target:
        return writing.Target(
            self.actor,
            kind,
            scope_of(self.of.holder, kind),
            self.of.system,
            self.of.purposes,
            self.at,
        )


def load(
    *,
    actor: Actor,
    sent: Sent,
    at: datetime,
    is_rehearsal: bool = False,
    progress: staging.Progress = staging.quiet,
) -> Outcome:
    """Load a file, or say what that would do. Raises MayNotLoad, BadMapping, Clash.

    A row that is not sound is kept apart with its reasons, and the rest go in. After an interruption the same file
    goes on where it stopped: what is written already is found to be the same.
    """
    of = sources.understood(sent.mapping)
    permit(actor, of)
    shares = Measured(sent.source)
    work = _Load(
        actor, of, sent.mapping, at,
        lambda on: documents.parse(_begun(shares), of, on=on),
        lambda refused: quarantining.cells_of_file(sent.source, of, refused),
        lambda step: progress(step._replace(share=shares.share()) if step.doing == "read" else step),
    )  # fmt: skip
    if is_rehearsal:
        return _rehearsed(work)
    form = Form(of.file.type)
    work.record = registering.begin(
        actor, of, sent.mapping, form=form, name=sent.name, sha=shares.sha256(), at=at
    )
    return _loaded(work)


def push(*, actor: Actor, mapping: str, rows: list[Any], name: str, at: datetime) -> Outcome:
    """Load rows that were pushed: as a file that says what changed. Raises MayNotLoad, BadMapping, Clash."""
    of = _of_changes(mapping)
    permit(actor, of)
    work = _Load(
        actor, of, mapping, at,
        lambda on: documents.parse_rows(rows, of, on=on),
        lambda refused: ((row, documents.kept(rows[row - 1])) for row in refused),
        staging.quiet,
    )  # fmt: skip
    whole = repr(rows).encode("utf-8", "backslashreplace")
    work.record = registering.begin(
        actor, of, mapping, form=Form.PUSH, name=name, sha=sha256(whole).hexdigest(), at=at
    )
    return _loaded(work)


def replay(
    *, actor: Actor, mapping: str, cells: dict[str, Any], name: str, at: datetime
) -> Outcome:
    """Load one row whose cells were corrected; refused again, it stays with whoever mends it. Raises as `push`."""
    of = _of_changes(mapping)
    permit(actor, of)
    work = _Load(
        actor, of, mapping, at,
        lambda on: documents.parse_mended(cells, of, on=on),
        lambda _refused: (),
        staging.quiet,
    )  # fmt: skip
    tried = _rehearsed(work)
    if tried.refused or tried.findings:
        return tried
    digest = sha256(repr(sorted(cells.items())).encode("utf-8", "backslashreplace")).hexdigest()
    work.record = registering.begin(
        actor, of, mapping, form=Form.PUSH, name=name, sha=digest, at=at
    )
    return _loaded(work)


def _of_changes(mapping: str) -> Mapping:
    of = sources.understood(mapping)
    return of.model_copy(update={"file": of.file.model_copy(update={"covers": "changes"})})


def _rehearsed(work: _Load) -> Outcome:
    try:
        report, counts = _judged_apart(work)
    except WHOLE as wrong:
        return Outcome(State.REFUSED, findings=[_told(wrong)])
    finally:
        staging.clear()
    refused = [report.refused[row] for row in sorted(report.refused)[:SHOWN]]
    return Outcome(State.REHEARSED, counts, refused)


def _loaded(work: _Load) -> Outcome:
    try:
        report, counts = _judged_apart(work)
        _write(work, report, counts)
        _keep(work, report)
    except WHOLE as wrong:
        outcome = Outcome(State.REFUSED, findings=[_told(wrong)], record=work.record)
        _finish(work, outcome, {})
        return outcome
    finally:
        staging.clear()
    counts["refused"] = len(report.refused)
    rows = [report.refused[row] for row in sorted(report.refused)]
    outcome = Outcome(State.DONE, counts, rows[:SHOWN], record=work.record)
    _finish(work, outcome, tallied(rows))
    return outcome


def _judged_apart(work: _Load) -> tuple[staging.Report, dict[str, int]]:
    """Judged so that a fault in the middle of the file leaves whoever asked their own transaction."""
    with guarded.acting(work.actor), transaction.atomic():
        staging.made()
        return _judged(work)


def _told(wrong: Wrong | staging.TooManyRefused) -> Finding:
    return wrong.at("", 0) if isinstance(wrong, Wrong) else Finding("load", wrong.message, "")


def _judged(work: _Load) -> tuple[staging.Report, dict[str, int]]:
    """Read, staged and compared with what is held. Raises Wrong, for all of it."""
    of = work.of
    report = staging.stage(
        of,
        work.read(civil.day_of(work.at)),
        lambda rows: work.progress(staging.Step("read", rows)),
    )
    work.progress(staging.Step("compare", report.rows))
    scopes = work.scopes(of.kind)
    if of.makes == "tie":
        judging.tie(of.system, _ends(of.holder), report)
    acts = judging.compare(of.kind, of.system, scopes)
    if acts.get("changed") and of.makes != "tie":
        _keep_corrections(of.kind, acts, report)
    if of.file.covers == "everything":
        acts["deleted"] = _gone(of, scopes, report)
    counts = {"read": report.rows, **{name: acts.get(name, 0) for name in COUNTED}}
    counts["refused"] = len(report.refused)
    return report, counts


def _keep_corrections(kind: str, acts: dict[str, int], report: staging.Report) -> None:
    before = len(report.refused)
    same = judging.keep_corrections(kind, report)
    acts["same"] = acts.get("same", 0) + same
    acts["changed"] -= same + len(report.refused) - before


def _ends(holder: str) -> dict[str, list[int]]:
    return {kind: scopes_of(holder, kind) for kind in judging.MODELS}


def _gone(of: Mapping, scopes: list[int], report: staging.Report) -> int:
    if report.has_unnamed:
        return 0
    named = [each.reference for each in report.refused.values()]
    gone, held = judging.find_gone(of.kind, of.system, scopes, named)
    if gone > judging.FEW and gone > of.file.most_deleted * held:
        raise Wrong(
            "most-deleted",
            f"The file lacks {gone:,} of {held:,} records that are held, which would be deleted.",
            "If that is right, raise file.most_deleted; else send the whole export, or set file.covers to changes.",
            is_whole=True,
        )
    return gone


def _write(work: _Load, report: staging.Report, counts: dict[str, int]) -> None:
    target = work.target(work.of.kind)
    gone, kept = writing.delete(target)
    counts["deleted"] = gone
    if kept:
        counts["kept"] = len(kept)
    writing.write(target, work.progress)
    _mended(work)
    if work.of.tie:
        counts["ties"] = _tied(work, report, counts)


def _mended(work: _Load) -> None:
    """Say of rows that waited that they are in; only now, since they were not before they were written."""
    if work.record:
        with guarded.acting(work.actor):
            scopes = scopes_of(work.of.holder, QUARANTINE)
            quarantining.mended_by_load(work.actor, work.of, work.record, scopes, work.at)


def _tied(work: _Load, report: staging.Report, counts: dict[str, int]) -> int:
    """Ties that rows make beside their records, and those that they make no more; answers how many are new or changed."""
    of = work.of
    with guarded.acting(work.actor):
        said = [f"{of.makes}:{number}"[:120] for (number,) in staging.asked("SELECT source_reference FROM nominals_incoming WHERE NOT is_deleted")]  # fmt: skip
        staging.done("DELETE FROM nominals_incoming")
        staging.done(TIED)
        ends = _ends(of.holder)
        given: Any = {"system": of.system, "scopes": ends[TIE], "numbers": said}
        untied = [key for (key,) in records.cursor(models.Tie).figures(judging.UNTIED, given)]
        judging.tie(of.system, ends, report)
        acts = judging.compare(TIE, of.system, ends[TIE])
    target = work.target(TIE)
    if kept := len(untied) - writing.untie(target, untied):
        counts["kept"] = counts.get("kept", 0) + kept
    writing.write(target, work.progress)
    return acts.get("new", 0) + acts.get("changed", 0)


def _keep(work: _Load, report: staging.Report) -> None:
    if report.refused and work.record:
        quarantining.keep(
            actor=work.actor,
            of=work.of,
            load=work.record,
            refused=report.refused,
            cells=work.cells(report.refused),
            at=work.at,
        )


def tallied(rows: Iterable[Refused]) -> dict[str, dict[str, int]]:
    """How often each rule refused a row, by team."""
    found: dict[str, dict[str, int]] = {}
    for each in rows:
        for rule in {reason.rule for reason in each.reasons}:
            teams = found.setdefault(rule, {})
            teams[each.team] = teams.get(each.team, 0) + 1
    return found


def _begun(shares: Measured) -> Any:
    shares.seek(0)
    return shares


def _finish(work: _Load, outcome: Outcome, quality: dict[str, dict[str, int]]) -> None:
    given = {
        "state": outcome.state.value,
        "counts": outcome.counts or {"read": 0},
        "quality": {"refused": quality},
        "findings": "\n".join(map(str, outcome.findings)),
    }
    assert work.record
    staging.waited_for()
    registering.finish(work.actor, work.record, given, work.at)
