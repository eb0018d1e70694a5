"""The names behind the codes of agreements: of organisations, functions and units."""

from crossforce.agreements import catalogues
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.wording import Names
from crossforce.kernel.words import Words
from crossforce.organisations import api as organisations


def names(*documents: AgreementDocument) -> Names:
    """Names for saying these documents: the directory's, the catalogue's, and the documents' own."""
    functions: dict[str, Words] = dict(catalogues.functions())
    units: dict[str, Words] = {}
    for document in documents:
        functions |= {each.code: each.title for each in document.function if each.title}
        units |= {each.code: each.title for each in document.unit if each.title}
    known = organisations.directory().organisations
    return Names(
        organisations={each.code: each.short_name or each.name for each in known},
        functions=functions,
        units=units,
    )
