"""Imports of duties: rehearsed, then brought in; the same file twice is the same as once."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO, Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.db.models.expressions import RawSQL

from crossforce.access import api as access
from crossforce.agreements import catalogues
from crossforce.duty import mapping as exports
from crossforce.duty import models
from crossforce.duty.choices import ENTRY, IMPORT, MARKING, PURPOSES, SHORT, Absence, State
from crossforce.duty.mapping import Finding, Known, Mapping
from crossforce.duty.models.importing import LONGEST_REPORT
from crossforce.duty.operations import judging, staging
from crossforce.duty.rules import statuses
from crossforce.intake.api import Measured, copying, joined
from crossforce.intake.choices import Progress, Step, quiet
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, Refused
from crossforce.organisations.api import Unit
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.mapping.files import too_large

BATCH: Final = 10_000
WHO: Final = ("number", "pk", "scope_id", "given_name", "family_name", "starts_at", "ends_at")
FOUND: Final = """
WITH found (number, staff, scope_id, given, family, starts_at, ends_at) AS ({}),
     put AS (INSERT INTO duty_person
             SELECT number, staff, btrim(given || ' ' || family), starts_at, ends_at FROM found)
SELECT staff, scope_id FROM found"""
NAMES: Final = (*judging.SAID, "scope_id")
WRITTEN: Final = ", ".join(judging.SAID)
# What was written comes back as text, as the ledger names it: of ten thousand rows at once objects cost more. People
# come in the order of their index: by it each is entered, and looked up by the trigger that keeps duties apart.
INSERTED: Final = f"""
INSERT INTO duty_entry (id, scope_id, version, source_system, source_reference, purposes, review_group,
  review_due, disposal, proposed_by, created_at, created_by, changed_at, changed_by, cancelled_by, is_long,
  {WRITTEN})
SELECT i.id, i.scope_id, 1, %(system)s, i.reference, %(purposes)s, '', %(due)s, 'kept', '',
       %(at)s, %(by)s, %(at)s, %(by)s, '', i.ends_at - i.starts_at > %(short)s,
       {", ".join(f"i.{name}" for name in judging.SAID)}
  FROM duty_judged i WHERE i.act = 'new' AND i.row BETWEEN %(first)s AND %(last)s
 ORDER BY i.staff, i.starts_at
RETURNING id::text, scope_id"""  # noqa: S608 - names of columns
# By their keys, which are given as one value: the planner cannot see how much row security lets through. Were it
# free to begin with the duties that the importer may change, it would walk through all that are held.
WANTED: Final = """(SELECT array_agg(existing) FROM duty_judged
  WHERE act = %(act)s AND row BETWEEN %(first)s AND %(last)s)::uuid[]"""
CHANGED: Final = f"""
UPDATE duty_entry e SET version = e.version + 1, changed_at = %(at)s, changed_by = %(by)s,
       cancelled_at = NULL, cancelled_by = '', is_long = i.ends_at - i.starts_at > %(short)s,
       {", ".join(f"{name} = i.{name}" for name in NAMES)}
  FROM duty_judged i
 WHERE e.id = ANY ({WANTED}) AND i.existing = e.id AND i.act = %(act)s
RETURNING e.id::text, e.scope_id"""  # noqa: S608 - names of columns
CANCELLED: Final = f"""
UPDATE duty_entry e SET version = e.version + 1, changed_at = %(at)s, changed_by = %(by)s,
       cancelled_at = %(at)s, cancelled_by = %(by)s
 WHERE e.id = ANY ({WANTED}) AND e.cancelled_by = ''
