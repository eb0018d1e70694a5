"""Record kinds of the programme. The register is announced by what somebody needs to join an idea."""

from typing import Final

from crossforce.kernel.registry import RecordKind
from crossforce.programme import choices

PROJECT_MEMBER: Final = ("project", "title")

KINDS: Final = (
    RecordKind(
        choices.ENTRY,
        "Register entry",
        "Cofnod yn y gofrestr",
        plural="Register of collaborations and ideas",
        title_field="title",
        fields=(
            "code", "title", "description", "stage", "function", "forces", "partners", "owner", "agreement",
            "entered_on", "looked_on", "threat", "capability_evidence", "threat_evidence", "baseline",
            "saving", "saving_method", "protection_before", "protection_after", "saving_evidence",
            "source", "result", "reason",
        ),
        pointer_fields=("title", "stage", "function", "forces", "owner"),
        search_fields=("code", "title", "description", "owner"),
        retention="police-information-group-4",
        is_by_hand=False,
        corrected_by="crossforce.programme.operations.entries:correct",
        clashes={
            "registerentry_has_its_own_code": "An entry with that reference is in the register already. Give it another, or change that one.",
            "registerentry_is_named": "An entry has a reference and a title.",
            "registerentry_money_not_negative": "A baseline and a saving are not below nothing.",
        },
    ),
    RecordKind(
        choices.PROJECT,
        "Project",
        "Prosiect",
        plural="Projects",
        title_field="title",
        fields=(
            "code", "title", "state", "entry", "agreement", "function", "forces", "owner", "purpose",
            "benefit", "strategic", "economic", "commercial", "financial", "management", "trial_from",
            "trial_to", "trial_adopted_on", "cost", "secured", "lesson", "decision", "reason", "source",
        ),
        pointer_fields=("title", "state", "function", "forces", "owner"),
        search_fields=("code", "title", "purpose", "benefit", "owner"),
        retention="police-information-group-4",
        is_by_hand=False,
        corrected_by="crossforce.programme.operations.projects:correct",
        clashes={
            "project_has_its_own_code": "A project with that code is held already. Give it another, or change that one.",
            "project_is_named": "A project has a code and a title.",
            "project_trial_ends": "A trial has a first day and a later day before which it ends.",
            "project_money_not_negative": "A cost and money secured are not below nothing.",
        },
    ),
    RecordKind(
        choices.MILESTONE,
        "Milestone",
        "Carreg filltir",
        plural="Milestones",
        title_field="title",
        fields=(*PROJECT_MEMBER, "code", "begins_on", "due_on", "after", "done_on", "owner"),
        search_fields=("title", "project", "owner"),
        retention="police-information-group-4",
        clashes={
            "milestone_has_its_own_code": "The project has a milestone with that reference already. Give it another.",
            "milestone_begins_before": "A milestone does not begin after it is due.",
        },
    ),
    RecordKind(
        choices.PHASE,
        "Phase",
        "Cam",
        plural="Phases",
        title_field="title",
        fields=(
            *PROJECT_MEMBER, "number", "function", "force", "planned_on", "to_settle", "live_on",
            "ended_on",
        ),
        search_fields=("title", "project", "function", "force"),
        retention="police-information-group-4",
        clashes={
            "phase_live_once": "The function is live in that force already. End that phase first.",
            "phase_is_settled_first": "It goes live when nothing is left to be settled.",
            "phase_ends_after_it_began": "A phase ends after it went live.",
        },
    ),
    RecordKind(
        choices.RISK,
        "Risk",
        "Risg",
        plural="Risks",
        title_field="title",
        fields=(
            *PROJECT_MEMBER, "category", "likelihood", "impact", "action", "owner", "review_on",
            "closed_on",
        ),
        search_fields=("title", "project", "action", "owner"),
        retention="police-information-group-4",
        clashes={"risk_is_on_the_scale": "Likelihood and impact are from 1 to 5."},
    ),
    RecordKind(
        choices.ISSUE,
        "Issue",
        "Mater",
        plural="Issues",
        title_field="title",
        fields=(*PROJECT_MEMBER, "description", "owner", "due_on", "closed_on", "resolution"),
        search_fields=("title", "project", "description", "owner"),
        retention="police-information-group-4",
        clashes={"issue_says_how_it_was_closed": "Say how the issue was put right."},
    ),
    RecordKind(
        choices.LESSON,
        "Lesson",
        "Gwers",
        plural="Lessons",
        title_field="title",
        fields=("title", "theme", "happened", "advice", "project", "function"),
        pointer_fields=("title", "theme", "function"),
        search_fields=("title", "happened", "advice", "function"),
        retention="police-information-group-4",
    ),
    RecordKind(
        choices.FINDING,
        "Inspection finding",
        "Canfyddiad arolygu",
        plural="Inspection findings",
        title_field="title",
        fields=(
            "title", "sort", "inspectorate", "report", "reported_on", "project", "function", "owner",
            "due_on", "actions", "evidence", "submitted_on", "closed_on",
        ),
        pointer_fields=("title", "sort", "function"),
        search_fields=("title", "report", "actions", "owner"),
        retention="police-information-group-4",
        clashes={
            "finding_is_submitted_with_evidence": "A finding is submitted with its actions and the evidence that it is met.",
            "finding_is_closed_after_its_report": "A finding is closed after it was reported.",
        },
    ),
    RecordKind(
        choices.BID,
        "Funding bid",
        "Cais am gyllid",
        plural="Funding bids",
        title_field="fund",
        fields=(
            "project", "fund", "asked", "decision_due_on", "outcome", "awarded", "fallback",
        ),
        search_fields=("fund", "project", "fallback"),
        retention="finance-records",
        clashes={
            "fundingbid_brings_what_was_won": "A bid asks for some money, or its sum is not known; one that is won brings some of it, and no other brings any."
        },
    ),
    RecordKind(
        choices.REVIEW,
        "Contribution review",
        "Adolygiad o gyfraniad",
        plural="Contribution reviews",
        title_field="title",
        fields=(
            "title", "agreement", "force", "due_on", "state", "share", "value", "method",
            "other_benefits", "proposal", "outcome", "decision",
        ),
        search_fields=("title", "agreement", "force"),
        retention="finance-records",
        is_by_hand=False,
        clashes={
            "review_is_decided_by_a_decision": "A review is decided by a decision, which has an outcome.",
            "review_money_not_negative": "A share and a value are not below nothing.",
        },
    ),
    RecordKind(
        choices.REPORT,
        "Performance report",
        "Adroddiad perfformiad",
        plural="Performance reports",
        title_field="title",
        fields=(
            "code", "number", "title", "title_cy", "agreement", "region", "year", "introduction",
            "introduction_cy", "ahead", "ahead_cy", "caveat", "caveat_cy", "state", "drawn_on", "figures",
            "rests_on", "left", "published_on", "published_by", "decision", "reason", "withdrawn_on",
            "withdrawn_why", "withdrawn_why_cy",
        ),
        pointer_fields=("title", "agreement", "region"),
        search_fields=("code", "title", "agreement", "introduction"),
        retention="police-information-group-4",
        is_by_hand=False,
        clashes={
            "report_version_once": "A version of that report is being written already. Change that one.",
            "report_is_about_one_thing": "A report is about one agreement, or about one region.",
        },
    ),
    RecordKind(
        choices.IMPORT,
        "Spreadsheet read",
        "Taenlen a ddarllenwyd",
        plural="Spreadsheets read",
        title_field="title",
        fields=(
            "title", "layout", "project", "file_name", "file_sha256", "state", "counts", "findings",
        ),
        retention="police-information-group-4",
        is_by_hand=False,
    ),
)  # fmt: skip
