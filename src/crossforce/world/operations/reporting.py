"""Public performance reports of the demonstration, drawn and published by the accounts that keep them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from rich.progress import Progress

from crossforce.kernel import civil, guarded
from crossforce.people import api as people
from crossforce.programme import api as programme
from crossforce.records import api as records
from crossforce.world.operations.programme import SYSTEM, actor_of, content

OPEN: Final = "OFFICIAL"
WRITTEN: Final = (
    "code", "agreement", "title", "title_cy", "introduction", "introduction_cy", "ahead", "ahead_cy",
    "caveat", "caveat_cy",
)  # fmt: skip


def load_reports(progress: Progress, *, at: datetime) -> None:
    """Publish the reports that are not there."""
    given = content("reports")
    there = {each.code for each in programme.public_reports()}
    task = progress.add_task("Performance reports", total=len(given["report"]))
    for row in given["report"]:
        actor = actor_of(row["by"], at)
        if actor is not None and row["code"] not in there:
            for each in row.get("open", ()):
                _open(each, at)
            _publish(actor, row, given["reason"], at)
        progress.advance(task)


def _open(row: Mapping[str, Any], at: datetime) -> None:
    """Mark OFFICIAL what a public document states."""
    actor = actor_of(row["by"], at)
    if actor is None:
        return
    model = records.models_by_kind()[row["kind"]]
    with guarded.acting(actor):
        for found in model.objects.filter(source_system=SYSTEM, source_reference=row["key"]):
            place = records.place_of(found.scope_id)
            if place.marking != OPEN:
                records.move(
                    actor=actor,
                    kind=row["kind"],
                    record=found.pk,
                    version=found.version,
                    to=records.Place(place.holder, place.collection, place.compartment, OPEN),
                    reason=row["reason"],
                    at=at,
                )


@guarded.acts
def _publish(actor: people.Actor, row: Mapping[str, Any], reason: str, at: datetime) -> None:
    year = civil.financial_year(civil.day_of(at))
    given = {name: row[name] for name in WRITTEN} | {"year": year}
    key = programme.add_report(actor=actor, given=given, at=at)
    programme.draw_report(actor=actor, report=key, version=1, at=at)
    programme.lower_markings(actor=actor, report=key, version=2, reason=reason, at=at)
    version = programme.report(actor, key).version
    programme.publish_report(actor=actor, report=key, version=version, reason=reason, at=at)
