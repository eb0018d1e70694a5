"""ACCESS terms as rows: one holder, one recipient, one period; the shape of a grant that is enforced."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from crossforce.agreements.terms import AccessRule, CompiledTerms, Term
from crossforce.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Grant:
    """That postings of one recipient may act on rows of one holder, while the period runs."""

    term: Term
    rule: AccessRule
    holder: str
    recipient: str
    valid: Period


def grants(terms: CompiledTerms, at: datetime | None = None) -> Iterator[Grant]:
    """Every grant of the terms, or those valid at an instant, in a stable order.

    What an organisation may do with its own records needs no agreement and is no grant.
    """
    for term, rule in terms.of(AccessRule):
        for holder in rule.holders:
            for recipient in rule.recipients:
                if holder.organisation == recipient.organisation:
                    continue
                shared = holder.period.intersection(recipient.period)
                valid = shared and shared.intersection(term.valid)
                if valid and (at is None or valid.contains(at)):
                    yield Grant(term, rule, holder.organisation, recipient.organisation, valid)
