"""Imports that are at work beside the pages, and the folders that are watched, in a process of their own."""

from collections.abc import Callable
from typing import Final

from django.conf import settings

from crossforce.duty.operations import arriving, folders, importing
from crossforce.intake import api as intake

LINE: Final = intake.Line(arriving.DESK, sent_to=("duty/imports/send/", "api/v1/duty/imports"))
FOLDERS: Final = intake.Watched(
    "Watched folders",
    "duty-folders",
    lambda: settings.DUTY_FOLDERS,
    folders.read,
    importing.in_short,
)
look_at_folders = FOLDERS.findings


def watch_on(goes_on: Callable[[], bool]) -> None:
    """Look at the watched folders until told to stop. Files that were sent and waited too long go as well."""
    FOLDERS.go_on(goes_on, arriving.WAITING.sweep_hourly)
