"""What each row of a load would do to what is held: by the references of its system, within the holder's own scopes."""

import json
from typing import Any, Final

from crossforce.intake.api import copying
from crossforce.nominals import models
from crossforce.nominals.choices import EVENT, LOCATION, OBJECT, PERSON, TIE
from crossforce.nominals.mapping import Reason, Refused
from crossforce.nominals.operations import staging
from crossforce.organisations import api as organisations
from crossforce.records import api as records

MODELS: Final[dict[str, Any]] = {
    PERSON: models.Person,
    OBJECT: models.Object,
    LOCATION: models.Location,
    EVENT: models.Event,
    TIE: models.Tie,
}
SAID: Final[dict[str, tuple[str, ...]]] = {
    **{f"nominals.{makes}": (*staging.SHARED, *own) for makes, own in staging.OWN.items()},
    TIE: ("number", "one", "one_kind", "other", "other_kind", "role", "since", "until"),
}
"""The columns that a row says something about, by kind."""
JUDGED: Final = """
WITH held AS (
  SELECT i.row, i.source_reference, i.id, i.is_deleted, e.id AS existing, e.version,
         ({theirs}) IS NOT DISTINCT FROM ({ours}) AS is_same
    FROM nominals_incoming i
    LEFT JOIN {table} e ON e.source_system = %(system)s AND e.source_reference = i.source_reference
     AND e.scope_id = ANY (%(scopes)s)),
put AS (
  INSERT INTO nominals_judged (row, source_reference, id, existing, version, act)
  SELECT row, source_reference, id, existing, version,
         CASE WHEN is_deleted THEN CASE WHEN existing IS NULL THEN 'absent' ELSE 'deleted' END
              WHEN existing IS NULL THEN 'new' WHEN is_same THEN 'same' ELSE 'changed' END
    FROM held RETURNING act)
SELECT act, count(*) FROM put GROUP BY act"""
GONE: Final = """
INSERT INTO nominals_judged (row, source_reference, existing, version, act)
SELECT 0, e.source_reference, e.id, e.version, 'deleted' FROM {table} e
 WHERE e.source_system = %(system)s AND e.scope_id = ANY (%(scopes)s) AND e.source_reference <> ''
   AND NOT e.source_reference = ANY (%(refused)s)
   AND NOT EXISTS (SELECT FROM nominals_incoming i WHERE i.source_reference = e.source_reference)
RETURNING 1"""
HELD: Final = """
SELECT count(*) FROM {table} e WHERE e.source_system = %(system)s AND e.scope_id = ANY (%(scopes)s)"""
UNTIED: Final = """
SELECT e.id FROM nominals_tie e
 WHERE e.source_system = %(system)s AND e.scope_id = ANY (%(scopes)s) AND e.number = ANY (%(numbers)s)
   AND NOT EXISTS (SELECT FROM nominals_incoming i WHERE i.source_reference = e.source_reference)"""
FOUND: Final = """
WITH found AS (
  UPDATE {ties} i SET {end} = e.id FROM {table} e
   WHERE i.{end}_kind = %(kind)s AND e.source_system = %(system)s AND e.source_reference = i.{end}_number
     AND e.scope_id = ANY (%(scopes)s) RETURNING 1)
SELECT count(*) FROM found"""
LOOSE: Final = """
WITH loose AS (
  DELETE FROM nominals_incoming WHERE NOT coalesce(is_deleted, false) AND (one IS NULL OR other IS NULL)
  RETURNING row, source_reference, CASE WHEN one IS NULL THEN one_number ELSE other_number END,
            CASE WHEN one IS NULL THEN one_kind ELSE other_kind END)
SELECT * FROM loose ORDER BY 1"""
MISSING: Final = """t.{end} IS NULL AND NOT (t.{end}_kind = %(kind)s AND t.{end}_number IN (
    SELECT n.source_reference FROM nominals_incoming n WHERE NOT n.is_deleted))"""
UNTIEABLE: Final = f"""
SELECT DISTINCT ON (t.row) t.row, i.source_reference,
       CASE WHEN {MISSING.format(end="one")} THEN t.one_number ELSE t.other_number END,
       CASE WHEN {MISSING.format(end="one")} THEN t.one_kind ELSE t.other_kind END
  FROM nominals_tied t JOIN nominals_incoming i USING (row)
 WHERE {MISSING.format(end="one")} OR {MISSING.format(end="other")} ORDER BY t.row"""  # noqa: S608 - names of columns
FEW: Final = 20
CORRECTED: Final = """
SELECT e.id, e.scope_id, j.row, j.source_reference, e.statements, i.statements
  FROM nominals_judged j JOIN nominals_incoming i USING (row, source_reference)
  JOIN {table} e ON e.id = j.existing
 WHERE j.act = 'changed' AND e.statements @? %(verified)s::jsonpath
   AND EXISTS (SELECT FROM jsonb_array_elements(e.statements) said
                WHERE said ->> 'verified_by' = ANY (%(bodies)s) AND NOT i.statements @> jsonb_build_array(said))"""
