"""Prices of leaving, worked out and kept, so that they are known before anybody asks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.finance.choices import PRICE, PURPOSES
from crossforce.finance.operations.budgets import place_of
from crossforce.finance.queries import exits
from crossforce.finance.rules import keeping
from crossforce.finance.rules.leaving import ExitPrice
from crossforce.kernel import civil, guarded
from crossforce.people.api import Actor
from crossforce.records import api as records


@guarded.acts
def keep_prices(*, actor: Actor, agreement: str, at: datetime) -> list[UUID]:
    """Work out what leaving costs every force if notice is given today, and keep it in place of what
    one's own organisation kept before. What is the same as before stays, with the day since when it is so.

    Raises NoSuchAgreement, NotInForce, MayNotAdd.
    """
    on = civil.day_of(at)
    found = exits.prices(actor, agreement, on, at)
    kept = exits.kept_by(actor.organisation, agreement)
    done: list[UUID] = []
    for force in sorted({*found.known, *found.unknown}):
        price, row = found.known.get(force), kept.get(force)
        values = _values(price, found.unknown.get(force, ""))
        if row is None:
            given = {
                **values,
                "agreement": agreement,
                "force": force,
                "notice_on": on,
                "purposes": list(PURPOSES),
            }
            new = records.NewRecord(PRICE, place_of(actor.organisation), given)
            done.append(records.create(actor=actor, new=new, at=at).pk)
        elif _costs(row.pence, row.lines, row.unknown) != _costs(
            values["pence"], values["lines"], values["unknown"]
        ):
            changed = values | {"notice_on": on}
            records.edit(
                actor=actor,
                kind=PRICE,
                record=row.pk,
                version=row.version,
                given=changed,
                at=at,
            )
            done.append(row.pk)
    return done


def _values(price: ExitPrice | None, why_not: str) -> dict[str, Any]:
    if price is None:
        return {"pence": None, "last_day": None, "lines": "", "unknown": why_not[:4_000]}
    return {
        "pence": price.pence,
        "last_day": price.leave.last_day,
        "lines": keeping.price(price),
        "unknown": "; ".join(price.unknown)[:4_000],
    }


def _costs(pence: int | None, lines: str, unknown: str) -> tuple[object, ...]:
    """What makes a price another one. Days move with the day of notice, and alone make none."""
    items = [
        (each["item"], each["code"], each["total"], each["pence"])
        for each in keeping.price_kept(lines)
    ]
    return pence, items, unknown
