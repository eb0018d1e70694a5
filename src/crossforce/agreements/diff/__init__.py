"""What changes from one document to another: clause by clause, term by term, part by part."""

from crossforce.agreements.diff.changes import CannotApply, Change, apply, diff
from crossforce.agreements.diff.words import Names

__all__ = ["CannotApply", "Change", "Names", "apply", "diff"]
