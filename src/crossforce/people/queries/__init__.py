"""Reads of people: what an organisation notes of its staff, and who an account acts as."""

from crossforce.people.queries.acting import accounts, actor_named, actor_of, postings_of
from crossforce.people.queries.records import (
    HeldAuthority,
    Record,
    authority,
    history,
    lapsing,
    posting,
    record,
    skill,
    vetting,
)
from crossforce.people.queries.staff import StaffFilter, offered, staff_list, with_postings

__all__ = [
    "HeldAuthority",
    "Record",
    "StaffFilter",
    "accounts",
    "actor_named",
    "actor_of",
    "authority",
    "history",
    "lapsing",
    "offered",
    "posting",
    "postings_of",
    "record",
    "skill",
    "staff_list",
    "vetting",
    "with_postings",
]
