"""The real organisations of the reference files: offices and bodies, never persons."""

from datetime import datetime

from rich.progress import Progress

from crossforce.kernel import civil
from crossforce.organisations import api as organisations
from crossforce.people import api as people


def load_organisations(progress: Progress, *, at: datetime) -> None:
    """Bring the shipped directory into the database."""
    task = progress.add_task("Organisations", total=None)

    def done(count: int, total: int) -> None:
        progress.update(task, completed=count, total=total)

    loader = people.system_actor("world-loader", on=civil.day_of(at))
    organisations.load_reference(actor=loader, at=at, progress=done)
    progress.update(
        task,
        total=progress.tasks[task].completed or 1,
        completed=progress.tasks[task].completed or 1,
    )