"""A statement that an organisation verified here is missing in the row. What a system says of who verified is its own."""
VERIFIED: Final = '$[*] ? (@.verified_by != "")'
SETTLED: Final = "UPDATE nominals_judged SET act = %s WHERE row = ANY (%s)"


def compare(kind: str, system: str, scopes: list[int]) -> dict[str, int]:
    """Say of each row what it would do; answers how many do what."""
    copying.done("DELETE FROM nominals_judged")
    names = SAID[kind]
    statement = JUDGED.format(
        table=MODELS[kind]._meta.db_table,
        theirs=", ".join(f"e.{each}" for each in names),
        ours=", ".join(f"i.{each}" for each in names),
    )
    given: Any = {"system": system, "scopes": scopes}
    found = records.cursor(MODELS[kind]).figures(statement, given)
    staging.measure()
    return {act: int(number) for act, number in found}


def find_gone(kind: str, system: str, scopes: list[int], refused: list[str]) -> tuple[int, int]:
    """Find what the system no longer holds: how many, of how many that are held. A refused row is none that is gone."""
    table, cursor = MODELS[kind]._meta.db_table, records.cursor(MODELS[kind])
    given: Any = {"system": system, "scopes": scopes, "refused": refused}
    held = int(cursor.figures(HELD.format(table=table), given)[0][0])
    return len(cursor.figures(GONE.format(table=table), given)), held


def refuse_loose(
    kind: str, system: str, scopes: dict[str, list[int]], report: staging.Report
) -> None:
    """Refuse the rows of which a tie could not be made: its other end is neither held nor in the file.

    A row that is refused is in the file no more, and a tie to it cannot be made either.
    """
    _find_ends("nominals_tied", system, scopes)
    while loose := copying.asked(UNTIEABLE, {"kind": kind}):
        for row, reference, number, of in loose:
            report.note(Refused(row, (unknown_end(str(number), str(of)),), str(reference)))
        rows = [row for row, *_ in loose]
        copying.done("DELETE FROM nominals_tied WHERE row = ANY (%s)", [rows])
        copying.done("DELETE FROM nominals_incoming WHERE row = ANY (%s)", [rows])


def tie(system: str, scopes: dict[str, list[int]], report: staging.Report) -> None:
    """Find the ends of ties; one whose end is not held is refused with its row."""
    _find_ends("nominals_incoming", system, scopes)
    for row, reference, number, kind in copying.asked(LOOSE):
        report.note(Refused(row, (unknown_end(str(number), str(kind)),), str(reference)))


def _find_ends(ties: str, system: str, scopes: dict[str, list[int]]) -> None:
    for kind, model in MODELS.items():
        for end in ("one", "other") if kind != TIE else ():
            statement = FOUND.format(ties=ties, end=end, table=model._meta.db_table)
            given: Any = {"kind": kind, "system": system, "scopes": scopes[kind]}
            records.cursor(model).figures(statement, given)


def unknown_end(number: str, kind: str) -> Reason:
    """Why a tie is refused."""
    what = kind.rpartition(".")[2]
    return Reason(
        "unknown-end",
        "",
        f"The system's {what} {number[:60]!r} is not held, so that nothing can be tied to it.",
        f"Load the {what} first, then replay the row; or correct its number.",
    )


def keep_corrections(kind: str, report: staging.Report) -> int:
    """What was corrected here stands, where its system says otherwise still: answers how many rows say the same now.

    Such a row is refused, so that somebody corrects the system; once it says the same, nothing is to be done.
    """
    table = MODELS[kind]._meta.db_table
    bodies = [each.code for each in organisations.directory().organisations]
    given: Any = {"verified": VERIFIED, "bodies": bodies}
    same, other = [], []
    for _, _, row, reference, ours, theirs in records.cursor(MODELS[kind]).rows(
        CORRECTED.format(table=table), given
    ):
        if _bare(ours) == _bare(theirs):
            same.append(row)
            continue
        other.append(row)
        report.note(Refused(row, (CORRECTED_HERE,), reference))
    copying.done(SETTLED, ["same", same])
    copying.done(SETTLED, ["kept", other])
    return len(same)


def _bare(statements: Any) -> list[dict[str, Any]]:
    """What is said, whoever has verified it."""
    said = json.loads(statements) if isinstance(statements, str) else statements
    return [{**each, "verified_by": "", "as_of": ""} for each in said]


CORRECTED_HERE: Final = Reason(
    "corrected-here",
    "",
    "The record was corrected here, and the system still says otherwise.",
    "Correct it in the system, and load it again; or give the row up.",
)
