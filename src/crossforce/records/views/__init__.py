"""Pages of records of any kind: request in, one call, page out."""

from crossforce.records.views.corrections import corrections
from crossforce.records.views.keeping import dispose, hold, lift, propose_disposal, review
from crossforce.records.views.lists import of_kind, start, words
from crossforce.records.views.proposals import accept, proposal, proposals, propose, refuse
from crossforce.records.views.records import (
    add,
    combine,
    disclose,
    edit,
    find_other,
    history,
    link,
    move,
    show,
    unlink,
)

__all__ = [
    "accept",
    "add",
    "combine",
    "corrections",
    "disclose",
    "dispose",
    "edit",
    "find_other",
    "history",
    "hold",
    "lift",
    "link",
    "move",
    "of_kind",
    "proposal",
    "proposals",
    "propose",
    "propose_disposal",
    "refuse",
    "review",
    "show",
    "start",
    "unlink",
    "words",
]
