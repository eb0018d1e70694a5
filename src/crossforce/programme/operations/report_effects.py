"""What a board's decision does by itself: a report is published."""

from datetime import datetime
from typing import Final

from crossforce.boards.api import Carried, DecisionEffect
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people.api import Actor
from crossforce.programme.operations.reports import publish_report
from crossforce.programme.queries import reports


class NotAReport(NotUnderstood):
    """Name the report as code@version, such as sw-forensics-2026@1: what was decided is that version."""


def publish(actor: Actor, carried: Carried, at: datetime) -> str:
    """Publish the version that the board saw. Raises NotAReport, NoSuchReport, CannotPublish."""
    code, _, number = carried.what.strip().partition("@")
    if not code or not number.isascii() or not number.isdecimal():
        raise NotAReport
    row = reports.named(actor, code, int(number))
    if row.agreement and row.agreement != carried.agreement:
        raise NotAReport("That report is about another agreement than the board decided on.")
    decision = f"{carried.title}, {carried.decided_on:%-d %B %Y}"
    publish_report(
        actor=actor,
        report=row.pk,
        version=row.version,
        decision=decision,
        at=at,
        is_of_board=True,
    )
    return f"Version {row.number} of {row.title} was published."


PUBLICATION: Final = DecisionEffect(
    "publication",
    "Publish a performance report",
    "Cyhoeddi adroddiad perfformiad",
    "the code of the report, @, and its version, as sw-forensics-2026@1",
    publish,
    decision="publication",
)
