"""The whole preview: every section, in the order in which a meeting asks."""

from collections.abc import Iterable

from crossforce.agreements.preview.binding import parties
from crossforce.agreements.preview.commanding import command
from crossforce.agreements.preview.context import PreviewContext, Standing
from crossforce.agreements.preview.governing import governance, lead
from crossforce.agreements.preview.granting import access
from crossforce.agreements.preview.joining import participation
from crossforce.agreements.preview.leaving import leaving
from crossforce.agreements.preview.money import money
from crossforce.agreements.preview.other_terms import other_terms, wording
from crossforce.agreements.preview.overlaps import overlaps
from crossforce.agreements.preview.phrases import words
from crossforce.agreements.preview.publishing import publication
from crossforce.agreements.preview.shapes import ALL, Preview, Section
from crossforce.agreements.terms import BEGINNING
from crossforce.kernel.civil import day_of
from crossforce.kernel.words import Words


def preview(context: PreviewContext, effects: Iterable[Section] = ()) -> Preview:
    """What would change, as of the day of the context. `effects` are the sections of services."""
    return Preview(
        reference=context.new.reference,
        title=context.new.title,
        on=context.on,
        before=_named(context.old),
        after=_after(context),
        starts_on=None if context.since == BEGINNING else day_of(context.since),
        since=context.period(context.since, None),
        leaving=ALL if context.is_ending else context.leaving,
        sections=(
            participation(context),
            parties(context),
            command(context),
            lead(context),
            governance(context),
            money(context),
            publication(context),
            leaving(context),
            access(context),
            *other_terms(context),
            wording(context),
            overlaps(context),
            *effects,
        ),
    )


def _named(side: Standing | None) -> Words:
    if side is None:
        return words("side.nothing")
    return words("side.version", number=side.number) if side.number else words("side.draft")


def _after(context: PreviewContext) -> Words:
    if context.is_ending:
        return words("side.ended")
    if context.leaving:
        return words("side.without", force=context.organisation(context.leaving))
    return _named(context.new)
