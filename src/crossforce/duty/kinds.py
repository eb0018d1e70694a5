"""Record kinds of duty. A duty is announced by what a controller needs to ask for it."""

from typing import Final

from crossforce.kernel.registry import RecordKind

STAY: Final = ("staff", "number", "name", "unit")
"""A duty stays with its person and in its unit: it is cancelled, and another one added."""
KINDS: Final = (
    RecordKind(
        "duty.entry",
        "Duty",
        "Dyletswydd",
        plural="Duties",
        title_field="name",
        fields=(
            "what", "staff", "number", "name", "starts_at", "ends_at", "unit", "function",
            "call_sign", "role", "location", "latitude", "longitude", "status", "absence",
        ),
        pointer_fields=("unit", "function"),
        retention="police-information-group-4",
        is_by_hand=False,
        corrected_by="crossforce.duty.operations.entries:correct",
        stay=STAY,
        clashes={
            "duty_one_at_a_time": "The person has another one at that time, in the same compartment and with the same"
            " marking, and nobody is in two duties, on-calls or absences at once. Change or cancel one of the two first.",
            "duty_in_its_unit": "A duty stays with those of its own unit. Cancel it, and add another one in the other unit.",
            "duty_of_own_people": "The holder of a duty employs the person. Add it for the force that does.",
        },
    ),
    RecordKind(
        "duty.cover",
        "Minimum cover",
        "Lleiafswm staff",
        plural="Minimum cover",
        title_field="unit",
        fields=("unit", "function", "weekdays", "begins", "ends", "minimum", "skill", "authority"),
        pointer_fields=("unit", "function"),
        retention="police-information-group-4",
    ),
    RecordKind(
        "duty.import",
        "Import of duties",
        "Mewnforio dyletswyddau",
        plural="Imports of duties",
        title_field="title",
        fields=(
            "title", "file_name", "file_sha256", "state", "counts", "findings", "mapping", "report",
        ),
        retention="police-information-group-4",
        is_by_hand=False,
    ),
    RecordKind(
        "duty.mapping",
        "Mapping of a duty export",
        "Mapio allforyn dyletswyddau",
        plural="Mappings of duty exports",
        title_field="title",
        fields=("name", "title", "text"),
        retention="police-information-group-4",
        is_by_hand=False,
        corrected_by="crossforce.duty.operations.mappings:correct",
        stay=("name", "title"),
        clashes={
            "mapping_has_its_own_name": "A mapping of that name is held there already. Give one of the two another name."
        },
    ),
)  # fmt: skip
