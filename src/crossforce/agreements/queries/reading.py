"""A version read out: clause by clause, with the terms each carries in words."""

from dataclasses import dataclass

from crossforce.agreements import models
from crossforce.agreements.document import AgreementDocument, Clause
from crossforce.agreements.queries import documents
from crossforce.agreements.queries.naming import names
from crossforce.agreements.terms import CompiledTerms, PackReference
from crossforce.agreements.wording import date_in_words, term_in_words


@dataclass(frozen=True, slots=True)
class ClauseRead:
    """One clause, its words, and what the platform does because of it."""

    clause: Clause
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadOut:
    """The whole of a version in words."""

    document: AgreementDocument
    clauses: tuple[ClauseRead, ...]
    unclaused: tuple[str, ...]
    packs: tuple[PackReference, ...]

    @property
    def first_day(self) -> str:
        """The day on which it begins, as the document says it; empty where it names none."""
        return date_in_words(self.document.from_) if self.document.from_ else ""


def read_out(version: models.Version) -> ReadOut:
    """The stored text and the stored terms, in words. Raises Tampered."""
    document, terms = documents.document_of(version), documents.terms_of(version)
    said = _said(document, terms)
    return ReadOut(
        document=document,
        clauses=tuple(
            ClauseRead(each, tuple(said.get(each.number, ()))) for each in document.clause
        ),
        unclaused=tuple(said.get("", ())),
        packs=terms.rule_packs,
    )


def _said(document: AgreementDocument, terms: CompiledTerms) -> dict[str, list[str]]:
    known = names(document)
    said: dict[str, list[str]] = {}
    for term in terms.terms:
        said.setdefault(term.clause or "", []).append(term_in_words(term, known))
    return said
