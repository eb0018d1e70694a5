"""Commands that look after what is kept: read it all again, replace a holder's key."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from crossforce.kernel import clock, database, events
from crossforce.kernel.files import fixity, keyring
from crossforce.kernel.keys_rotation import KeyRotated

files = typer.Typer(name="files", help="The files of this installation: check, rotate.")


@files.command()
def check(
    holder: Annotated[str, typer.Option(help="Only what this organisation keeps.")] = "",
    mend: Annotated[bool, typer.Option(help="Mend a copy from the other one.")] = True,
) -> None:
    """Read every stored file again and name each that is not as it was kept. Exit code 1 when one stays so."""
    console = Console()
    with database.plan().running():
        tally = fixity.Tally()
        for found in track(fixity.examine(holder=holder, mends=mend), "Reading", total=None):
            tally.add(found)
            for fault in found.faults:
                console.print(f"✗ {fault}", highlight=False)
        told = tally.told(clock.now())
        for event in told:
            events.publish(event)
    files, size, faults, mended = (
        sum(getattr(each, name) for each in told)
        for name in ("files", "size", "faults", "mended")
    )
    console.print(
        f"{files} files, {size:,} bytes: {faults} faults, {mended} mended.", highlight=False
    )
    raise typer.Exit(code=int(bool(tally.unsound)))


@files.command()
def rotate(
    holder: Annotated[str, typer.Argument(help="The organisation, by its code.")],
) -> None:
    """Replace the key of all that an organisation keeps. No file is written anew."""
    with database.plan().running():
        number, resealed = keyring.rotate(holder)
        events.publish(KeyRotated(f"holder:{holder}", number, resealed, clock.now()))
    Console().print(f"{holder}: {resealed} keys of files sealed again.", highlight=False)
