"""The eight seats of the all-Wales board, and how they may be filled and vote."""

from typing import Any

from hypothesis import strategies as st

from crossforce.boards.choices import ANY_SEAT, Presence, Vote
from crossforce.boards.rules.charters import Charter, Required, required
from crossforce.boards.rules.rolls import Attendance, Roll
from crossforce.boards.tests.agreed import GROUP, OFFICES, WELSH, agreement, always, seats_of

LIMIT = 10_000_00
BOARD_TO_LIMIT: list[dict[str, Any]] = [
    {"decision": "spending", "up_to_pence": LIMIT, "by": "body", "body": GROUP},
    {"decision": "spending", "by": "unanimous"},
]
TERMS = agreement(always(*WELSH), approvals=BOARD_TO_LIMIT)
SEATS, BODIES = seats_of(TERMS)
CHIEFS = [seat.code for seat in SEATS if seat.office.code == "chief-officer"]

votes = st.dictionaries(
    st.sampled_from([seat.code for seat in SEATS]), st.sampled_from(Vote), max_size=8
)
attendances = st.builds(
    Attendance,
    st.sampled_from(Presence),
    st.sampled_from(["", "deputy-chief-officer", "deputy-policing-body", "analyst"]),
    st.sets(st.sampled_from(["m1", "m2"])).map(frozenset),
)
rolls = st.dictionaries(st.sampled_from([seat.code for seat in SEATS]), attendances).map(
    lambda rows: Roll(SEATS, rows, OFFICES)
)
needs = st.dictionaries(
    st.sampled_from(["chief-officer", "policing-body", ANY_SEAT]), st.integers(0, 6), max_size=2
)


def asked(needed: dict[str, int]) -> Required:
    """What one clause asks of a quorum."""
    return required([Charter(quorum=needed)])
