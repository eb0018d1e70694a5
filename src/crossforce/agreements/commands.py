"""Agreements on the command line: the same operations as the pages, for whoever `--as` names."""

import datetime as dt
import json
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from django.conf import settings
from rich.console import Console
from rich.table import Table

from crossforce.agreements import operations, signing
from crossforce.agreements.choices import View, standing
from crossforce.agreements.preview import as_lines, as_plain
from crossforce.agreements.queries import agreements, leaving, preview, showing, signatures
from crossforce.agreements.reading import LIMIT
from crossforce.kernel import civil, clock, registry
from crossforce.kernel.refusals import Refused

commands = typer.Typer(name="agreement", help="Agreements as documents, and as what they do.")

User = Annotated[
    str,
    typer.Option(
        "--as", help="Who acts: a user name, user:office, or <user>:<office>:<purpose>."
    ),
]
Reference = Annotated[str, typer.Argument(help="The agreement's reference.")]
Number = Annotated[int, typer.Argument(help="The version's number.")]
Because = Annotated[str, typer.Option("--because", help="Why; every party reads it.")]
Document = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A TOML document.")]


class SignOnThePage(Refused):
    """Here a key held by the platform signs only on the page, after the second factor.

    Hand in a signature made outside with --key and --signature.
    """


@commands.command(name="list")
def list_agreements(user: User) -> None:
    """List the agreements that you work with."""
    at = clock.now()
    table = Table("Reference", "Title", "State")
    for row, state, origin in agreements.states(registry.actor_named(user, at), at):
        table.add_row(row.reference, row.title_en, standing(origin, state))
    Console().print(table)


@commands.command()
def show(reference: Reference, user: User) -> None:
    """Say where an agreement stands, party by party, and what happened."""
    at = clock.now()
    shown = showing.agreement(registry.actor_named(user, at), reference, at)
    console = Console(highlight=False, markup=False)
    console.print(f"{shown.title.en} ({shown.reference}): {shown.state_title}")
    for version in shown.versions:
        console.print(f"\nVersion {version.number}: {version.title} ({version.origin})")
        for party in version.parties:
            mark = " (demonstration signature)" if party.signed_in_demonstration else ""
            console.print(f"  {party.organisation}: {party.title}{mark}")
    for notice in shown.notices:
        console.print(
            f"\nNotice {notice.row.pk}: {notice.name}, {notice.row.effective_on or 'open'}"
        )
    for each in shown.happened:
        console.print(f"{each.at:%Y-%m-%d %H:%M} {each.what}")


@commands.command()
def draft(document: Document, reference: Reference, user: User) -> None:
    """Begin a draft from a document, or write the draft that there is."""
    at, words = clock.now(), document.read_text("utf-8")
    actor = registry.actor_named(user, at)
    known = agreements.draft_if_any(actor, reference)
    if known is None:
        made = operations.begin(
            actor=actor, owner=actor.organisation, reference=reference, document=words, at=at
        )
    else:
        made = operations.save(
            actor=actor, reference=reference, document=words, version=known.version, at=at
        )
    typer.echo(f"{reference}: draft, edit {made.version}")


@commands.command()
def vary(reference: Reference, user: User) -> None:
    """Begin a draft of the next version; prints its document."""
    at = clock.now()
    actor = registry.actor_named(user, at)
    made = operations.vary(actor=actor, owner=actor.organisation, reference=reference, at=at)
    typer.echo(made.document)


