"""The names behind the codes of agreements."""

from collections.abc import Iterable

from crossforce.agreements import catalogues, models
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.wording import Names
from crossforce.organisations import api as organisations


def names(*documents: AgreementDocument) -> Names:
    """Names for saying these documents: the directory's, the catalogues', and the documents' own."""
    return catalogues.names(organisations.directory(), *documents)


def titles_of(references: Iterable[str]) -> dict[str, str]:
    """The titles of agreements, by reference."""
    found = models.Agreement.objects.filter(reference__in=list(references))
    return dict(found.values_list("reference", "title_en"))
