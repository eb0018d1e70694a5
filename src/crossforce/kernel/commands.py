"""Commands that run and keep an installation: serve, migrate, doctor, backup, restore, keys."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console
from rich.table import Column, Table

from crossforce.kernel import (
    backup,
    backup_restore,
    backup_seal,
    clock,
    database,
    doctor,
    keys_rotation,
    serving,
)
from crossforce.kernel.files import commands as files_commands

commands = typer.Typer()
keys = typer.Typer(name="keys", help="The keys of this installation: list, rotate, escrow.")
commands.add_typer(keys)
commands.add_typer(files_commands.files)

SEALING_HELP = "Reads the passphrase from CROSSFORCE_BACKUP_PASSPHRASE, or asks."


@commands.command()
def serve(
    port: Annotated[
        int, typer.Option(envvar="PORT", min=1, max=65_535, help="On 127.0.0.1.")
    ] = 8000,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Web processes. By default two a processor, and one."),
    ] = None,
    world: Annotated[bool, typer.Option(help="Load the demonstration world.")] = True,
) -> None:
    """Start everything: database, structure, demonstration world, web. Ctrl-C stops it."""
    serving.serve(
        port=port,
        workers=workers or serving.usual_workers(),
        load_world=world and settings.DEMONSTRATION,
    )


@commands.command()
def migrate() -> None:
    """Make the database, or bring its structure up to date."""
    database.plan().prepare()
    database.migrate(verbosity=1)


@commands.command(name="doctor")
def examine() -> None:
    """Check this installation and say what mends each fault. Exit code 1 when one is serious."""
    findings = doctor.examine(at=clock.now())
    console = Console()
    for finding in findings:
        console.print(
            f"{finding.mark} [bold]{finding.subject}[/bold]: {finding.said}", highlight=False
        )
        if finding.remedy:
            console.print(f"    → {finding.remedy}", highlight=False)
    raise typer.Exit(code=int(any(finding.is_serious for finding in findings)))


@commands.command(
    name="backup", help=f"Write a backup of database, files and keys. {SEALING_HELP}"
)
def write_backup(
    target: Annotated[
        Path, typer.Argument(help="The file to write, or a folder to write it in.")
    ],
    escrow: Annotated[
        bool, typer.Option(help="Seal the keys for the escrow key holder.")
    ] = False,
) -> None:
    sealer = (
        backup_seal.for_escrow(settings.KEYS.folder) if escrow else _passphrase(confirm=True)
    )
    made = backup.make(target, sealer=sealer, at=clock.now())
    Console().print(made.summary(), highlight=False)


@commands.command(help=f"Put a backup in the place of this installation. {SEALING_HELP}")
def restore(
    source: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    escrow_key: Annotated[Path | None, typer.Option(help="The private escrow key.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    if not yes:
        typer.confirm("Replace the database, files and keys of this installation?", abort=True)
    opener = backup_seal.from_escrow(escrow_key) if escrow_key else _passphrase(confirm=False)
    restored = backup_restore.restore(source, opener=opener, at=clock.now())
    Console().print(restored.summary(), highlight=False)


@keys.command(name="list")
def list_keys() -> None:
    """Every key held: what it is for, who answers for it, its version and age."""
    table = Table(
        Column("Key", no_wrap=True), "For", "Answers for it", "Version", "Made on", "Due"
    )
    for state in keys_rotation.states(settings.KEYS, at=clock.now()):
        row = (state.kind.name, state.kind.purpose, state.kind.owner, str(state.number))
        table.add_row(*row, f"{state.made_at:%d %B %Y}", "yes" if state.is_due else "")
    Console().print(table)


@keys.command()
def rotate(name: Annotated[str, typer.Argument(help="As “keys list” names it.")]) -> None:
    """Replace a key; what the old one protected is moved under the new one first."""
    plan = database.plan()
    with plan.running():
        done = keys_rotation.rotate(name, keys=settings.KEYS, plan=plan, at=clock.now())
    Console().print(
        f"{done.name} is now version {done.number}; {done.resealed} sealed again. "
        "Restart “crossforce serve” if it runs.",
        highlight=False,
    )


@keys.command()
def escrow(
    private_key: Annotated[Path, typer.Argument(help="Where to write it, once.")],
) -> None:
    """Make the pair of keys that opens backups; take the private one off this machine."""
    backup_seal.make_escrow(settings.KEYS.folder, private_key)
    Console().print(
        f"Wrote the private key to {private_key}. Move it to the escrow holder's safe: "
        "this installation keeps only the public half.",
        highlight=False,
    )


def _passphrase(*, confirm: bool) -> backup_seal.Passphrase:
    given = backup_seal.passphrase_from_environment()
    asked = given or typer.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm)
    return backup_seal.Passphrase(asked)
