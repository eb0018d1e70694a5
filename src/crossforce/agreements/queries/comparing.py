"""What changed between one version and the one before it."""

from crossforce.agreements import diff, models
from crossforce.agreements.queries import agreements, documents
from crossforce.agreements.queries.naming import names


def changes(agreement: models.Agreement, number: int) -> list[diff.Change]:
    """The changes from the version before, in words; none for the first. Raises Missing."""
    version = agreements.version(agreement, number)
    before = agreement.versions.filter(number=number - 1).first()
    if before is None:
        return []
    old, new = documents.document_of(before), documents.document_of(version)
    return diff.diff(old, new, names(old, new).words)
