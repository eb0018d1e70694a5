"""Reads of people: what an organisation notes of its staff, and who an account acts as."""

from crossforce.people.queries.able import (
    Able,
    Clearance,
    able,
    able_through,
    cleared,
    holding,
    may_read,
    readable,
)
from crossforce.people.queries.acting import (
    accounts,
    acting_as,
    acting_in,
    actor_named,
    actor_of,
    held,
    one_human,
    postings_of,
)
from crossforce.people.queries.lapses import Lapse, holdings, lapses
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
    "acting_as",
    "acting_in",
    "actor_named",
    "actor_of",
    "authority",
    "changeable",
    "cleared",
    "held",
    "history",
    "holding",
    "holdings",
    "lapses",
    "lapsing",
    "listed",
    "may_read",
    "next_turn",
    "offered",
    "one_human",
    "organisations_to_post_to",
    "posting",
    "postings_of",
    "readable",
    "record",
    "skill",
    "staff_list",
    "units_to_post_in",
    "vetting",
    "with_postings",
]
