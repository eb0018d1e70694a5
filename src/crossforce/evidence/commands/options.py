"""What the commands of evidence ask alike."""

from typing import Annotated
from uuid import UUID

import typer

Exhibit = Annotated[UUID, typer.Argument(help="The identifier of the exhibit.")]
