"""Record kinds of people."""

from typing import Final

from crossforce.kernel.registry import RecordKind

KINDS: Final = (
    RecordKind(
        "people.staff",
        "Member of staff",
        "Aelod o staff",
        pointer_fields=("organisation", "rank"),
    ),
    RecordKind("people.skill", "Skill", "Sgil", pointer_fields=("code",)),
    RecordKind(
        "people.authority", "Individual authority", "Awdurdod unigol", pointer_fields=("code",)
    ),
    RecordKind("people.vetting", "Vetting clearance", "Cliriad fetio"),
)
