"""What a load does, row by row: read, judged against what is held, and written; or only judged."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any, Final
from uuid import UUID

from django.db import transaction

from crossforce.intake.api import Measured, copying
from crossforce.intake.choices import Progress, Step
from crossforce.kernel import civil, guarded
from crossforce.nominals import mapping as documents
from crossforce.nominals import models
from crossforce.nominals.choices import QUARANTINE, TIE, State
from crossforce.nominals.mapping import Mapping, Record, Refused
from crossforce.nominals.operations import judging, quarantining, staging, writing
from crossforce.nominals.operations.permitting import scope_of, scopes_of
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.mapping.files import too_large
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

SAYING: Final = """
SELECT source_reference FROM nominals_incoming
 WHERE NOT is_deleted AND row NOT IN (SELECT row FROM nominals_judged WHERE act = 'kept')"""
"""Rows that say which ties there are. One that was corrected here says nothing until its system does the same."""


@dataclass(slots=True)
class Outcome:
    """What a load did, or would do. `findings` refuse all of it; `refused` are rows, and the rest went in.

    `quality`: how often each rule refused a row, by team.
    """

    state: State
    counts: dict[str, int] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    quality: dict[str, dict[str, int]] = field(default_factory=dict)
    record: UUID | None = None

    @property
    def is_refused(self) -> bool:
        return self.state is State.REFUSED


@dataclass(slots=True)
class Load:
    """A load while it is at work."""

    actor: Actor
    of: Mapping
    at: datetime
    read: Callable[[date], Found]
    cells: Callable[[dict[int, Refused]], Iterable[tuple[int, dict[str, Any]]]]
    progress: Progress
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


def of_file(
    actor: Actor, of: Mapping, source: IO[bytes], at: datetime, progress: Progress
) -> Load:
    """The load of a file. Raises Wrong, where it is larger than its mapping says."""
    shares = Measured(source)
    if shares.size > of.file.limit_megabytes * 1_000_000:
        raise too_large(of.file.limit_megabytes)

    def read(on: date) -> Found:
        shares.seek(0)
        whole: Any = shares
        return documents.parse(whole, of, on=on)

    def told(step: Step) -> None:
        progress(step._replace(share=shares.share()) if step.doing == "read" else step)

    return Load(
        actor,
        of,
        at,
        read,
        lambda refused: quarantining.cells_of_file(source, of, refused),
        told,
    )


def whole(of: Callable[[], Outcome]) -> Outcome:
    """What comes of it, where something may be wrong with all of the file."""
    try:
        return of()
    except WHOLE as wrong:
        return Outcome(State.REFUSED, findings=[_told(wrong)])


def rehearsed(work: Load) -> Outcome:
    """Say what a load would do. Raises Wrong, TooManyRefused."""
    try:
        report, counts = _judged_apart(work)
    finally:
        staging.clear()
    refused = [report.refused[row] for row in sorted(report.refused)[:SHOWN]]
    return Outcome(State.REHEARSED, counts, refused)


def brought(work: Load) -> Outcome:
    """Bring a load in. Raises Clash; and Wrong, TooManyRefused while nothing is written."""
    try:
        report, counts = _judged_apart(work)
        _write(work, report, counts)
        _keep(work, report)
    finally:
        staging.clear()
    copying.waited_for()
    counts["refused"] = len(report.refused)
    rows = [report.refused[row] for row in sorted(report.refused)]
    return Outcome(State.DONE, counts, rows[:SHOWN], quality=tallied(rows))


def _judged_apart(work: Load) -> tuple[staging.Report, dict[str, int]]:
    """Judged so that a fault in the middle of the file leaves whoever asked their own transaction."""
    with guarded.acting(work.actor), transaction.atomic():
        staging.made()
        return _judged(work)


def _told(wrong: Wrong | staging.TooManyRefused) -> Finding:
    return wrong.at("", 0) if isinstance(wrong, Wrong) else Finding("load", wrong.message, "")


def _judged(work: Load) -> tuple[staging.Report, dict[str, int]]:
    """Read, staged and compared with what is held. Raises Wrong, for all of it."""
    of = work.of
    report = staging.stage(
        of,
        work.read(civil.day_of(work.at)),
        lambda rows: work.progress(Step("read", rows)),
    )
    work.progress(Step("compare", report.rows))
    scopes = work.scopes(of.kind)
    if of.makes == "tie":
        judging.tie(of.system, _ends(of.holder), report)
    elif report.ties:
        judging.refuse_loose(of.kind, of.system, _ends(of.holder), report)
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


def _write(work: Load, report: staging.Report, counts: dict[str, int]) -> None:
    target = work.target(work.of.kind)
    gone, kept = writing.delete(target)
    counts["deleted"] = gone
    if kept:
        counts["kept"] = len(kept)
    writing.write(target, work.progress)
    _mended(work, report)
    if work.of.tie:
        counts["ties"] = _tied(work, report, counts)


def _mended(work: Load, report: staging.Report) -> None:
    """Say of rows that waited that they are in; only now, since they were not before they were written."""
    if work.record:
        is_whole = work.of.file.covers == "everything" and not report.has_unnamed
        lacks = quarantining.Lacks(
            is_whole, [each.reference[:120] for each in report.refused.values()]
        )
        with guarded.acting(work.actor):
            scopes = scopes_of(work.of.holder, QUARANTINE)
            quarantining.mended_by_load(
                work.actor, work.of, work.record, scopes, lacks, work.at
            )


def _tied(work: Load, report: staging.Report, counts: dict[str, int]) -> int:
    """Ties that rows make beside their records, and those that they make no more; answers how many are new or changed."""
    of = work.of
    with guarded.acting(work.actor):
        said = [staging.said_by(of.makes, number) for (number,) in copying.asked(SAYING)]
        copying.done("DELETE FROM nominals_tied WHERE row IN (SELECT row FROM nominals_judged WHERE act = 'kept')")  # fmt: skip
        copying.done("DELETE FROM nominals_incoming")
        copying.done(TIED)
        ends = _ends(of.holder)
        given: Any = {"system": of.system, "scopes": ends[TIE], "numbers": said}
        untied = [key for (key,) in records.cursor(models.Tie).figures(judging.UNTIED, given)]
        with suppress(
            staging.TooManyRefused
        ):  # records are written: what goes with this load ties nothing
            judging.tie(of.system, ends, report)
        acts = judging.compare(TIE, of.system, ends[TIE])
    target = work.target(TIE)
    if kept := len(untied) - writing.untie(target, untied):
        counts["kept"] = counts.get("kept", 0) + kept
    writing.write(target, work.progress)
    return acts.get("new", 0) + acts.get("changed", 0)


def _keep(work: Load, report: staging.Report) -> None:
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
