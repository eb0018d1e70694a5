"""What the commands of evidence ask alike."""

from typing import Annotated

import typer

Exhibit = Annotated[
    str,
    typer.Argument(
        help="The exhibit: its reference, such as JAS/1, or op-heron:JAS/1 where several cases have one; or its identifier."
    ),
]
