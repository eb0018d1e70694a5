"""Exports of duty systems, read and written as a declarative mapping file says. Pure: no Django."""

from crossforce.duty.mapping.document import Mapping
from crossforce.duty.mapping.parsing import parse
from crossforce.duty.mapping.reading import read
from crossforce.duty.mapping.reporting import report
from crossforce.duty.mapping.schema import mapping_schema
from crossforce.duty.mapping.values import CannotRead, Duty, Finding, Known, Wrong, in_order
from crossforce.duty.mapping.writing import CannotWrite, write

__all__ = [
    "CannotRead",
    "CannotWrite",
    "Duty",
    "Finding",
    "Known",
    "Mapping",
    "Wrong",
    "in_order",
    "mapping_schema",
    "parse",
    "read",
    "report",
    "write",
]
