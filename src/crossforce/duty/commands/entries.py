"""Single duties on the command line."""

from typing import Annotated, Any, Final
from uuid import UUID

import typer

from crossforce.duty.choices import Absence, What
from crossforce.duty.commands.options import Moment, MomentOrNone, User, acting
from crossforce.duty.operations import entries as operations
from crossforce.duty.queries import entries as reads
from crossforce.kernel import clock

commands = typer.Typer()
Entry = Annotated[
    UUID, typer.Argument(help="The duty, by the identifier that `duty board` prints.")
]


def option(about: str) -> Any:
    """What is said of an option that both commands have."""
    return typer.Option(help=about)


WHAT: Final = option(f"One of: {', '.join(What)}.")
UNIT: Final = option("The code of the unit, such as tri-force-sou; without it, none.")
FUNCTION: Final = option("The code of a function, such as firearms.")
CALL_SIGN: Final = option("The call sign.")
ROLE: Final = option("The code of the role on this duty.")
WHERE: Final = option("Where, in words.")
LATITUDE: Final = option("Where, in degrees north, such as 51.4719.")
LONGITUDE: Final = option("Where, in degrees east, such as -2.0958.")
STATUS: Final = option("A national status code, such as 2.")
ABSENCE: Final = option(f"Why somebody is away. One of: {', '.join(Absence)}.")


@commands.command()
def add(
    number: Annotated[str, typer.Argument(help="The person's number in the organisation.")],
    starts_at: Moment,
    ends_at: Moment,
    user: User,
    what: Annotated[str, WHAT] = "duty",
    unit: Annotated[str, UNIT] = "",
    function: Annotated[str, FUNCTION] = "",
    call_sign: Annotated[str, CALL_SIGN] = "",
    role: Annotated[str, ROLE] = "",
    location: Annotated[str, WHERE] = "",
    status: Annotated[str, STATUS] = "",
    absence: Annotated[str, ABSENCE] = "",
    latitude: Annotated[float | None, LATITUDE] = None,
    longitude: Annotated[float | None, LONGITUDE] = None,
) -> None:
    """Add one person's duty, on-call or absence; prints its identifier.

    Example: crossforce duty add 3001 --starts-at 2026-11-21T07:00 --ends-at 2026-11-21T15:00
    --unit tri-force-sou --function firearms --call-sign TF01 --as planner-wiltshire
    """
    new = operations.NewEntry(
        number,
        what,
        starts_at,
        ends_at,
        unit,
        function,
        call_sign,
        role,
        location,
        status,
        absence,
        latitude,
        longitude,
    )
    typer.echo(operations.add_entry(actor=acting(user), new=new, at=clock.now()))


@commands.command()
def change(
    entry: Entry,
    user: User,
    starts_at: MomentOrNone = None,
    ends_at: MomentOrNone = None,
    what: Annotated[str | None, WHAT] = None,
    function: Annotated[str | None, FUNCTION] = None,
    call_sign: Annotated[str | None, CALL_SIGN] = None,
    role: Annotated[str | None, ROLE] = None,
    location: Annotated[str | None, WHERE] = None,
    status: Annotated[str | None, STATUS] = None,
    absence: Annotated[str | None, ABSENCE] = None,
    latitude: Annotated[float | None, LATITUDE] = None,
    longitude: Annotated[float | None, LONGITUDE] = None,
) -> None:
    """Change what a duty says; what is not given stays, and "" empties it.

    Person and unit stay: to change them, cancel the duty and add another. Another place empties the
    coordinates, unless they are given with it.

    Example: crossforce duty change 0198c0de-… --ends-at 2026-11-21T17:00 --location Devizes
    --as planner-wiltshire
    """
    actor = acting(user)
    given = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "what": what,
        "function": function,
        "call_sign": call_sign,
        "role": role,
        "location": location,
        "status": status,
        "absence": absence,
        "latitude": latitude,
        "longitude": longitude,
    }
    said = {name: value for name, value in given.items() if value is not None}
    if not said:
        raise typer.BadParameter("say what is to be changed")
    operations.change_entry(
        actor=actor,
        entry=entry,
        version=reads.one_entry(actor, entry).version,
        given=said,
        at=clock.now(),
    )


@commands.command()
def status(entry: Entry, code: str, user: User) -> None:
    """Set the status of somebody on duty, by the national codes."""
    actor = acting(user)
    version = reads.one_entry(actor, entry).version
    operations.set_status(
        actor=actor, entry=entry, version=version, status=code, at=clock.now()
    )


@commands.command()
def cancel(entry: Entry, user: User) -> None:
    """Cancel a duty: it stays, and is on no board."""
    actor = acting(user)
    version = reads.one_entry(actor, entry).version
    operations.cancel_entry(actor=actor, entry=entry, version=version, at=clock.now())
