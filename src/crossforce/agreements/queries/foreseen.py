"""What the platform would act on if what is previewed came about: the same rules, on facts supposed.

Nothing is stored. A draft is taken to be signed by all its parties at the instant of the preview, a
notice to be complete then.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from crossforce.agreements import models, rules
from crossforce.agreements.choices import NoticeKind, Origin
from crossforce.agreements.preview import PreviewContext, Standing
from crossforce.agreements.queries import documents, enforced
from crossforce.agreements.queries.facts import facts_of, smallest_number_of_sides
from crossforce.agreements.terms import BEGINNING
from crossforce.kernel import civil


def foreseen(
    context: PreviewContext,
) -> tuple[list[enforced.Enforced], list[enforced.Enforced]]:
    """What is acted on through time as it is, and as it would be, under the agreement's reference."""
    supposing = _Supposing(context)
    return list(supposing.acted_on(supposing.before)), list(supposing.acted_on(supposing.after))


class _Supposing:
    """The facts as they are and as they would be."""

    def __init__(self, context: PreviewContext) -> None:
        self.context, self.at = context, context.at
        is_parting = context.is_parting and context.old is not None
        self.whole: Standing = context.old if is_parting and context.old else context.new
        self.agreement = models.Agreement.objects.filter(reference=self.whole.reference).first()
        self.facts = self._facts()
        self.number = self.whole.number or 1 + max(
            (each.number for each in self.facts.versions), default=0
        )
        earlier = tuple(each for each in self.facts.versions if each.number < self.number)
        later = tuple(each for each in self.facts.versions if each.number > self.number)
        if is_parting:
            self.before = replace(self.facts, versions=(*earlier, self._version(), *later))
            self.after = replace(self.before, notices=(*self.facts.notices, self._notice()))
        else:
            self.before = replace(self.facts, versions=earlier)
            self.after = replace(self.facts, versions=(*earlier, self._version()))

    def acted_on(self, facts: rules.Facts) -> Iterator[enforced.Enforced]:
        return enforced.by_facts(rules.as_adopted(facts), self.at, self._content)

    def _content(self, number: int) -> enforced.Content:
        if number == self.number:
            return self.whole.terms, self.whole.document
        assert self.agreement is not None
        version = self.agreement.versions.get(number=number)
        return documents.terms_of(version), documents.document_of(version)

    def _facts(self) -> rules.Facts:
        if self.agreement is not None:
            return facts_of(self.agreement)
        return rules.Facts(smallest=smallest_number_of_sides(self.whole.document.basis))

    def _version(self) -> rules.VersionFacts:
        """The version that is spoken of, signed by whoever has not signed it yet."""
        for known in self.facts.versions:
            if known.number == self.number:
                parties = tuple(_signed(self.at, known.parties))
                return replace(known, parties=parties, withdrawn_at=None)
        directory, valid = self.context.directory, self.whole.terms.valid
        adopted = self.whole.document.adopted
        codes = dict.fromkeys(each.organisation for each in self.whole.document.party)
        sides = {code: directory.get(code) and directory.force_of(code) for code in codes}
        named = [rules.PartyFacts(code, sides[code] or code) for code in codes]
        return rules.VersionFacts(
            number=self.number,
            origin=Origin.DRAFTED,
            proposed_at=self.at,
            parties=tuple(_signed(self.at, named)),
            starts_at=None if valid.starts_at == BEGINNING else valid.starts_at,
            ends_at=valid.ends_at,
            adopted_since=civil.instant(adopted.since.date) if adopted else None,
        )

    def _notice(self) -> rules.NoticeFacts:
        leaving = self.context.leaving
        return rules.NoticeFacts(
            kind=NoticeKind.LEAVE if leaving else NoticeKind.END,
            version=self.number,
            side=leaving or "",
            given_at=self.at,
            completed_at=self.at,
            effective_at=self.context.since,
        )


def _signed(at: datetime, parties: Iterable[rules.PartyFacts]) -> Iterator[rules.PartyFacts]:
    for each in parties:
        yield each if each.signed_at else replace(each, signed_at=at, refused_at=None)
