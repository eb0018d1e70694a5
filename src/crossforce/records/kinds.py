"""Record kinds of the frame itself."""

from typing import Final

from crossforce.kernel.registry import RecordKind

KINDS: Final = (
    RecordKind(
        "records.note",
        "Note",
        "Nodyn",
        plural="Notes",
        title_field="subject",
        fields=("subject", "body"),
        pointer_fields=("subject",),
        search_fields=("subject", "body"),
        retention="police-information-group-3",
    ),
    RecordKind(
        "records.document",
        "Document",
        "Dogfen",
        plural="Documents",
        title_field="name",
        fields=("name", "reference_number", "body"),
        pointer_fields=("name", "reference_number"),
        search_fields=("name", "reference_number", "body"),
        retention="police-information-group-3",
    ),
    RecordKind(
        "records.request",
        "Request",
        "Cais",
        plural="Requests",
        title_field="subject",
        fields=("subject", "asked_of", "body", "wanted_by", "answer"),
        pointer_fields=("subject", "asked_of"),
        search_fields=("subject", "asked_of", "body", "answer"),
        retention="police-information-group-4",
    ),
)
