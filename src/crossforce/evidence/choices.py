"""Kinds, states and limits of digital evidence."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

EXHIBIT, ITEM, TOUCH = "evidence.exhibit", "evidence.item", "evidence.touch"
CASE: Final = "evidence.case"
UNUSED, SENSITIVE = "evidence.unused", "evidence.sensitive"
CERTIFIED: Final = "evidence.certified"
SHARE: Final = "evidence.share"
SUBJECT_REQUEST, SUBJECT_ANSWER = "evidence.subject-request", "evidence.subject-answer"
ANNOTATION: Final = "evidence.annotation"
COPY, RECEIVED = "evidence.copy", "evidence.received"
COPIED: Final = "copy"
"""The source of an exhibit that is a copy of another force's; its reference names the giver and the giver's record of it."""
ARCHIVE: Final = "archive"
"""The source of what was taken out of an archive or e-mail; its reference is the SHA-256 of that."""
DISPOSED: Final = "evidence.disposed"
"""What the certificate of a disposal is entered as."""
ENTERED: Final = "evidence.continuity-entered"
"""What the ledger calls that an entry of an exhibit's continuity was written down: its detail says which, under which number."""
SHARE_OPENED, SHARE_READ = "evidence.share-opened", "evidence.share-read"
WAITS: Final = timedelta(days=7)
"""So long may a sender leave a file unfinished."""
MOST_AT_ONCE: Final = 64 * 1024 * 1024
"""So many bytes may one request add to a file."""
LARGEST: Final = 2**44
"""A file has fewer bytes than that: sixteen terabytes."""


class State(StrEnum):
    """How far an original came."""

    ARRIVING = "arriving"
    KEPT = "kept"
    GIVEN_UP = "given-up"


class Verdict(StrEnum):
    """What a second person said of a redacted copy. Until somebody does, it goes to nobody."""

    APPROVED = "approved"
    REFUSED = "refused"


class Answer(StrEnum):
    """What somebody who asks for what is held about them is answered of one original."""

    GIVE = "give"
    WITHHOLD = "withhold"
    NOT_THEIRS = "not-theirs"


ANSWERS: Final[dict[str, str]] = {
    Answer.GIVE.value: "Give it, or its approved redacted copy",
    Answer.WITHHOLD.value: "Withhold it",
    Answer.NOT_THEIRS.value: "It is not about who asks",
}
GROUNDS: Final[dict[str, str]] = {
    "inquiry": "Not to obstruct an inquiry, investigation or procedure",
    "offences": "Not to prejudice the prevention, detection, investigation or prosecution of offences",
    "public-security": "To protect public security",
    "national-security": "To protect national security",
    "others": "To protect the rights and freedoms of others",
}
"""On what may be withheld what is held about who asks: Data Protection Act 2018 s45(4)."""


class Outcome(StrEnum):
    """How a case ended. None: it has not."""

    NONE = ""
    NO_PROCEEDINGS = "no-proceedings"
    DISCONTINUED = "discontinued"
    ACQUITTED = "acquitted"
    CONVICTED = "convicted"


class Sentence(StrEnum):
    """To what somebody was sentenced, as far as it decides how long material is kept."""

    NONE = ""
    CUSTODY = "custody"
    HOSPITAL = "hospital"


class Stage(StrEnum):
    """How far an appeal came, or an application to the Criminal Cases Review Commission."""

    NONE = ""
    PENDING = "pending"
    DECIDED = "decided"


class Schedule(StrEnum):
    """On which schedule an item of unused material stands."""

    NOT_SENSITIVE = "mg6c"
    SENSITIVE = "mg6d"


class Side(StrEnum):
    """To whom unused material is revealed or disclosed."""

    PROSECUTOR = "prosecutor"
    DEFENCE = "defence"


class Test(StrEnum):
    """How the disclosure test came out: might it undermine the prosecution's case, or assist that of the accused?"""

    NONE = ""
    MAY_MEET = "may-meet"
    CLEARLY_NOT = "clearly-not"
    INSPECT = "inspect"


class Trigger(StrEnum):
    """Why items of unused material are looked at again."""

    NONE = ""
    DEFENCE_STATEMENT = "defence-statement"
    NEW_EVIDENCE = "new-evidence"
    ISSUES = "issues-changed"


