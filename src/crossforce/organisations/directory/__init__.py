"""The directory: every organisation the platform knows, through time, as one frozen value.

It is read from the shipped reference files, or built by `api.directory()` from the database, and
answers the same questions either way. No Django, no database, no clock.
"""

from crossforce.organisations.directory.bodies import (
    Driver,
    DriverFigure,
    FormerName,
    MemberOffice,
    Organisation,
    RegionMembership,
    Succession,
)
from crossforce.organisations.directory.reading import (
    NEVER_A_PARTY,
    DirectoryUnreadable,
    read,
    shipped,
)
from crossforce.organisations.directory.value import Directory, NoSuchOrganisation, build

__all__ = [
    "NEVER_A_PARTY",
    "Directory",
    "DirectoryUnreadable",
    "Driver",
    "DriverFigure",
    "FormerName",
    "MemberOffice",
    "NoSuchOrganisation",
    "Organisation",
    "RegionMembership",
    "Succession",
    "build",
    "read",
    "shipped",
]
