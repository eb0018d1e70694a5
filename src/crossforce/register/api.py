"""The front door of the register: what anybody may know, and what may stand beside it."""

from crossforce.register.kinds import Beside, beside
from crossforce.register.queries import entry, facets, of_region, unit_of

__all__ = ["Beside", "beside", "entry", "facets", "of_region", "unit_of"]
