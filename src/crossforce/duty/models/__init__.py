"""Duties, the cover that is wanted, and the imports that brought them."""

from crossforce.duty.models.cover import Cover
from crossforce.duty.models.entry import Entry
from crossforce.duty.models.importing import Import
from crossforce.duty.models.mapping import Mapping

__all__ = ["Cover", "Entry", "Import", "Mapping"]
