"""The parts of the world as the server and the command line load them: one call each."""

from rich.progress import Progress

from crossforce.kernel import clock
from crossforce.world import operations, queries


def organisations(progress: Progress) -> None:
    operations.load_organisations(progress, at=clock.now())


def accounts(progress: Progress) -> None:
    operations.load_accounts(progress, at=clock.now())


def agreements(progress: Progress) -> None:
    operations.load_agreements(progress, at=clock.now())


def investigators(progress: Progress) -> None:
    """Those who are posted to a unit, which exists once its agreement is recorded."""
    operations.load_accounts(progress, at=clock.now())


def records(progress: Progress) -> None:
    operations.load_records(progress, at=clock.now())


def staff(progress: Progress) -> None:
    operations.load_staff(progress, at=clock.now())


def duties(progress: Progress) -> None:
    operations.load_duties(progress, at=clock.now())


def announcement() -> list[str]:
    return queries.announcement(clock.now())
