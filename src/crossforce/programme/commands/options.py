"""What the commands of the programme share."""

from pathlib import Path
from typing import Annotated, Final

import typer

from crossforce.kernel.options import User as User
from crossforce.kernel.options import fresh
from crossforce.people.api import acting_as

acting = acting_as
REFUSED, IN_PART = 1, 3  # 2 is a command that was typed wrongly
ToFile = Annotated[
    Path | None,
    typer.Option(
        "--to",
        callback=fresh,
        help="Write them to this file, as CSV; one that is there is kept.",
    ),
]
FORMS: Final = ("csv", "xlsx")
