"""Record kinds of nominals. Pointers show a number, never a name; of a tie, whose number tells whose it is, nothing."""

from typing import Final

from crossforce.kernel.registry import RecordKind

CORRECTED: Final = "crossforce.nominals.operations.correcting:correct"
"""A correction is of the statements; what lists and searches show of them follows."""
ALONG: Final = "crossforce.nominals.operations.going:with_what_speaks_of_it"
"""A tie says of a record what is said nowhere else of it: it goes with either end. An interest taken from it is emptied."""
TWICE: Final = "The holder's system has a record of that reference there already."
KINDS: Final = (
    RecordKind(
        "nominals.person",
        "Person",
        "Person",
        plural="People",
        title_field="number",
        fields=(
            "number", "family_name", "given_names", "sex", "born", "categories", "warnings",
            "team", "recorded_on", "statements",
        ),
        pointer_fields=("number",),
        search_fields=("number", "family_name", "given_names"),
        retention="police-information-group-3",
        is_by_hand=False,
        corrected_by=CORRECTED,
        goes_along=ALONG,
        stay=(
            "number", "family_name", "given_names", "sex", "born", "categories", "warnings",
            "team", "recorded_on",
        ),
        clashes={"nominal_person_once": TWICE},
    ),
    RecordKind(
        "nominals.object",
        "Object",
        "Gwrthrych",
        plural="Objects",
        title_field="number",
        fields=("number", "what", "identifier", "description", "team", "recorded_on", "statements"),
        pointer_fields=("number", "what"),
        search_fields=("number", "identifier", "description"),
        retention="police-information-group-3",
        is_by_hand=False,
        corrected_by=CORRECTED,
        goes_along=ALONG,
        stay=("number", "what", "identifier", "description", "team", "recorded_on"),
        clashes={"nominal_object_once": TWICE},
    ),
    RecordKind(
        "nominals.location",
        "Location",
        "Lleoliad",
        plural="Locations",
        title_field="number",
        fields=(
            "number", "address", "postcode", "latitude", "longitude", "team", "recorded_on",
            "statements",
        ),
        pointer_fields=("number",),
        search_fields=("number", "address", "postcode"),
        retention="police-information-group-3",
        is_by_hand=False,
        corrected_by=CORRECTED,
        goes_along=ALONG,
        stay=("number", "address", "postcode", "latitude", "longitude", "team", "recorded_on"),
        clashes={"nominal_location_once": TWICE},
    ),
    RecordKind(
        "nominals.event",
        "Event",
        "Digwyddiad",
        plural="Events",
        title_field="number",
        fields=(
            "number", "what", "happened_from", "happened_to", "summary", "place", "team",
            "recorded_on", "statements",
        ),
        pointer_fields=("number", "what"),
        search_fields=("number", "summary", "place"),
        retention="police-information-group-3",
        is_by_hand=False,
        corrected_by=CORRECTED,
        goes_along=ALONG,
        stay=(
            "number", "what", "happened_from", "happened_to", "summary", "place", "team",
            "recorded_on",
        ),
        clashes={"nominal_event_once": TWICE},
    ),
    RecordKind(
        "nominals.tie",
        "Tie",
        "Cysylltiad",
        plural="Ties",
        title_field="role",
        fields=(
            "number", "one", "one_kind", "other", "other_kind", "role", "since", "until",
            "statements",
        ),
        retention="police-information-group-3",
        is_by_hand=False,
        clashes={"nominal_tie_once": TWICE},
    ),
    RecordKind(
        "nominals.source",
        "Source of nominals",
        "Ffynhonnell cofnodion pobl",
        plural="Sources of nominals",
        title_field="title",
        fields=("name", "title", "text"),
        retention="police-information-group-4",
        is_by_hand=False,
        corrected_by="crossforce.nominals.operations.sources:correct",
        stay=("name", "title"),
        clashes={
            "source_has_its_own_name": "A source of that name is held there already. Give one of the two another name."
        },
    ),
    RecordKind(
        "nominals.load",
        "Load of nominals",
        "Llwyth o gofnodion pobl",
        plural="Loads of nominals",
        title_field="title",
        fields=(
            "title", "source", "form", "file_name", "file_sha256", "state", "counts", "quality",
            "findings", "mapping",
        ),
        retention="police-information-group-4",
        is_by_hand=False,
    ),
    RecordKind(
        "nominals.quarantine",
        "Refused row",
        "Rhes a wrthodwyd",
        plural="Refused rows",
        title_field="title",
        fields=(
            "title", "load", "source", "row", "row_reference", "team", "cells", "reasons", "state",
            "record",
        ),
        retention="police-information-group-4",
        is_by_hand=False,
        sheds=("cells", "reasons", "row_reference"),
    ),
    RecordKind(
        "nominals.alert",
        "Saved search",
        "Chwiliad wedi'i gadw",
        plural="Saved searches",
        title_field="name",
        fields=("name", "question", "posting", "purpose", "known", "is_on"),
        retention="own-of-a-posting",
        is_by_hand=False,
        is_owned=True,
    ),
    RecordKind(
        "nominals.interest",
        "Interest of an investigation",
        "Diddordeb ymchwiliad",
        plural="Interests of investigations",
        title_field="name",
        fields=(
            "name", "scheme", "identifier", "marks", "reason", "purpose", "contact", "decision",
            "until", "is_on",
        ),
        actions=("find", "read", "add", "edit", "dispose", "deconflict"),
        retention="own-of-a-posting",
        is_by_hand=False,
        is_owned=True,
        sheds=("identifier", "marks"),
        clashes={
            "interest_of_record": "There is no such record, or none that you may know of."
        },
    ),
    RecordKind(
        "nominals.match",
        "Match",
        "Cyfatebiaeth",
        plural="Matches",
        fields=(
            "one", "other", "state", "reason", "weight", "lean", "model", "first_at", "first_by", "decided_at",
            "decided_by",
        ),
        retention="police-information-group-3",
        is_by_hand=False,
        ends=("nominals.person",),
        clashes={
            "match_once": "Somebody of your force decided about these two just now. Look at them again."
        },
    ),
)  # fmt: skip
