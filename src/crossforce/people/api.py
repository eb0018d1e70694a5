"""The front door of people: who acts with which powers, and changes to people."""

from crossforce.kernel.refusals import Refused
from crossforce.people.choices import PLATFORM, Actor
from crossforce.people.models import Posting, Staff
from crossforce.people.operations import (
    Credentials,
    NewAuthority,
    NewSkill,
    NewVetting,
    Particulars,
    Wanted,
    accept_posting,
    add_staff,
    appoint_administrator,
    grant_authority,
    open_account,
    post,
    record_skill,
    record_vetting,
)
from crossforce.people.queries import (
    Able,
    StaffFilter,
    able,
    accounts,
    actor_named,
    actor_of,
    held,
    postings_of,
    staff_list,
)
from crossforce.people.rules.catalogue import authorities, roles, skills
from crossforce.people.rules.powers import powers_of, require, roles_with, system_actor

__all__ = [
    "PLATFORM",
    "Able",
    "Actor",
    "Credentials",
    "NewAuthority",
    "NewSkill",
    "NewVetting",
    "Particulars",
    "Posting",
    "Refused",
    "Staff",
    "StaffFilter",
    "Wanted",
    "able",
    "accept_posting",
    "accounts",
    "actor_named",
    "actor_of",
    "add_staff",
    "appoint_administrator",
    "authorities",
    "grant_authority",
    "held",
    "open_account",
    "post",
    "postings_of",
    "powers_of",
    "record_skill",
    "record_vetting",
    "require",
    "roles",
    "roles_with",
    "skills",
    "staff_list",
    "system_actor",
]
