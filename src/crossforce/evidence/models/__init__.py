"""Cases, exhibits, their digital originals, what is noted on these, their continuity, how they are shared and copied, and what is answered of them to who asks."""

from crossforce.evidence.models.annotations import Annotation
from crossforce.evidence.models.cases import Case
from crossforce.evidence.models.continuity import Touch
from crossforce.evidence.models.copies import Copy, Received
from crossforce.evidence.models.disclosure import Certified, Scheduled, Sensitive, Unused
from crossforce.evidence.models.exhibits import Exhibit, Item
from crossforce.evidence.models.shares import Share
from crossforce.evidence.models.subjects import SubjectAnswer, SubjectRequest
from crossforce.evidence.models.viewing import ViewingCopy

__all__ = [
    "Annotation",
    "Case",
    "Certified",
    "Copy",
    "Exhibit",
    "Item",
    "Received",
    "Scheduled",
    "Sensitive",
    "Share",
    "SubjectAnswer",
    "SubjectRequest",
    "Touch",
    "Unused",
    "ViewingCopy",
]
