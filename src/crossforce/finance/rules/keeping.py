"""What a budget and an invoice keep, as text: shares with their clause, figures, gifts in kind, claims.

Fractions are written whole (`1/3`), so that what is read is exactly what was kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from crossforce.agreements.resolve import Citation
from crossforce.finance.choices import Vat
from crossforce.finance.rules.invoices import Claim
from crossforce.finance.rules.leaving import ExitLine, ExitPrice
from crossforce.finance.rules.snapshots import Snapshot, snapshot_of
from crossforce.finance.rules.standing import Standing
from crossforce.kernel import keeping as kept


def standing(found: Sequence[Standing]) -> str:
    """The shares through the year, each stretch with the clause that it comes from."""
    return kept.written([_stretch(each) for each in found])


def standing_kept(text: str) -> tuple[Standing, ...]:
    """The same, read again; nothing for a budget that keeps none."""
    return tuple(
        Standing(
            date.fromisoformat(each["from"]),
            date.fromisoformat(each["until"]),
            {force: _share(share) for force, share in each["shares"].items()},
            Citation(each["words"], each["clause"], assumed=each["assumed"], term=each["term"]),
        )
        for each in kept.read(text, [])
    )


def figures(found: Snapshot) -> str:
    """The driver figures that the shares were worked out from."""
    return kept.written(
        [
            [
                asked.driver,
                asked.force,
                asked.on.isoformat(),
                str(Fraction(figure)),
                *filter(None, [found.sources.get(asked), found.records.get(asked)]),
            ]
            for asked, figure in found.figures.items()
        ]
    )


def figures_kept(text: str) -> Snapshot:
    """The same, read again."""
    return snapshot_of(
        (driver, force, date.fromisoformat(on), Fraction(figure), *[*said, "", ""][:2])
        for driver, force, on, figure, *said in kept.read(text, [])
    )


def amounts(found: Mapping[str, int]) -> str:
    """Pence by force."""
    return kept.written({force: pence for force, pence in sorted(found.items()) if pence})


def amounts_kept(text: str) -> dict[str, int]:
    """The same, read again."""
    return dict(kept.read(text, {}))


def claims(found: Iterable[Claim]) -> str:
    """What an invoice charges."""
    return kept.written(
        [
            {
                "creditor": each.creditor,
                "debtor": each.debtor,
                "pence": each.pence,
                "reference": each.reference,
                "words": each.words,
                "vat": each.vat.value,
            }
            for each in found
        ]
    )


def claims_kept(text: str) -> tuple[Claim, ...]:
    """The same, read again."""
    return tuple(Claim(**{**each, "vat": Vat(each["vat"])}) for each in kept.read(text, []))


def price(found: ExitPrice) -> str:
    """The items of a price of leaving, for reading."""
    return kept.written([_item(each) for each in found.lines])


def price_kept(text: str) -> list[dict[str, Any]]:
    """The same, read again."""
    return list(kept.read(text, []))


def _item(line: ExitLine) -> dict[str, Any]:
    return {
        "item": line.item.value,
        "code": line.code,
        "words": line.words,
        "total": line.total_pence,
        "pence": line.pence,
        "assumed": line.assumed or "",
    }


def _stretch(each: Standing) -> dict[str, Any]:
    return {
        "from": each.starts_on.isoformat(),
        "until": each.ends_on.isoformat(),
        "shares": {force: str(share) for force, share in sorted(each.shares.items())},
        "clause": each.why.clause if each.why else None,
        "words": each.why.words if each.why else "",
        "assumed": each.why.assumed if each.why else None,
        "term": each.why.term if each.why else None,
    }


def _share(text: str) -> Fraction:
    """`1/3`; read so rather than by its own reader, because there are tens of thousands at a time."""
    above, _, below = text.partition("/")
    return Fraction(int(above), int(below or 1))
