"""Loads that are at work beside the pages."""

from typing import Final

from crossforce.intake import api as intake
from crossforce.nominals.operations import arriving

LINE: Final = intake.Line(
    arriving.DESK, sent_to=("nominals/loads/send/", "api/v1/nominals/loads")
)
