"""Cases, exhibits, their digital originals, their continuity, and how they are shared."""

from crossforce.evidence.models.cases import Case
from crossforce.evidence.models.continuity import Touch
from crossforce.evidence.models.disclosure import Certified, Unused
from crossforce.evidence.models.exhibits import Exhibit, Item
from crossforce.evidence.models.shares import Share

__all__ = ["Case", "Certified", "Exhibit", "Item", "Share", "Touch", "Unused"]
