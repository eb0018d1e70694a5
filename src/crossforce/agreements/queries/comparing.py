"""What changed between one version and the one before it."""

from crossforce.agreements import diff, models
from crossforce.agreements.queries import agreements, documents
from crossforce.agreements.queries.naming import names
from crossforce.agreements.wording import Names
from crossforce.kernel.words import Words


def changes(agreement: models.Agreement, number: int) -> list[diff.Change]:
    """The changes from the version before, in words; none for the first. Raises Missing."""
    version = agreements.version(agreement, number)
    before = agreement.versions.filter(number=number - 1).first()
    if before is None:
        return []
    old, new = documents.document_of(before), documents.document_of(version)
    return diff.diff(old, new, _lookup(names(old, new)))


def _lookup(known: Names) -> diff.Names:
    def words(code: str) -> Words | None:
        found = known.organisations.get(code) or known.functions.get(code)
        return found or known.units.get(code)

    return words