RETURNING e.id::text, e.scope_id"""  # noqa: S608 - WANTED stands above
ALL: Final = 1 << 31
WRITING: Final = {
    "cancelled": ("altered", CANCELLED, 0),
    "moved": ("altered", CHANGED, ALL),
    "detailed": ("altered", CHANGED, 0),
    "new": ("collected", INSERTED, 0),
}
"""How each is written, in this order, and in parts of how many: what moves may change places, so it moves at once."""


class MayNotImport(Refused):
    """No agreement or policy lets you add and change duties there; the message says where."""


class Clash(Conflict):
    """Duties changed while the file was brought in, or clash with some that you may not see.

    What was brought in before stays, and nothing is there twice: bring the file in again.
    """


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do. `record` is where it is kept, once it is no rehearsal.

    One that `was_in` is of a file that was brought in before: nothing was done now.
    """

    state: State
    counts: dict[str, int]
    findings: list[Finding]
    record: UUID | None = None
    was_in: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent, and how it is to be read."""

    mapping: Mapping
    source: IO[bytes]
    name: str = ""


def bring_in(
    *,
    actor: Actor,
    sent: Sent,
    at: datetime,
    is_rehearsal: bool = False,
    progress: Progress = quiet,
    is_kept: bool = True,
) -> Outcome:
    """Bring a file's duties in, or say what that would do. Raises MayNotImport, Clash.

    Rows that cannot be understood are refused, each with its reason, and the rest go on; where the
    file as a whole cannot be trusted nothing is brought in. New duties come in batches, each with
    its entry in the ledger; after an interruption the same file goes on where it stopped. Unless
    somebody else keeps what came of it, it is kept as an import of its own (`is_kept`).
    """
    shares = Measured(sent.source)
    permit(actor, sent.mapping.holder)
    try:
        judged, parts = _judged(actor, sent, shares, at, progress)
        outcome = _placed(judged, sent.mapping)
        if is_rehearsal:
            return outcome
        _apply(actor, sent.mapping, at, parts, progress)
        if not is_kept:
            return outcome
        record = _kept(actor, sent, shares.sha256(), outcome, at)
        return Outcome(outcome.state, outcome.counts, outcome.findings, record)
    finally:
        staging.clear()


def _judged(
    actor: Actor, sent: Sent, source: Measured, at: datetime, progress: Progress
) -> tuple[Outcome, judging.Parts]:
    of = sent.mapping
    if source.size > of.file.limit_megabytes * 1_000_000:
        beyond = too_large(of.file.limit_megabytes).at(sent.name, 0)
        return Outcome(State.REFUSED, {}, [beyond]), {}
    with guarded.acting(actor):
        found = exports.parse(source, of, file=sent.name, known=known(of.holder, at))
        report = staging.stage(found, lambda rows: progress(Step("read", rows, source.share())))
        if report.is_refused:
            return Outcome(State.REFUSED, _counts(report, {}), report.findings), {}
        progress(Step("compare", report.rows))
        _place(of.holder)
        scopes = _scopes_of(of.holder)
        others = judging.apart(of.holder)
        judging.compare(of.system, scopes, others, sent.name, report)
        if of.file.covers == "period" and not report.has_unnamed:
            here = sorted(set(scopes) - set(others))
            judging.find_gone(of, here, sent.name, report)
            if report.is_refused:
                return Outcome(State.REFUSED, _counts(report, {}), report.findings), {}
        judging.refuse_overlaps(others, sent.name, report)
        parts = judging.parts()
        counts = _counts(report, judging.counted(parts))
        return Outcome(State.DONE, counts, report.findings), parts


def _placed(outcome: Outcome, of: Mapping) -> Outcome:
    """The same, with the column in every finding that is about one."""
    findings = [
        each if each.column else each._replace(column=of.column_of(each.rule))
        for each in outcome.findings
    ]
    return replace(outcome, findings=findings)


def permit(actor: Actor, holder: str) -> None:
    """Let the import pass when it can be kept, with its findings. Raises MayNotImport."""
    with guarded.acting(actor):
        scope = guarded.scope(guarded.ScopeOf(holder, IMPORT, "", "", MARKING))
        if scope not in access.scopes(IMPORT, "add"):
            raise MayNotImport(f"No agreement or policy lets you import duties of {holder}.")


def known(holder: str, at: datetime) -> Known:
    """The codes that a file of the holder may speak of."""
    on = civil.day_of(at)
    units = Unit.objects.filter(organisation__isnull=True) | Unit.objects.filter(
        organisation=holder
    )
    return Known(
        units=frozenset(units.values_list("code", flat=True)),
        functions=frozenset(catalogues.functions()),
        roles=frozenset(people.roles(on)),
        statuses=frozenset(statuses.statuses(on)),
        absences=frozenset(Absence),
    )


def _place(holder: str) -> None:
    """Find the people and the places of the rows. Raises MayNotImport."""
    places = [(unit, scope_of(holder, unit)) for unit in staging.units()]
    may = set(access.scopes(ENTRY, "add")) & set(access.scopes(ENTRY, "edit"))
    barred = [unit or "no unit" for unit, scope in places if scope not in may]
    if barred:
        raise MayNotImport(
            f"No agreement or policy lets you add and change duties of {holder} in: {', '.join(barred)}."
        )
    staging.place(places)
    _find_people(holder)


def scope_of(holder: str, unit: str) -> int:
    """The scope of the holder's duties in a unit, or in none."""
    collection = f"unit:{unit}" if unit else ""
    return guarded.scope(guarded.ScopeOf(holder, ENTRY, collection, "", MARKING))


