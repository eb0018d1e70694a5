"""The demonstration's exhibits: added, and their files sent, by an investigator of its own."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from rich.progress import Progress

from crossforce.evidence import api as evidence
from crossforce.people import api as people
from crossforce.records import api as records
from crossforce.world.rules import media

FILE: Final = Path(__file__).resolve().parents[1] / "data" / "evidence.toml"
SAID: Final = (
    "exhibit_reference",
    "description",
    "seized_at",
    "seized_where",
    "seized_by",
    "power",
)
BESIDE: Final = {
    "purposes": [records.Purpose.JUSTICE.value],
    "source_system": "demonstration",
}


def load_evidence(progress: Progress, *, at: datetime) -> None:
    """Add the exhibits with their files, and the cases, unless they are there; all of it or nothing."""
    given = tomllib.loads(FILE.read_text(encoding="utf-8"))
    task = progress.add_task("Evidence", total=len(given["exhibit"]))
    actor = replace(people.actor_named(given["by"], at), purpose=given["purpose"])
    there = {row.exhibit_reference for row in evidence.exhibits(actor)}
    with transaction.atomic():
        for row in given["exhibit"]:
            if row["exhibit_reference"] not in there:
                _add(actor, given, row, at)
        _add_cases(actor, given, at)
    progress.update(task, completed=len(given["exhibit"]))


def _add(
    actor: people.Actor, given: Mapping[str, Any], row: Mapping[str, Any], at: datetime
) -> None:
    values = {name: row[name] for name in SAID} | {"case_reference": given["case"]} | BESIDE
    new = records.NewRecord(evidence.EXHIBIT, _place(actor, given), values, group="2")
    made = records.create(actor=actor, new=new, at=at)
    content = _content(row["file"])
    sent = evidence.Sent(made.pk, row["file"]["name"], len(content))
    item = evidence.begin(actor=actor, sent=sent, at=at)
    evidence.receive(actor=actor, item=item.pk, offset=0, parts=[content], at=at)
    for said in row.get("touches", ()):
        done = evidence.Done(made.pk, **said | {"act": evidence.Act(said["act"])})
        evidence.note(actor=actor, done=done, at=at)


def _add_cases(actor: people.Actor, given: Mapping[str, Any], at: datetime) -> None:
    """The cases, unless they are there, and what they need besides the exhibits that name them."""
    there = {row.case_reference for row in evidence.cases(actor)}
    exhibits = {row.exhibit_reference: row for row in evidence.exhibits(actor)}
    for row in given["cases"]:
        if row["case_reference"] in there:
            continue
        values = {name: value for name, value in row.items() if name != "needs"} | BESIDE
        new = records.NewRecord(evidence.CASE, _place(actor, given), values)
        made = records.create(actor=actor, new=new, at=at)
        for reference in row.get("needs", ()):
            records.link(
                actor=actor,
                one=made.reference,
                other=exhibits[reference].reference,
                relation=records.Relation.NEEDS,
                at=at,
            )


def _place(actor: people.Actor, given: Mapping[str, Any]) -> records.Place:
    return records.Place(actor.organisation, f"unit:{given['unit']}", "", "OFFICIAL-SENSITIVE")


def _content(file: Mapping[str, Any]) -> bytes:
    if "tone" in file:
        return media.tone(file["seconds"], file["tone"])
    if "width" in file:
        return media.lock(file["width"], file["height"], file["stamp"])
    return str(file["text"]).encode()
