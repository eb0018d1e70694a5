"""From what was agreed to when a grant holds: versions, suspensions, leaves; in plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from tests.worlds.model import Grant, Span


@dataclass(frozen=True, slots=True)
class Side:
    """A holder or a recipient, for as long as it is one."""

    organisation: str
    span: Span


@dataclass(frozen=True, slots=True)
class Term:
    """One ACCESS term. `pattern` says everything that a grant of it says but who, what and when."""

    pattern: Grant
    valid: Span
    kinds: tuple[str, ...]
    holders: tuple[Side, ...]
    recipients: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """Acted on from its activation until the next one begins.

    What is put here late begins on the day it says, and is acted on from when it was put here. What is
    adopted counts since its paper did, unless another one began here before it.
    """

    activated: datetime
    terms: tuple[Term, ...]
    ends: datetime | None = None
    begins: datetime | None = None
    adopted_since: datetime | None = None

    @property
    def beginning(self) -> datetime:
        return self.begins or self.activated

    def counts_from(self, earlier: tuple["Version", ...]) -> datetime:
        if self.adopted_since is None or any(
            each.beginning < self.beginning for each in earlier
        ):
            return self.activated
        return max(self.beginning, self.adopted_since)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the parties have done so far; what is only recorded or planned is never acted on."""

    reference: str
    versions: tuple[Version, ...]
    suspensions: tuple[Span, ...] = ()
    leaves: dict[str, datetime] = field(default_factory=dict)
    is_acted_on: bool = True


def grants_of(agreement: Agreement) -> Iterator[Grant]:
    """One grant for each term, kind, holder and recipient, in the periods in which it holds."""
    if not agreement.is_acted_on:
        return
    for place, version in enumerate(agreement.versions):
        following = agreement.versions[place + 1 :]
        begun_anew = [later.beginning for later in following]
        counts_from = version.counts_from(agreement.versions[:place])
        standing = _until(Span(counts_from, version.ends), *begun_anew)
        for term in version.terms:
            yield from _of_term(agreement, term, standing)


def _of_term(agreement: Agreement, term: Term, standing: Span | None) -> Iterator[Grant]:
    for holder in term.holders:
        for recipient in term.recipients:
            leaves = [
                at
                for body, at in agreement.leaves.items()
                if body in (holder.organisation, recipient.organisation)
            ]
            whole = both(both(both(standing, term.valid), holder.span), recipient.span)
            cut = _until(whole, *leaves) if whole else None
            spans = tuple(without(cut, agreement.suspensions)) if cut else ()
            for kind in term.kinds:
                yield replace(
                    term.pattern,
                    agreement=agreement.reference,
                    holder=holder.organisation,
                    recipient=recipient.organisation,
                    kind=kind,
                    holds=spans,
                )


def both(one: Span | None, other: Span | None) -> Span | None:
    """The time that lies in both."""
    if one is None or other is None:
        return None
    starts = max(one.starts, other.starts)
    ends = min((each for each in (one.ends, other.ends) if each is not None), default=None)
    return Span(starts, ends) if ends is None or starts < ends else None


def without(span: Span, taken: tuple[Span, ...]) -> Iterator[Span]:
    """What is left of the span when each of the others is taken out of it."""
    left = [span]
    for out in taken:
        left = [part for each in left for part in _less(each, out)]
    yield from left


def _less(span: Span, out: Span) -> Iterator[Span]:
    before = _until(span, out.starts)
    if before is not None:
        yield before
    if out.ends is not None and (span.ends is None or out.ends < span.ends):
        yield Span(max(span.starts, out.ends), span.ends)


def _until(span: Span, *instants: datetime) -> Span | None:
    ends = [each for each in (span.ends, *instants) if each is not None]
    end = min(ends, default=None)
    return Span(span.starts, end) if end is None or span.starts < end else None
