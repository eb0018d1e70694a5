"""The agreement document, format 1: the shape of the TOML file that forces write and sign."""

from crossforce.agreements.document.model import FORMAT, AgreementDocument
from crossforce.agreements.document.parts import (
    Clause,
    Designation,
    Function,
    Interest,
    Participation,
    Party,
    Relation,
    Unit,
)
from crossforce.agreements.document.terms import ClauseTerm

__all__ = [
    "FORMAT",
    "AgreementDocument",
    "Clause",
    "ClauseTerm",
    "Designation",
    "Function",
    "Interest",
    "Participation",
    "Party",
    "Relation",
    "Unit",
]
