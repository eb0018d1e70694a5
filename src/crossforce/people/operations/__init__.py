"""Changes to people. One function is one change: permitted, judged, made, recorded, told."""

from crossforce.people.operations.accounts import (
    Credentials,
    appoint_administrator,
    close_account,
    open_account,
)
from crossforce.people.operations.authorities import (
    NewAuthority,
    grant_authority,
    reinstate_authority,
    renew_authority,
    suspend_authority,
    withdraw_authority,
)
from crossforce.people.operations.postings import (
    Wanted,
    accept_posting,
    decline_posting,
    end_posting,
    post,
)
from crossforce.people.operations.skills import NewSkill, end_skill, record_skill
from crossforce.people.operations.staff import Particulars, add_staff, edit_staff, end_staff
from crossforce.people.operations.vettings import NewVetting, record_vetting, withdraw_vetting

__all__ = [
    "Credentials",
    "NewAuthority",
    "NewSkill",
    "NewVetting",
    "Particulars",
    "Wanted",
    "accept_posting",
    "add_staff",
    "appoint_administrator",
    "close_account",
    "decline_posting",
    "edit_staff",
    "end_posting",
    "end_skill",
    "end_staff",
    "grant_authority",
    "open_account",
    "post",
    "record_skill",
    "record_vetting",
    "reinstate_authority",
    "renew_authority",
    "suspend_authority",
    "withdraw_authority",
    "withdraw_vetting",
]
