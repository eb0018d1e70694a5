"""Duties, as the exports that they came from."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from crossforce.duty import mapping as exports
from crossforce.duty import models
from crossforce.duty.mapping import Duty, Finding, Mapping
from crossforce.duty.queries import running
from crossforce.kernel import guarded, guarded_watch
from crossforce.kernel.refusals import NotUnderstood, Refused
from crossforce.people.api import Actor


class SeesNone(Refused):
    """None of the force's duties may be seen; the message says of whom."""


class EndsBefore(NotUnderstood):
    """The last day is before the first. Give one that is not."""


class Exported(NamedTuple):
    """An export as it is written, how many duties it holds, and which its form cannot say, and why."""

    content: bytes
    number: int
    left_out: list[Finding]


@guarded.acts
def exported(actor: Actor, of: Mapping, starts_at: datetime, ends_at: datetime) -> Exported:
    """The duties of the mapping's force and system that begin in the period. Raises SeesNone, EndsBefore."""
    if ends_at <= starts_at:
        raise EndsBefore
    scopes = running.held(of.holder).scopes
    if not scopes:
        raise SeesNone(
            f"No duties of {of.holder} are held that an agreement or policy in force lets you see,"
            " in this posting and for this purpose."
        )
    guarded_watch.takes_out("export")
    rows = models.Entry.objects.filter(
        scope_id__in=scopes,
        source_system=of.system,
        starts_at__gte=starts_at,
        starts_at__lt=ends_at,
    )
    if not of.has("cancelled"):
        rows = rows.filter(cancelled_at__isnull=True)
    found = list(rows.order_by("number", "starts_at", "pk"))
    left_out: list[Finding] = []
    content = b"".join(exports.write(_duties(found), of, left_out))
    return Exported(content, len(found) - len(left_out), left_out)


def _duties(rows: list[models.Entry]) -> Iterator[Duty]:
    for number, row in enumerate(rows, 1):
        yield Duty(
            number,
            row.source_reference,
            row.number,
            row.what,  # type: ignore[arg-type]
            row.starts_at,
            row.ends_at,
            row.unit,
            row.function,
            row.call_sign,
            row.role,
            row.location,
            row.latitude,
            row.longitude,
            row.status,
            row.absence,
            row.cancelled_at is not None,
        )
