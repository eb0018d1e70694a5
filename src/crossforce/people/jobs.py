"""What people note when the platform itself is changed: parse, one call."""

from collections.abc import Mapping
from datetime import datetime

from crossforce.kernel import civil, clock
from crossforce.kernel.files.events import FilesExamined
from crossforce.kernel.keys_rotation import KeyRotated
from crossforce.people.operations import platform
from crossforce.people.rules.powers import system_actor


def restored(*, at: datetime, backup: Mapping[str, str]) -> None:
    """A backup took the place of this installation."""
    restorer = system_actor("restorer", on=civil.day_of(at))
    platform.note_restore(actor=restorer, backup=backup, at=at)


def give_scopes() -> None:
    """The structure was brought up to date: rows of an earlier version get their scopes."""
    at = clock.now()
    platform.give_scopes(actor=system_actor("installer", on=civil.day_of(at)), at=at)


def key_rotated(event: KeyRotated) -> None:
    """A key was replaced at the command line."""
    installer = system_actor("installer", on=civil.day_of(event.at))
    platform.note_rotation(
        actor=installer,
        key=event.name,
        number=event.number,
        resealed=event.resealed,
        at=event.at,
    )


def files_examined(event: FilesExamined) -> None:
    """What a holder keeps was read again, at the command line or by night."""
    keeper = system_actor("installer", on=civil.day_of(event.at))
    platform.note_examination(actor=keeper, found=event, at=event.at)
