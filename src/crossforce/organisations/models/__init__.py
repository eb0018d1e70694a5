"""What the database holds of organisations, one noun to a file."""

from crossforce.organisations.models.driver import Driver, DriverFigure
from crossforce.organisations.models.organisation import Organisation
from crossforce.organisations.models.ties import (
    DirectoryStamp,
    FormerName,
    RegionMembership,
    Seat,
    Succession,
)
from crossforce.organisations.models.unit import Unit

__all__ = [
    "DirectoryStamp",
    "Driver",
    "DriverFigure",
    "FormerName",
    "Organisation",
    "RegionMembership",
    "Seat",
    "Succession",
    "Unit",
]
