"""What a board's decision does by itself: a report is published."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from crossforce.access import api as access
from crossforce.boards.api import Came, Carried, Charge, DecisionEffect, Made, Offered
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people.api import Actor
from crossforce.programme.choices import REPORT, ReportState
from crossforce.programme.operations.reports import publish_report
from crossforce.programme.queries import reports
from crossforce.records import api as records


class NotAReport(NotUnderstood):
    """Name the report as code@version, such as sw-forensics-2026@1: what was decided is that version."""


def publish(actor: Actor, carried: Carried, at: datetime) -> str:
    """Publish the version that the board saw. Raises NotAReport, NoSuchReport, CannotPublish."""
    row = _named(actor, carried.what)
    if row.agreement and row.agreement != carried.agreement:
        raise NotAReport("That report is about another agreement than the board decided on.")
    publish_report(
        actor=actor,
        report=row.pk,
        version=row.version,
        decision=_words(carried.title, carried.decided_on),
        at=at,
        is_of_board=True,
    )
    return f"Version {row.number} of {row.title} was published."


def drafts_offered(actor: Actor, agreement: str) -> Iterator[Offered]:
    """The drafts of reports about the agreement; of a report about a region, under any."""
    for row in reports.reports(actor):
        of = row.agreement or agreement
        if row.state == ReportState.DRAFT and agreement in ("", of):
            yield Offered(of, f"{row.code}@{row.number}", f"{row.title}, version {row.number}")


def publishing(actor: Actor, agreement: str, what: str) -> Charge | None:
    """Who holds the report. Raises NotAReport, NoSuchReport."""
    row = _named(actor, what)
    holder = records.place_of(row.scope_id).holder
    return Charge(holder, access.may(REPORT, row.pk, "disclose"))


def published(actor: Actor, decisions: Sequence[Made]) -> Iterator[Came]:
    """The reports that were published by these decisions: each bears the words of its own."""
    wanted = {each.what.strip(): each for each in decisions if each.effect == PUBLICATION.name}
    for row in reports.reports(actor) if wanted else ():
        of = wanted.get(f"{row.code}@{row.number}")
        if of and row.published_on and row.decision == _words(of.title, of.decided_on):
            said = f"Version {row.number} of {row.title} was published."
            yield Came(of.key, said, row.published_on, row.published_by, PUBLICATION.name)


def _named(actor: Actor, what: str) -> Any:
    code, _, number = what.strip().partition("@")
    if not code or not number.isascii() or not number.isdecimal():
        raise NotAReport
    return reports.named(actor, code, int(number))


def _words(title: str, decided_on: date) -> str:
    """The decision as everybody reads it on the report."""
    return f"{title}, {decided_on:%-d %B %Y}"


PUBLICATION: Final = DecisionEffect(
    "publication",
    "Publish a performance report",
    "Cyhoeddi adroddiad perfformiad",
    "the code of the report, @, and its version, as sw-forensics-2026@1",
    publish,
    decision="publication",
    offered=drafts_offered,
    charge=publishing,
    is_traced=True,
)
