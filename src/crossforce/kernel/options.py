"""Options that commands of every app have alike."""

from typing import Annotated

import typer

User = Annotated[
    str,
    typer.Option(
        "--as", help="Who acts: a user name, <user>:<office>, or <user>:<office>:<purpose>."
    ),
]
