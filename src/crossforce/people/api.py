"""The front door of people: who acts with which powers, and changes to people."""

from crossforce.kernel.refusals import Refused
from crossforce.people.choices import PLATFORM, Actor
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
from crossforce.people.queries import accounts, actor_named, actor_of, postings_of
from crossforce.people.rules.catalogue import roles
from crossforce.people.rules.powers import powers_of, require, system_actor

__all__ = [
    "PLATFORM",
    "Actor",
    "Credentials",
    "NewAuthority",
    "NewSkill",
    "NewVetting",
    "Particulars",
    "Refused",
    "Wanted",
    "accept_posting",
    "accounts",
    "actor_named",
    "actor_of",
    "add_staff",
    "appoint_administrator",
    "grant_authority",
    "open_account",
    "post",
    "postings_of",
    "powers_of",
    "record_skill",
    "record_vetting",
    "require",
    "roles",
    "system_actor",
]
