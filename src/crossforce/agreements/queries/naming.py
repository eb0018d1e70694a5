"""The names behind the codes of agreements."""

from crossforce.agreements import catalogues
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.wording import Names
from crossforce.organisations import api as organisations


def names(*documents: AgreementDocument) -> Names:
    """Names for saying these documents: the directory's, the catalogues', and the documents' own."""
    return catalogues.names(organisations.directory(), *documents)
