"""What whoever joins pays to buy in: by what is signed, and as a draft would have it."""

from datetime import date, datetime
from typing import Final

from crossforce.acting import api as acting
from crossforce.agreements.preview import Figures, PreviewContext, Row, Section
from crossforce.agreements.preview.phrases import plain
from crossforce.finance.queries import agreed, exits, items
from crossforce.finance.queries.effects import NOTHING
from crossforce.finance.rules.joining import Joining, beginnings, joinings
from crossforce.kernel import civil, guarded
from crossforce.kernel.money import in_pounds
from crossforce.kernel.words import Words
from crossforce.people.api import Actor

TITLE: Final = Words(
    en="Buying in, by whoever joins", cy="Prynu i mewn, gan bwy bynnag sy'n ymuno"
)
NOT_HELD: Final = Words(
    en="Nothing that you may read was bought together.",
    cy="Ni phrynwyd dim ar y cyd y cewch ei ddarllen.",
)
NOBODY: Final = Words(
    en="Nobody joins others by it.", cy="Nid oes neb yn ymuno ag eraill drwyddo."
)
LEAD: Final = Words(
    en="What each pays for its part of what was bought, at its value on that day; below nothing, what it gets back. Not counted is what the agreement settles by a sum of its own, or what is the leaver's alone.",
    cy="Yr hyn y mae pob un yn ei dalu am ei ran o'r hyn a brynwyd, yn ôl ei werth ar y diwrnod hwnnw; o dan ddim, yr hyn a gaiff yn ôl. Ni chyfrifir yr hyn y mae'r cytundeb yn ei setlo â swm penodol, na'r hyn sy'n perthyn i'r un sy'n gadael yn unig.",
)


@guarded.acts
def buying_in(actor: Actor, reference: str, since: date, at: datetime) -> list[Joining]:
    """Who joins by what is signed from that day on, and what each pays, by what is held as far as it may be read.

    Raises NoSuchAgreement.
    """
    known = agreed.agreed(actor, reference, at)
    days = beginnings(each.terms for each in known.versions)
    days |= {each.starts_on for each in known.versions}
    return list(
        joinings(
            (day for day in days if day >= since),
            known.on,
            lambda terms: exits.drivers(terms, at),
            items.held(items.items_of(reference)).assets,
        )
    )


def joining(context: PreviewContext) -> Section:
    """What whoever joins by the draft would pay, and what the others would get back."""
    rows = [] if acting.current() is None else items.items_of(context.new.reference)
    assets = items.held(rows).assets
    if not assets:
        return Section("", TITLE, NOT_HELD)
    old, new = context.sides
    since = civil.day_of(max(context.since, context.at))
    days = {since, *(day for day in beginnings([new]) if day > since)}
    found = (
        []
        if context.is_parting
        else joinings(
            days, lambda day: new if day >= since else old, lambda _: context.drivers, assets
        )
    )
    told = tuple(row for each in found for row in _rows(context, each))
    return Section("", TITLE, LEAD if told else NOBODY, told)


def _rows(context: PreviewContext, of: Joining) -> list[Row]:
    if of.why_not:
        said = Words(en=f"cannot be said: {of.why_not}", cy=f"ni ellir dweud: {of.why_not}")
        return [_row(context, of, force, said, None) for force in of.joiners]
    return [
        _row(context, of, force, plain(in_pounds(pence)), pence)
        for force, pence in of.pence.items()
    ]


def _row(
    context: PreviewContext, of: Joining, force: str, said: Words, pence: int | None
) -> Row:
    return Row(
        kind="changed",
        what=context.organisation(force),
        before=NOTHING,
        after=said,
        when=plain(of.on.isoformat()),
        starts_on=of.on,
        figures=Figures(None, pence),
        about=(("force", force),),
    )
