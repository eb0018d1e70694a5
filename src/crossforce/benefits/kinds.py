"""Record kinds of benefits. A benefit is announced by what somebody needs to ask its owner for it."""

from typing import Final

from crossforce.benefits import choices
from crossforce.kernel.registry import RecordKind

KEPT: Final = "finance-records"
FROZEN: Final = (
    "What was promised stood still at go-live: record a change with its decision instead."
)

KINDS: Final = (
    RecordKind(
        choices.BENEFIT,
        "Benefit",
        "Budd",
        plural="Benefits",
        title_field="title",
        fields=(
            "code", "title", "description", "agreement", "function", "benefit_class", "owner",
            "beneficiaries", "priority", "promise", "share_rule", "effort", "depends_on",
            "counted_in", "reinvestment", "confidence", "status", "status_reason", "frozen_on",
            "changes",
        ),
        pointer_fields=("code", "title", "agreement", "owner"),
        search_fields=("code", "title", "description", "agreement", "owner", "priority"),
        retention=KEPT,
        is_by_hand=False,
        clashes={
            "benefit_once": "A benefit has that reference already. Give it another.",
            "benefit_stays_frozen": FROZEN,
            "benefit_changes_on_record": FROZEN,
        },
    ),
    RecordKind(
        choices.CHANGE,
        "Change of what a benefit promises",
        "Newid i addewid budd",
        plural="Changes of what benefits promise",
        title_field="title",
        fields=(
            "title", "benefit", "number", "before", "after", "reason", "decided_by", "decision",
            "decided_on",
        ),
        search_fields=("title", "decision", "reason"),
        retention=KEPT,
        is_by_hand=False,
        clashes={
            "change_once": "Somebody changed it meanwhile: look at it as it is now, and make the change again.",
        },
    ),
    RecordKind(
        choices.READING,
        "Reading of a benefit",
        "Darlleniad budd",
        plural="Readings of benefits",
        title_field="title",
        fields=("title", "benefit", "starts_on", "ends_on", "force", "value", "evidence"),
        search_fields=("title", "evidence"),
        retention=KEPT,
        is_by_hand=False,
        clashes={"reading_once": "That period is reported already. Correct what is there."},
    ),
    RecordKind(
        choices.REINVESTMENT,
        "Reinvestment of freed cash",
        "Ailfuddsoddi arian a ryddhawyd",
        plural="Reinvestments of freed cash",
        title_field="destination",
        fields=("destination", "benefit", "on", "pence", "posts"),
        search_fields=("destination",),
        retention=KEPT,
        is_by_hand=False,
    ),
    RecordKind(
        choices.TARGET,
        "Savings target",
        "Targed arbedion",
        plural="Savings targets",
        title_field="title",
        fields=(
            "title", "programme", "force", "year", "pence", "counting", "agreement", "source",
        ),
        pointer_fields=("title", "programme", "force", "year"),
        search_fields=("title", "programme", "force", "agreement", "source"),
        retention=KEPT,
        clashes={
            "target_once_a_year": "That force has a target of the programme for that year already. Change that one."
        },
    ),
    RecordKind(
        choices.SAVING,
        "Saving",
        "Arbediad",
        plural="Savings",
        title_field="title",
        fields=(
            "title", "programme", "force", "area", "agreement", "full_year", "starts_on", "ends_on",
            "recurrence", "confidence",
        ),
        search_fields=("title", "programme", "force", "area"),
        retention=KEPT,
        clashes={
            "saving_ends_after_it_starts": "A saving ends after it starts, and one that is made once has no end."
        },
    ),
    RecordKind(
        choices.AREA,
        "Business area of a savings programme",
        "Maes busnes rhaglen arbedion",
        plural="Business areas of savings programmes",
        title_field="title",
        fields=("title", "programme", "force", "pence"),
        search_fields=("title", "programme", "force"),
        retention=KEPT,
        clashes={"area_once": "That area of the force is in the programme already. Change that one."},
    ),
    RecordKind(
        choices.POSTS,
        "Posts that a programme puts at risk",
        "Swyddi sydd mewn perygl oherwydd rhaglen",
        plural="Posts that programmes put at risk",
        title_field="title",
        fields=(
            "title", "programme", "force", "at_risk", "redeployed", "kept", "lost", "most_lost",
        ),
        search_fields=("title", "programme", "force"),
        retention=KEPT,
        clashes={
            "posts_once_a_force": "The posts of that force are told of already. Change what is there.",
            "posts_add_up": "Posts redeployed, kept and lost are more than those at risk.",
        },
    ),
)  # fmt: skip
