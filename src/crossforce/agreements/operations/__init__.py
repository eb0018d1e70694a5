"""Changes to agreements. One function is one change: permitted, judged, made, recorded, told."""

from crossforce.agreements.operations.considerations import Consideration, consider, refuse
from crossforce.agreements.operations.drafts import begin, discard, save, vary
from crossforce.agreements.operations.joint_units import bring_in_units
from crossforce.agreements.operations.keys import NewKey
from crossforce.agreements.operations.keys import issue as issue_key
from crossforce.agreements.operations.keys import revoke as revoke_key
from crossforce.agreements.operations.keys import rotate as rotate_key
from crossforce.agreements.operations.notices import give_notice, join_notice, propose_ending
from crossforce.agreements.operations.novations import novate
from crossforce.agreements.operations.proposals import NotSound, propose, withdraw
from crossforce.agreements.operations.reach import NotNow
from crossforce.agreements.operations.records import (
    CannotRecord,
    SignedHere,
    record_document,
    record_set,
)
from crossforce.agreements.operations.signatures import SignatureRefused, sign, sign_outside
from crossforce.agreements.operations.suspensions import resume, suspend
from crossforce.agreements.operations.winding_up import settle_item

__all__ = [
    "CannotRecord",
    "Consideration",
    "NewKey",
    "NotNow",
    "NotSound",
    "SignatureRefused",
    "SignedHere",
    "begin",
    "bring_in_units",
    "consider",
    "discard",
    "give_notice",
    "issue_key",
    "join_notice",
    "novate",
    "propose",
    "propose_ending",
    "record_document",
    "record_set",
    "refuse",
    "resume",
    "revoke_key",
    "rotate_key",
    "save",
    "settle_item",
    "sign",
    "sign_outside",
    "suspend",
    "vary",
    "withdraw",
]
