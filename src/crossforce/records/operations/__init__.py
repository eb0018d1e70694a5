"""Writes of records of any kind, by noun."""

from crossforce.records.operations.beats import Clashes
from crossforce.records.operations.changing import Edit, edit, edit_many, move
from crossforce.records.operations.comparing import Side, compared, met
from crossforce.records.operations.creating import NewRecord, create, create_many
from crossforce.records.operations.disclosing import Disclosed, MayNotDisclose, disclose
from crossforce.records.operations.keeping import (
    dispose,
    dispose_many,
    hold,
    lift,
    propose_disposal,
    review,
)
from crossforce.records.operations.left import dispose_left
from crossforce.records.operations.linking import combine, link, unlink
from crossforce.records.operations.proposing import accept, propose, refuse
from crossforce.records.operations.remains import erase_remains, shed_remains

__all__ = [
    "Clashes",
    "Disclosed",
    "Edit",
    "MayNotDisclose",
    "NewRecord",
    "Side",
    "accept",
    "combine",
    "compared",
    "create",
    "create_many",
    "disclose",
    "dispose",
    "dispose_left",
    "dispose_many",
    "edit",
    "edit_many",
    "erase_remains",
    "hold",
    "lift",
    "link",
    "met",
    "move",
    "propose",
    "propose_disposal",
    "refuse",
    "review",
    "shed_remains",
    "unlink",
]