@commands.command(name="preview")
def preview_(
    what: Annotated[
        str, typer.Argument(help="A TOML document, or the reference of an agreement.")
    ],
    user: User,
    on: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of this day; now.")
    ] = None,
    leave: Annotated[
        str, typer.Option(help="The force that is taken to leave; `all`: it ends on the day.")
    ] = "",
    welsh: Annotated[bool, typer.Option("--welsh", help="Say it in Welsh.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Say what a document, a draft, a leave or an end would change. It changes nothing."""
    now, file = clock.now(), Path(what)
    actor = registry.actor_named(user, now)
    at = civil.instant(on.date()) if on else now
    if file.is_file():
        with file.open("rb") as source:
            found = preview.of_document(actor, source.read(LIMIT + 1), at, leave=leave)
    else:
        found = preview.of_agreement(actor, what, at, leave=leave)
    if as_json:
        typer.echo(json.dumps(as_plain(found), ensure_ascii=False, indent=1))
        return
    for line in as_lines(found, "cy" if welsh else "en"):
        typer.echo(line)


@commands.command()
def propose(reference: Reference, user: User) -> None:
    """Put the draft to its parties."""
    at = clock.now()
    actor = registry.actor_named(user, at)
    edit = agreements.draft_of(actor, reference).version
    made = operations.propose(actor=actor, reference=reference, version=edit, at=at)
    typer.echo(f"{reference}: version {made.number} is before {made.parties.count()} parties")


@commands.command()
def withdraw(reference: Reference, number: Number, user: User, because: Because) -> None:
    """Take a proposed version back."""
    at = clock.now()
    operations.withdraw(
        actor=registry.actor_named(user, at),
        reference=reference,
        number=number,
        reason=because,
        at=at,
    )


@commands.command()
def consider(
    reference: Reference,
    user: User,
    view: Annotated[View, typer.Option(help="Your organisation's view.")],
    interest: Annotated[str, typer.Option(help="Why.")],
    existing_agreements: Annotated[str, typer.Option(help="s23HA: what there is so far.")] = "",
    consistency: Annotated[str, typer.Option(help="s23HA: a consistent approach.")] = "",
    opportunities: Annotated[str, typer.Option(help="s23HA: other opportunities.")] = "",
) -> None:
    """Record your organisation's view of the version that is before its parties."""
    at = clock.now()
    actor = registry.actor_named(user, at)
    version = agreements.pending_version(agreements.of(actor, reference), at)
    operations.consider(
        actor=actor,
        reference=reference,
        number=version.number,
        organisation=actor.organisation,
        consideration=operations.Consideration(
            view, interest, existing_agreements, consistency, opportunities
        ),
        version=agreements.edit_of_party(version, actor.organisation),
        at=at,
    )


@commands.command()
def refuse(reference: Reference, number: Number, user: User, because: Because) -> None:
    """Refuse a version for your organisation, which rejects it."""
    at = clock.now()
    actor = registry.actor_named(user, at)
    operations.refuse(
        actor=actor,
        reference=reference,
        number=number,
        organisation=actor.organisation,
        reason=because,
        at=at,
    )


@commands.command()
def statement(reference: Reference, number: Number, user: User) -> None:
    """Print the bytes that your organisation signs."""
    actor = registry.actor_named(user, clock.now())
    version = agreements.version(agreements.of(actor, reference), number)
    found = signatures.statement_for(version, actor.organisation)
    typer.echo(signing.to_bytes(found), nl=False)


@commands.command()
def sign(
    reference: Reference,
    number: Number,
    user: User,
    key: Annotated[UUID | None, typer.Option(help="A registered key held outside.")] = None,
    signature: Annotated[str, typer.Option(help="The signature made with it, in hex.")] = "",
) -> None:
    """Sign a version for your organisation."""
    at = clock.now()
    actor = registry.actor_named(user, at)
    if key is not None:
        operations.sign_outside(
            actor=actor,
            reference=reference,
            number=number,
            organisation=actor.organisation,
            key=key,
            signature=bytes.fromhex(signature),
            at=at,
        )
        return
    if not settings.DEMONSTRATION:
        raise SignOnThePage
    operations.sign(
        actor=actor, reference=reference, number=number, organisation=actor.organisation, at=at
    )


@commands.command()
def verify(reference: Reference, number: Number, user: User) -> None:
    """Test every signature of a version anew; exit code 1 when one does not hold."""
    actor = registry.actor_named(user, clock.now())
    version = agreements.version(agreements.of(actor, reference), number)
    proofs = signatures.proofs(version)
    for proof in proofs:
        mark = ", demonstration key" if proof.demonstration else ""
        typer.echo(
            f"{'holds' if proof.holds else 'BROKEN'}  {proof.organisation}  {proof.fingerprint}{mark}"
        )
    if not all(proof.holds for proof in proofs):
        raise typer.Exit(1)


@commands.command()
def suspend(reference: Reference, user: User, because: Because) -> None:
    """Suspend an agreement at once."""
    at = clock.now()
    actor = registry.actor_named(user, at)
    operations.suspend(
        actor=actor, reference=reference, organisation=actor.organisation, reason=because, at=at
    )


@commands.command()
def resume(reference: Reference, user: User) -> None:
    """Lift your organisation's suspension."""
    at = clock.now()
    actor = registry.actor_named(user, at)
    operations.resume(actor=actor, reference=reference, organisation=actor.organisation, at=at)


@commands.command()
def leave(
    reference: Reference,
    user: User,
    because: Because = "",
    only_show: Annotated[
        bool, typer.Option(help="Say what it would mean; give no notice.")
    ] = False,
) -> None:
    """Give your organisation's notice to leave, or join the other party's of your force."""
    at = clock.now()
    actor = registry.actor_named(user, at)
    side, outlook = leaving.outlook(actor, reference, actor.organisation, at)
    typer.echo(f"{side} would be outside from {outlook.effective_on} (clause {outlook.clause})")
    if only_show:
        return
    waiting = leaving.waiting_notice(agreements.of(actor, reference), side)
    if waiting is None:
        made = operations.give_notice(
            actor=actor,
            reference=reference,
            organisation=actor.organisation,
            reason=because,
            at=at,
        )
    else:
        made = operations.join_notice(
            actor=actor,
            reference=reference,
            notice=waiting,
            organisation=actor.organisation,
            at=at,
        )
    typer.echo(f"notice {made.pk}: {made.effective_on or 'waits for the other party'}")


@commands.command()
def end(
    reference: Reference,
    user: User,
    wanted_on: Annotated[
        dt.datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="First day without."),
    ] = None,
    because: Because = "",
) -> None:
    """Propose that an agreement ends on a day, or join the proposal that there is."""
    at = clock.now()
    actor = registry.actor_named(user, at)
    me, waiting = (
        actor.organisation,
        leaving.waiting_notice(agreements.of(actor, reference), ""),
    )
    if waiting is not None:
        made = operations.join_notice(
            actor=actor, reference=reference, notice=waiting, organisation=me, at=at
        )
    elif wanted_on is None:
        raise typer.BadParameter("Say on which day it should end: --on 2027-04-01.")
    else:
        made = operations.propose_ending(
            actor=actor, reference=reference, organisation=me, wanted_on=wanted_on.date(),
            reason=because, at=at,
        )  # fmt: skip
    typer.echo(f"notice {made.pk}: {made.effective_on or 'waits for other parties'}")


@commands.command()
def handover(reference: Reference, notice: UUID, user: User) -> None:
    """List what is to be handed over under a notice."""
    actor = registry.actor_named(user, clock.now())
    table = Table("Item", "Answers for it", "What", "Settled")
    for item in leaving.items(agreements.of(actor, reference), notice):
        table.add_row(str(item.pk), item.organisation, item.what, item.outcome)
    Console().print(table)


@commands.command()
def settle(reference: Reference, item: UUID, outcome: str, user: User) -> None:
    """Settle an item of a handover list."""
    at = clock.now()
    actor = registry.actor_named(user, at)
    row = leaving.item(agreements.of(actor, reference), item)
    operations.settle_item(
        actor=actor, reference=reference, item=item, outcome=outcome, version=row.version, at=at
    )


@commands.command(name="issue-key")
def issue_key(
    label: Annotated[str, typer.Argument(help="What to call the key.")],
    user: User,
    days: Annotated[int | None, typer.Option(help="Days it is valid.")] = None,
    public: Annotated[
        str, typer.Option(help="Public key in hex, if you hold it outside.")
    ] = "",
) -> None:
    """Issue a signing key of your organisation, or register one held outside; prints its id."""
    at = clock.now()
    actor = registry.actor_named(user, at)
    wanted = operations.NewKey(label, days, bytes.fromhex(public) if public else None)
    made = operations.issue_key(actor=actor, organisation=actor.organisation, key=wanted, at=at)
    typer.echo(made.pk)


@commands.command(name="revoke-key")
def revoke_key(key: UUID, user: User, because: Because) -> None:
    """Revoke a signing key of your organisation at once."""
    at = clock.now()
    actor = registry.actor_named(user, at)
    operations.revoke_key(actor=actor, key=key, reason=because, at=at)
