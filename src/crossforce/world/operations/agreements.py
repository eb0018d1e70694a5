"""Every collaboration of the sources, from the documents under `agreements/`."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from rich.progress import Progress

from crossforce.agreements import api as agreements
from crossforce.kernel import civil
from crossforce.people import api as people


def load_agreements(progress: Progress, *, at: datetime) -> None:
    """Record what is new or changed, checked against the whole set; all of it or nothing."""
    files = documents(settings.PROJECT / "agreements")
    task = progress.add_task("Agreements", total=len(files))
    if agreements.are_recorded(files.values()):
        progress.update(task, completed=len(files))
        return
    loader = people.system_actor("world-loader", on=civil.day_of(at))
    agreements.record_set(
        actor=loader, files=files, at=at, progress=lambda file: progress.advance(task)
    )


def documents(folder: Path) -> dict[str, str]:
    """The text of every document below the folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.glob("*/*.toml"))
    }
