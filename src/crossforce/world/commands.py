"""The demonstration world on the command line."""

import typer
from django.conf import settings

from crossforce.kernel import serving
from crossforce.kernel.refusals import Refused

commands = typer.Typer(name="world", help="The demonstration world.")


@commands.callback()
def world() -> None:
    """The demonstration world."""


@commands.command()
def load() -> None:
    """Load what of the demonstration world is missing; what is there is left alone."""
    if not settings.DEMONSTRATION:
        raise Refused(
            "The demonstration world is only loaded where CROSSFORCE_DEMONSTRATION is on."
        )
    serving.load_parts()
