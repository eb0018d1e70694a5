"""Invoices between policing bodies on the command line: looked at, sent, withdrawn, settled."""

from functools import partial
from typing import Annotated
from uuid import UUID

import typer

from crossforce.finance.choices import InvoiceState
from crossforce.finance.commands.options import (
    Day,
    NewFile,
    ToFile,
    User,
    Why,
    YearIfAny,
    acting,
)
from crossforce.finance.operations import invoices as operations
from crossforce.finance.queries import billing
from crossforce.finance.queries import invoices as reads
from crossforce.finance.queries.invoices import Shown, Wanted
from crossforce.finance.views import billed, files
from crossforce.kernel import clock
from crossforce.kernel.money import in_pounds
from crossforce.people.api import Actor
from crossforce.records import api as records

commands = typer.Typer()
State = Annotated[InvoiceState | None, typer.Option(help="Only those that stand so.")]


@commands.command()
def invoices(
    user: User,
    agreement: str = "",
    year: YearIfAny = None,
    state: State = None,
    body: Annotated[str, typer.Option(help="On either side.")] = "",
    to: ToFile = None,
) -> None:
    """The invoices that you may read."""
    wanted = Wanted(agreement, year, state.value if state else "", body)
    if to:
        actor = acting(user)
        ask = partial(reads.taken_out, actor, wanted)
        files.write(actor, to, files.INVOICES, ask)
        return
    for each in reads.invoices(acting(user), wanted):
        typer.echo(_line(each))


@commands.command()
def invoice(invoice: UUID, user: User) -> None:
    """One invoice, and what it charges."""
    shown = reads.one(acting(user), invoice)
    row = shown.row
    typer.echo(_line(shown))
    typer.echo(
        f"  {row.agreement}, {row.part}, raised on {row.raised_on}, sent on {row.sent_on or '-'},"
        f" settled on {row.settled_on or '-'} by {row.settlement or '-'}"
    )
    for each in shown.claims:
        typer.echo(f"  {in_pounds(each.pence)}  {each.vat.value}  {each.words}")


@commands.command(name="invoice-paper")
def invoice_paper(
    invoice: UUID,
    file: NewFile,
    user: User,
) -> None:
    """Write an invoice, as it is sent, as a PDF."""
    actor = acting(user)
    found, marking = records.marked(actor, partial(billing.taken_out, actor, invoice))
    with file.open("xb") as opened:
        opened.write(billed.paper(found, marking, clock.now()))
    typer.echo(
        f"{found.shown.row.number}: {in_pounds(found.shown.pence)}, due on {found.due_on}"
    )


@commands.command()
def send(invoice: UUID, user: User) -> None:
    """Note that an invoice was sent to its debtor."""
    actor = acting(user)
    operations.send_invoice(
        actor=actor, invoice=invoice, version=_version(actor, invoice), at=clock.now()
    )
    typer.echo(_line(reads.one(actor, invoice)))


@commands.command()
def withdraw(invoice: UUID, user: User, why: Why) -> None:
    """Withdraw an invoice that was not sent: its charges are taken back, so that they can be raised anew."""
    actor = acting(user)
    operations.withdraw_invoice(
        actor=actor,
        invoice=invoice,
        version=_version(actor, invoice),
        words=why,
        at=clock.now(),
    )
    typer.echo(_line(reads.one(actor, invoice)))


@commands.command()
def settle(
    invoices: Annotated[list[UUID], typer.Argument(help="All between the same two bodies.")],
    user: User,
    on: Day,
    reference: Annotated[str, typer.Option(help="Of the payment.")],
) -> None:
    """Set invoices off against each other, and note what was left as paid."""
    done = operations.settle_invoices(
        actor=acting(user), chosen=invoices, on=on, reference=reference, at=clock.now()
    )
    typer.echo(f"{done.payer} pays {done.payee} {in_pounds(done.pence)}")


def _line(each: Shown) -> str:
    row = each.row
    return (
        f"{row.pk} v{row.version}  {row.state:<9}  {row.number}"
        f"  {row.creditor} to {row.debtor}  {in_pounds(each.pence)}"
    )


def _version(actor: Actor, invoice: UUID) -> int:
    return reads.one(actor, invoice).row.version
