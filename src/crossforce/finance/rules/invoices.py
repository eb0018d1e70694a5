"""What policing bodies invoice each other, and what is left to pay when it is set off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from crossforce.finance.choices import Vat
from crossforce.kernel.rulepacks import RulePack

VatRates = Mapping[Vat, Fraction]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a body charges another; negative where it gives back, as after a true-up."""

    creditor: str
    debtor: str
    pence: int
    reference: str
    words: str
    vat: Vat = Vat.OUTSIDE

    def __post_init__(self) -> None:
        if self.creditor == self.debtor:
            raise ValueError(f"{self.creditor} cannot charge itself")


@dataclass(frozen=True, slots=True)
class Invoice:
    """All that one body charges another at once; a credit note where it gives more back."""

    creditor: str
    debtor: str
    claims: tuple[Claim, ...]
    vat_pence: int

    @property
    def net_pence(self) -> int:
        """Before value added tax."""
        return sum(claim.pence for claim in self.claims)

    @property
    def pence(self) -> int:
        """With value added tax."""
        return self.net_pence + self.vat_pence

    @property
    def is_credit_note(self) -> bool:
        """Whether the creditor gives more back than it charges."""
        return self.pence < 0


@dataclass(frozen=True, slots=True)
class Settled:
    """What is left to pay between two bodies when all their invoices are set off."""

    payer: str
    payee: str
    pence: int
    invoices: tuple[Invoice, ...]


def claims(
    lead: str,
    due: Mapping[str, int],
    bodies: Mapping[str, str],
    reference: str,
    words: str,
    vat: Vat,
) -> tuple[Claim, ...]:
    """What the lead force's body charges the bodies of the other forces, for what each owes.

    The lead spends for all and charges nobody for its own share. Raises KeyError where a force's
    body is not known.
    """
    by_body: dict[str, int] = {}
    for force, pence in due.items():
        by_body[bodies[force]] = by_body.get(bodies[force], 0) + pence
    return tuple(
        Claim(bodies[lead], body, pence, reference, words, vat)
        for body, pence in by_body.items()
        if body != bodies[lead] and pence
    )


def vat_rates(pack: RulePack, on: date) -> VatRates:
    """The rates of value added tax on the day, by the rule pack."""
    found = pack.under("vat.rate", on)
    return {Vat(name): Fraction(rate) for name, rate in found.items()}


def invoices(found: Iterable[Claim], rates: VatRates) -> tuple[Invoice, ...]:
    """One invoice from each body to each other that it charges.

    Value added tax is worked out on the invoice for each rate, a part of a penny left out.
    """
    ordered = sorted(found, key=_between)
    return tuple(
        Invoice(creditor, debtor, listed, _tax(listed, rates))
        for (creditor, debtor), group in groupby(ordered, key=_between)
        if (listed := tuple(group))
    )


def set_off(found: Iterable[Invoice]) -> tuple[Settled, ...]:
    """What each pair of bodies still pays when what they owe one another is set off.

    A pair that owes nothing in the end stands with 0, so that its invoices are seen to be settled.
    """
    pairs: dict[tuple[str, str], list[Invoice]] = {}
    for each in found:
        first, second = sorted((each.debtor, each.creditor))
        pairs.setdefault((first, second), []).append(each)
    return tuple(_settled(*pair, tuple(each)) for pair, each in sorted(pairs.items()))


def _settled(first: str, second: str, between: tuple[Invoice, ...]) -> Settled:
    owed = sum(each.pence if each.debtor == first else -each.pence for each in between)
    payer, payee = (first, second) if owed >= 0 else (second, first)
    return Settled(payer, payee, abs(owed), between)


def _between(claim: Claim) -> tuple[str, str]:
    return claim.creditor, claim.debtor


def _tax(listed: tuple[Claim, ...], rates: VatRates) -> int:
    by_rate: dict[Vat, int] = {}
    for claim in listed:
        by_rate[claim.vat] = by_rate.get(claim.vat, 0) + claim.pence
    return sum(_whole(pence * rates[vat]) for vat, pence in by_rate.items())


def _whole(pence: Fraction) -> int:
    return int(abs(pence)) * (-1 if pence < 0 else 1)
