"""The double-entry journal: every entry balances, in the books of every party that it touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from crossforce.finance.choices import Account
from crossforce.finance.rules.invoices import Claim, Invoice, Settled

MUTUAL = {Account.DUE_FROM: Account.DUE_TO, Account.DUE_TO: Account.DUE_FROM}


class Unbalanced(Exception):
    """An entry does not balance; the message says in whose books and by how much."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One line in a party's books: a debit is positive, a credit negative.

    `other` is whom something is due from or to, and empty for every other account.
    """

    party: str
    account: Account
    pence: int
    other: str = ""

    def __post_init__(self) -> None:
        if (self.account in MUTUAL) != bool(self.other):
            raise ValueError(f"{self.account} names another party if and only if it is due")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, in all the books it touches. Raises Unbalanced unless each party's
    lines sum to nothing and what one shows as due from another, the other shows as due to it."""

    reference: str
    on: date
    words: str
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        for party, pence in _by_party(self.postings).items():
            if pence:
                raise Unbalanced(
                    f"{self.reference}: the books of {party} are out by {pence} pence"
                )
        due = between(self.postings)
        for (party, other), pence in due.items():
            if pence != -due.get((other, party), 0):
                raise Unbalanced(
                    f"{self.reference}: {party} and {other} do not show the same as due"
                )


def spent(reference: str, on: date, party: str, pence: int, words: str) -> Entry:
    """A party pays for what all share: cash goes out, shared cost comes in its books."""
    return Entry(
        reference,
        on,
        words,
        _kept(Posting(party, Account.SHARED_COST, pence), Posting(party, Account.CASH, -pence)),
    )


def given_in_kind(reference: str, on: date, given: Mapping[str, int], words: str) -> Entry:
    """Parties give posts, premises or goods instead of cash: part of the shared cost, borne so."""
    lines = [
        line
        for party, pence in given.items()
        for line in (
            Posting(party, Account.SHARED_COST, pence),
            Posting(party, Account.IN_KIND, -pence),
        )
    ]
    return Entry(reference, on, words, _kept(*lines))


def charged(reference: str, on: date, found: Iterable[Claim], words: str) -> Entry:
    """Who spends for all charges each of the others what it owes in cash, or owes it back.

    The cost moves from the creditor's books to the debtor's. Instalments, true-ups and corrections
    are all posted so, before they are invoiced.
    """
    lines = [
        line
        for claim in found
        for line in _owed(claim.creditor, claim.debtor, claim.pence, Account.SHARED_COST)
    ]
    return Entry(reference, on, words, _kept(*lines))


def taxed(reference: str, on: date, invoice: Invoice) -> Entry:
    """The value added tax of an invoice: collected by the creditor, reclaimed by the debtor."""
    lines = _owed(invoice.creditor, invoice.debtor, invoice.vat_pence, Account.VAT)
    return Entry(reference, on, f"value added tax of {reference}", _kept(*lines))


def paid(reference: str, on: date, settled: Settled) -> Entry:
    """Payment of what is left between two parties. All that was charged between them, either way,
    is set off in both books, each claim as it was posted, with its tax."""
    owes = {settled.payer: 0, settled.payee: 0}
    for invoice in settled.invoices:
        for pence in (*(claim.pence for claim in invoice.claims), invoice.vat_pence):
            owes[invoice.debtor if pence > 0 else invoice.creditor] += abs(pence)
    lines: list[Posting] = []
    for party, other in (
        (settled.payer, settled.payee),
        (settled.payee, settled.payer),
    ):
        lines.append(Posting(party, Account.DUE_TO, owes[party], other))
        lines.append(Posting(party, Account.DUE_FROM, -owes[other], other))
        lines.append(Posting(party, Account.CASH, owes[other] - owes[party]))
    return Entry(reference, on, "payment of what is left when set off", _kept(*lines))


def reinvested(reference: str, on: date, party: str, pence: int, words: str) -> Entry:
    """A released saving put to a stated use by the party that has it."""
    return Entry(
        reference,
        on,
        words,
        _kept(
            Posting(party, Account.REINVESTMENT, pence),
            Posting(party, Account.SAVING, -pence),
        ),
    )


def reversed_by(entry: Entry, reference: str, on: date, words: str) -> Entry:
    """The entry that takes another back. Nothing posted is ever changed."""
    lines = (
        Posting(each.party, each.account, -each.pence, each.other) for each in entry.postings
    )
    return Entry(reference, on, words, tuple(lines))


def balances(entries: Iterable[Entry]) -> dict[tuple[str, Account, str], int]:
    """What stands in every account of every party, by whom it is due from or to."""
    found: dict[tuple[str, Account, str], int] = {}
    for entry in entries:
        for each in entry.postings:
            key = (each.party, each.account, each.other)
            found[key] = found.get(key, 0) + each.pence
    return dict(sorted(found.items()))


def between(postings: Iterable[Posting]) -> dict[tuple[str, str], int]:
    """What each party's books show as due from another less what they show as due to it."""
    found: dict[tuple[str, str], int] = {}
    for each in postings:
        if each.other:
            key = (each.party, each.other)
            found[key] = found.get(key, 0) + each.pence
    return found


def _by_party(postings: Iterable[Posting]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in postings:
        found[each.party] = found.get(each.party, 0) + each.pence
    return found


def _owed(creditor: str, debtor: str, pence: int, account: Account) -> list[Posting]:
    """The debtor comes to owe the creditor for what moves to its books; below nothing, turned."""
    moved = [Posting(creditor, account, -pence), Posting(debtor, account, pence)]
    if pence < 0:
        creditor, debtor, pence = debtor, creditor, -pence
    return [
        *moved,
        Posting(creditor, Account.DUE_FROM, pence, debtor),
        Posting(debtor, Account.DUE_TO, -pence, creditor),
    ]


def _kept(*lines: Posting) -> tuple[Posting, ...]:
    """Without the lines of nothing."""
    return tuple(line for line in lines if line.pence)
