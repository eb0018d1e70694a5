"""A force with sources, and files of them, for tests."""

import io
import re
from pathlib import Path
from typing import Any, Final

from crossforce.nominals.choices import LOAD, QUARANTINE, SOURCE
from crossforce.nominals.operations import loading
from crossforce.nominals.operations.loading import Outcome, Sent
from crossforce.nominals.tests import holding
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records.tests.factories import AT, HERE

DOCUMENT: Final = (
    Path(__file__).parents[4] / "docs" / "formats" / "nominal-mapping.md"
).read_text()
MAPPING, FILE = re.findall(r"```(?:toml|csv)\n(.*?)```", DOCUMENT, re.DOTALL)[:2]
"""The example of the documentation: a mapping, and the file that it reads."""
PEOPLE: Final = MAPPING.replace('"wiltshire"', f'"{HERE}"')
HEADING: Final = "Nominal,Team,Entered,Deleted,Surname,Forename 1,Forename 2,Alias surname,Alias forenames,Born,Sex,Street,Locality,Town,Postcode,At address since,PNCID,Telephone,Roles,Markers"  # fmt: skip
COLUMNS: Final = HEADING.split(",")
SOUND: Final = {
    "Nominal": "W1", "Team": "CID", "Entered": "03/04/2024", "Surname": "Penhallow", "Forename 1": "Merryn",
    "Born": "09/03/1987", "Sex": "F", "Town": "Swindon", "Roles": "S",
}  # fmt: skip


def policy() -> None:
    """This force's own: its people load what it holds."""
    holding.policy("own", kinds=(*holding.KINDS, SOURCE, LOAD, QUARANTINE))


def analyst(force: str = HERE) -> Actor:
    """Who loads records."""
    return people.actor("analyst", force, name="Asha Rees")


def row(**cells: str) -> str:
    """A sound row of the example's export, with some cells otherwise."""
    said = SOUND | {name.replace("_", " "): text for name, text in cells.items()}
    return ",".join(said.get(name, "") for name in COLUMNS)


def table(*rows: str) -> bytes:
    """A file of such rows."""
    return "\n".join((HEADING, *rows, "")).encode()


def loaded(actor: Actor, content: bytes, mapping: str = PEOPLE, **more: Any) -> Outcome:
    """A file, loaded."""
    sent = Sent(mapping, io.BytesIO(content), "people.csv")
    return loading.load(actor=actor, sent=sent, at=AT, **more)