class Decision(StrEnum):
    """What the prosecutor decided of an item of unused material."""

    NONE = ""
    DISCLOSE = "disclose"
    NOT_MET = "not-met"
    WITHHELD = "withheld"


TESTS: Final[dict[str, str]] = {
    Test.MAY_MEET.value: "May meet the test",
    Test.CLEARLY_NOT.value: "Clearly does not meet the test",
    Test.INSPECT.value: "To be inspected by the prosecutor",
}
TRIGGERS: Final[dict[str, str]] = {
    Trigger.DEFENCE_STATEMENT.value: "A defence statement came",
    Trigger.NEW_EVIDENCE.value: "New evidence came",
    Trigger.ISSUES.value: "What is in issue changed",
}
DECISIONS: Final[dict[str, str]] = {
    Decision.DISCLOSE.value: "Disclose",
    Decision.NOT_MET.value: "Does not meet the test",
    Decision.WITHHELD.value: "Withheld by order of the court",
}
SCHEDULES: Final[dict[str, str]] = {
    Schedule.NOT_SENSITIVE.value: "MG6C: not sensitive",
    Schedule.SENSITIVE.value: "MG6D: sensitive, not given to the defence",
}


class KeptAs(StrEnum):
    """As what an exhibit is kept."""

    MATERIAL = ""
    BODY_WORN = "body-worn-no-evidence"
    LET_GO = "copy-asked-back"


class Lasts(StrEnum):
    """To what the time of a copy or a link is tied."""

    AGREEMENT = "agreement"
    CASE = "case"
    DAY = "day"


class OnRecall(StrEnum):
    """What a receiver says when a copy is asked back."""

    NONE = ""
    LETS_GO = "lets-go"
    KEEPS = "keeps"


LASTS: Final[dict[str, str]] = {
    Lasts.AGREEMENT.value: "Until the agreement ends between the two",
    Lasts.CASE.value: "Until the giver's case is closed",
    Lasts.DAY.value: "Until a day",
}
ON_RECALL: Final[dict[str, str]] = {
    OnRecall.LETS_GO.value: "It is let go: two people dispose of it",
    OnRecall.KEEPS.value: "It is kept, for a reason",
}


class Clock(StrEnum):
    """By what clock it was captured, as whatever captured it wrote it: none of them is checked."""

    NONE = ""
    SATELLITE = "satellite"
    OFFSET = "device-offset"
    UTC = "device-utc"
    LOCAL = "device-local"


CLOCKS: Final[dict[str, str]] = {
    Clock.SATELLITE.value: "time by satellite, as the device wrote it",
    Clock.OFFSET.value: "the device’s clock, not checked, with its offset from UTC",
    Clock.UTC.value: "the device’s clock, not checked, said to be UTC; some devices write local time there",
    Clock.LOCAL.value: "the device’s clock, not checked, without a time zone: read as United Kingdom time",
}
OUTCOMES: Final[dict[str, str]] = {
    Outcome.NO_PROCEEDINGS.value: "No proceedings",
    Outcome.DISCONTINUED.value: "Discontinued",
    Outcome.ACQUITTED.value: "Acquitted",
    Outcome.CONVICTED.value: "Convicted",
}
SENTENCES: Final[dict[str, str]] = {
    Sentence.CUSTODY.value: "Custody",
    Sentence.HOSPITAL.value: "Hospital order",
}
STAGES: Final[dict[str, str]] = {Stage.PENDING.value: "Pending", Stage.DECIDED.value: "Decided"}
KEPT_AS: Final[dict[str, str]] = {
    KeptAs.MATERIAL.value: "Case material",
    KeptAs.BODY_WORN.value: "Body-worn video that is no evidence",
    KeptAs.LET_GO.value: "Copy that its giver asked back",
}
STATES: Final = {
    "open": "Under investigation",
    "charged": "Before the court",
    "filed": "Filed, no further lines of inquiry",
    "closed": "Closed",
}
OFFENCES: Final = {
    "violence": "Violence against the person",
    "sexual": "Sexual offences",
    "robbery": "Robbery",
    "burglary": "Burglary",
    "vehicle": "Vehicle offences",
    "theft": "Theft",
    "arson-and-damage": "Arson and criminal damage",
    "drugs": "Drug offences",
    "public-order": "Public order offences",
    "weapons": "Possession of weapons",
    "miscellaneous": "Miscellaneous crimes against society",
    "fraud": "Fraud",
}
"""Offence groups of the Home Office counting rules."""
