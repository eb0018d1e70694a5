"""Why a record may not go yet: said before anybody is asked for a reason."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from crossforce.kernel import civil, clock
from crossforce.people import api as people
from crossforce.people.choices import Actor
from crossforce.records import queries
from crossforce.records.choices import Group
from crossforce.records.rules import retention


def refusal(shown: queries.Shown, actor: Actor) -> str | None:
    """Why this person may not dispose of it today, or None."""
    was_changed = "dispose" in shown.may and shown.row.version > 1
    standing = _standing(
        shown, queries.reviews_of([shown.row])[shown.row.pk] if was_changed else ()
    )
    return _refusal(standing, people.one_human(actor))


def refusal_to_all(shown: queries.Shown) -> str | None:
    """Why nobody may, whoever has proposed it: a hold, or that its review is not due."""
    return _refusal(replace(_standing(shown, ()), group=Group.NONE), ())


def _standing(shown: queries.Shown, reviews: Sequence[retention.Review]) -> retention.Standing:
    row = shown.row
    holds = [each.reason for each in shown.holds if each.lifted_at is None]
    return retention.Standing(
        row.review_group, row.review_due, row.disposal, row.proposed_by, holds, reviews
    )


def _refusal(standing: retention.Standing, by: Collection[str]) -> str | None:
    return retention.refusal_to_dispose(standing, by=by, on=civil.day_of(clock.now()))
