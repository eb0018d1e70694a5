"""Spreadsheets of the programme that came before."""

from crossforce.people.api import Actor
from crossforce.programme.models import SheetImport
from crossforce.records import api as records


def imports(actor: Actor) -> list[records.PastSheet]:
    """The latest files of which the actor may read what they brought, the latest first."""
    return records.past_sheets(actor, SheetImport)


def taken_out(actor: Actor) -> list[records.PastSheet]:
    """All of them, to leave the platform as a file."""
    return records.past_sheets_taken_out(actor, SheetImport)
