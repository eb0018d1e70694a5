"""Changes to organisations and units: permitted, judged, made, recorded, told."""

from crossforce.organisations.operations.permission import NotYours, permit
from crossforce.organisations.operations.reference import Loaded, load_reference
from crossforce.organisations.operations.succession import (
    CannotEnd,
    CannotEstablish,
    CannotRename,
    CannotSucceed,
    Heir,
    abolish,
    establish,
    follow_or_end,
    merge,
    rename,
    succeed,
)
from crossforce.organisations.operations.units import (
    CannotCloseUnit,
    CannotOpenUnit,
    CannotPlaceUnit,
    NewUnit,
    bring_in_joint_unit,
    change_unit,
    close_unit,
    open_unit,
)

__all__ = [
    "CannotCloseUnit",
    "CannotEnd",
    "CannotEstablish",
    "CannotOpenUnit",
    "CannotPlaceUnit",
    "CannotRename",
    "CannotSucceed",
    "Heir",
    "Loaded",
    "NewUnit",
    "NotYours",
    "abolish",
    "bring_in_joint_unit",
    "change_unit",
    "close_unit",
    "establish",
    "follow_or_end",
    "load_reference",
    "merge",
    "open_unit",
    "permit",
    "rename",
    "succeed",
]
