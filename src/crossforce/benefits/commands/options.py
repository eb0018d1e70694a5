"""What the commands of benefits share: who acts, days and periods."""

from datetime import date

import typer

from crossforce.benefits import models
from crossforce.benefits.choices import Span
from crossforce.benefits.queries import benefits, standings
from crossforce.kernel import civil, clock
from crossforce.kernel.options import Day as Day
from crossforce.kernel.options import User as User
from crossforce.people.api import Actor, acting_as

acting = acting_as


def span(first: date, until: date) -> Span:
    """A period that was typed."""
    try:
        return Span(first, until)
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong)) from None


def named(actor: Actor, reference: str) -> standings.Standing:
    """The benefit of that reference, as it stands today."""
    row = benefits.named(actor, reference)
    return benefits.shown(actor, row.pk, civil.day_of(clock.now())).standing


def reading_of(of: standings.Standing, period: Span, force: str) -> models.Reading:
    """What was reported of a period, of one force where it stays where it falls."""
    for each in of.readings:
        if (Span(each.starts_on, each.ends_on), each.force) == (period, force):
            return each
    raise typer.BadParameter(f"nothing is reported of {period}: report it first")
