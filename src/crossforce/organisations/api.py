"""The front door of organisations: the directory, units, and the operations that change them."""

from crossforce.organisations.choices import Enactment, PreciseDate
from crossforce.organisations.directory import Directory, NoSuchOrganisation
from crossforce.organisations.models import Organisation, Unit
from crossforce.organisations.operations import (
    Heir,
    Loaded,
    NewUnit,
    abolish,
    bring_in_joint_unit,
    change_unit,
    close_unit,
    establish,
    load_reference,
    merge,
    open_unit,
    rename,
    succeed,
)
from crossforce.organisations.queries import (
    Wanted,
    directory,
    joint_units,
    organisation,
    organisations,
    unit,
    units,
)

__all__ = [
    "Directory",
    "Enactment",
    "Heir",
    "Loaded",
    "NewUnit",
    "NoSuchOrganisation",
    "Organisation",
    "PreciseDate",
    "Unit",
    "Wanted",
    "abolish",
    "bring_in_joint_unit",
    "change_unit",
    "close_unit",
    "directory",
    "establish",
    "joint_units",
    "load_reference",
    "merge",
    "open_unit",
    "organisation",
    "organisations",
    "rename",
    "succeed",
    "unit",
    "units",
]