def _find_people(holder: str) -> None:
    """Put the people whose numbers stand in the file beside it; the ledger names each of them."""
    named = RawSQL("SELECT number FROM duty_incoming", ())
    found = people.Staff.objects.filter(organisation=holder, number__in=named)
    statement, given = found.values_list(*WHO).query.sql_with_params()
    records.cursor(people.Staff).rows(FOUND.format(statement), given)
    staging.measure("person")


def _scopes_of(holder: str) -> list[int]:
    """The holder's scopes in which the importer may change duties."""
    places = records.places_of(access.scopes(ENTRY, "edit"))
    return sorted(each for each, place in places.items() if place.holder == holder)


def _apply(
    actor: Actor,
    of: Mapping,
    at: datetime,
    parts: judging.Parts,
    progress: Progress,
) -> None:
    values = {
        "at": at,
        "by": actor.reference,
        "due": None,
        "purposes": list(PURPOSES),
        "short": SHORT,
        "system": of.system,
    }
    written, all_of_it = 0, sum(judging.counted(parts).values())
    try:
        for act, (how, statement, most) in WRITING.items():
            for first, last, number in joined(parts.get(act, []), most or BATCH):
                batch: Any = {**values, "act": act, "first": first, "last": last}
                with guarded.acting(actor):
                    copying.written_soon()
                    records.cursor(models.Entry).written(how, statement, batch)
                written += number
                progress(Step("write", written, 100 * written // all_of_it))
    except IntegrityError as error:
        raise Clash from error
    copying.waited_for()


def _counts(report: staging.Report, acts: dict[str, int]) -> dict[str, int]:
    counts = {name: acts.get(name, 0) for name in ("new", "changed", "cancelled")}
    rest = {"same": report.same, "refused": report.refused}
    return {"read": report.rows, **counts, **rest}


def _kept(actor: Actor, sent: Sent, sha256: str, outcome: Outcome, at: datetime) -> UUID:
    values = {
        "title": sent.mapping.title,
        "file_name": sent.name[:200] or "-",
        "file_sha256": sha256,
        "state": str(outcome.state),
        "counts": counted(outcome),
        "findings": told(outcome.findings),
        "report": reported(outcome.findings),
        "source_system": sent.mapping.system,
        "source_reference": "",
        "purposes": list(PURPOSES),
    }
    place = records.Place(sent.mapping.holder, "", "", MARKING)
    new = records.NewRecord(IMPORT, place, values)
    return records.create(actor=actor, new=new, at=at).pk


def counted(outcome: Outcome) -> str:
    """The counts, as an import keeps them."""
    return ", ".join(f"{number} {name}" for name, number in outcome.counts.items()) or "none"


def in_short(outcome: Outcome) -> str:
    """What came of it, on one line."""
    if outcome.was_in:
        return "in already, nothing was done now"
    if outcome.state is not State.REFUSED:
        return counted(outcome)
    is_whole = any(each.is_whole for each in outcome.findings)
    return "refused whole, nothing of it was brought in" if is_whole else "refused"


def told(findings: list[Finding]) -> str:
    """What was refused, for people."""
    return "\n".join(str(each) for each in findings)[:LONGEST_REPORT]


def reported(findings: list[Finding]) -> str:
    """What was refused, row by row, a JSON object on each line."""
    return "\n".join(json.dumps(each._asdict(), ensure_ascii=False) for each in findings)
