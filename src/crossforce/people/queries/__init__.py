"""Reads of people: what an organisation notes of its staff, and who an account acts as."""

from crossforce.people.queries.able import (
    Able,
    Clearance,
    able,
    able_through,
    cleared,
    holding,
    may_read,
)
from crossforce.people.queries.acting import (
    accounts,
    acting_in,
    actor_named,
    actor_of,
    held,
    postings_of,
)
from crossforce.people.queries.lapses import Lapse, lapses
from crossforce.people.queries.places import organisations_to_post_to, units_to_post_in
from crossforce.people.queries.records import (
    HeldAuthority,
    Record,
    authority,
    changeable,
    history,
    lapsing,
    posting,
    record,
    skill,
    vetting,
)
from crossforce.people.queries.staff import (
    StaffFilter,
    listed,
    offered,
    staff_list,
    with_postings,
)
from crossforce.people.queries.turning import next_turn

__all__ = [
    "Able",
    "Clearance",
    "HeldAuthority",
    "Lapse",
    "Record",
    "StaffFilter",
    "able",
    "able_through",
    "accounts",
    "acting_in",
    "actor_named",
    "actor_of",
    "authority",
    "changeable",
    "cleared",
    "held",
    "history",
    "holding",
    "lapses",
    "lapsing",
    "listed",
    "may_read",
    "next_turn",
    "offered",
    "organisations_to_post_to",
    "posting",
    "postings_of",
    "record",
    "skill",
    "staff_list",
    "units_to_post_in",
    "vetting",
    "with_postings",
]
