"""Record kinds of evidence. Of a case and an exhibit people write; of its originals their arrival alone does."""

from typing import Final

from crossforce.evidence.choices import CASE, CERTIFIED, EXHIBIT, ITEM, SHARE, TOUCH, UNUSED
from crossforce.kernel.registry import RecordKind

OPERATIONS: Final = "crossforce.evidence.operations.going"
CASES: Final = "crossforce.evidence.operations.case_parts"
DAYS: Final = "crossforce.evidence.queries.retaining"
KINDS: Final = (
    RecordKind(
        EXHIBIT,
        "Exhibit",
        "Arddangosyn",
        plural="Exhibits",
        title_field="exhibit_reference",
        fields=(
            "exhibit_reference", "description", "case_reference", "seized_at", "seized_where", "seized_by",
            "power", "kept_as",
        ),
        pointer_fields=("exhibit_reference", "case_reference"),
        search_fields=("exhibit_reference", "description", "case_reference", "seized_where"),
        retention="cpia-case-retention",
        clashes={
            "exhibit_reference_once": "That case has an exhibit of this reference. Give this one another, or open that."
        },
        moves_along=f"{OPERATIONS}:with_items",
        goes_along=f"{OPERATIONS}:items_first",
        due_by=f"{DAYS}:day_of_exhibit",
    ),
    RecordKind(
        TOUCH,
        "Continuity entry",
        "Cofnod parhad",
        plural="Continuity entries",
        title_field="act",
        fields=(
            "exhibit", "number", "act", "organisation", "office", "happened_at", "other", "place", "seal", "paper", "note",
            "previous", "digest", "signature", "public_key",
        ),
        pointer_fields=("act",),
        search_fields=("office", "place", "seal", "paper", "note"),
        retention="cpia-case-retention",
        is_by_hand=False,
        clashes={
            "touch_numbered_once": "Somebody wrote down something else just now. Look again, and write yours after it.",
            "touch_seal_once": "That seal was used before, on this or another exhibit. Give the number that is on it.",
        },
        moves_along=f"{OPERATIONS}:stay",
        goes_along=f"{OPERATIONS}:entry_with_exhibit",
    ),
    RecordKind(
        ITEM,
        "Digital original",
        "Gwreiddiol digidol",
        plural="Digital originals",
        title_field="name",
        fields=(
            "name", "exhibit", "size", "state", "media_type", "sha256", "blake3", "derived_from", "ground", "places",
            "made_with", "decision", "decided_at", "decided_by", "decided_why",
        ),
        inner=("file",),  # where bytes lie that were kept before tells that they were
        pointer_fields=("name",),
        search_fields=("name", "sha256"),
        retention="cpia-case-retention",
        is_by_hand=False,
        moves_along=f"{OPERATIONS}:stay",
        goes_along=f"{OPERATIONS}:with_bytes",
    ),
    RecordKind(
        SHARE,
        "Share by link",
        "Rhannu drwy ddolen",
        plural="Shares by link",
        title_field="partner",
        fields=(
            "exhibit", "item", "partner", "organisation", "ground", "expires_at", "recalled_at", "recalled_by", "digest",
        ),
        search_fields=("partner", "organisation", "ground"),
        retention="cpia-case-retention",
        is_by_hand=False,
        moves_along=f"{OPERATIONS}:stay",
        goes_along=f"{OPERATIONS}:with_exhibit",
    ),
    RecordKind(
        CASE,
        "Case",
        "Achos",
        plural="Cases",
        title_field="case_reference",
        fields=(
            "case_reference", "title", "offence_group", "state", "outcome", "outcome_on", "sentence", "released_on",
            "appeal", "appeal_on", "ccrc", "ccrc_on",
        ),
        pointer_fields=("case_reference",),
        search_fields=("case_reference", "title"),
        retention="cpia-case-retention",
        clashes={
            "case_once": "That case is here already. Open it, and change it there.",
            "case_outcome_and_day": "Give the outcome and its day, or neither.",
            "case_sentence_of_convicted": "A sentence follows from a conviction: choose that as the outcome, or take the sentence away.",
            "case_released_from_sentence": "Give the sentence from which somebody is released, or take the day away.",
            "case_appeal_and_day": "An appeal has its day once it is decided, and not before.",
            "case_ccrc_and_day": "An application to the Commission has its day once it is decided, and not before.",
        },
        moves_along=f"{CASES}:with_schedules",
        goes_along="crossforce.evidence.operations.disposing:all_first",
        due_by=f"{DAYS}:day_of_case",
    ),
    RecordKind(
        UNUSED,
        "Item of unused material",
        "Eitem o ddeunydd nas defnyddiwyd",
        plural="Unused material",
        title_field="description",
        fields=(
            "case", "schedule", "number", "description", "location", "exhibit", "why_sensitive", "is_presumed", "test",
            "tested_at", "tested_by", "test_reason", "reopened_for", "decision", "decided_at", "decided_by", "decision_reason",
        ),
        search_fields=("description", "location"),
        retention="cpia-case-retention",
        is_by_hand=False,
        clashes={"unused_numbered_once": "Somebody scheduled something else just now. Try again."},
        moves_along=f"{CASES}:stay",
        goes_along=f"{CASES}:with_case",
    ),
    RecordKind(
        CERTIFIED,
        "Disclosure officer's certificate",
        "Tystysgrif swyddog datgelu",
        plural="Disclosure officers' certificates",
        title_field="officer",
        fields=("case", "number", "officer", "items", "digest"),
        search_fields=("officer",),
        retention="cpia-case-retention",
        is_by_hand=False,
        clashes={"certified_numbered_once": "Somebody certified them just now. Look again."},
        moves_along=f"{CASES}:stay",
        goes_along=f"{CASES}:with_case",
    ),
)  # fmt: skip
