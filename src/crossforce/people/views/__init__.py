"""Pages of people: request in, one call, page out."""

from crossforce.people.views.postings import accept, decline, end_posting, offered, post
from crossforce.people.views.qualifications import (
    end_skill,
    grant,
    lapsing,
    record_skill,
    record_vetting,
    reinstate,
    renew,
    suspend,
    withdraw,
    withdraw_vetting,
)
from crossforce.people.views.staff import (
    add,
    close_account,
    edit,
    end,
    history,
    open_account,
    show,
    staff,
)

__all__ = [
    "accept",
    "add",
    "close_account",
    "decline",
    "edit",
    "end",
    "end_posting",
    "end_skill",
    "grant",
    "history",
    "lapsing",
    "offered",
    "open_account",
    "post",
    "record_skill",
    "record_vetting",
    "reinstate",
    "renew",
    "show",
    "staff",
    "suspend",
    "withdraw",
    "withdraw_vetting",
]
