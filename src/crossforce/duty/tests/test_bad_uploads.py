"""Bad files as people and machines send them: by the page and by the API, each told with row and column."""

import html
from collections.abc import Callable
from typing import Final, NamedTuple
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from crossforce.duty.operations import mappings, waiting
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import ROW, SHIFTS
from crossforce.duty.tests.factories import AT, rows
from crossforce.duty.tests.test_bad_files import CASES, GOOD, Case, row
from crossforce.duty.tests.uploads import asha, bodies, few_bodies, place, sent, settled
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Player

__all__ = ["asha", "bodies", "few_bodies", "place"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TEXT: Final = SHIFTS.decode()
FORCES: Final = f"{ROW.strip()};Force\n{GOOD};gloucestershire\n{row()};wiltshire\n".encode(
    "cp1252"
)
TOO_MUCH: Final = rows(GOOD) + b"\n" * 1_000_000
MORE: Final = {
    "negative duration": (TEXT.replace("past_midnight = true", ""), Case(rows(GOOD, row(To="06:00")), "negative-duration", 3, "To", "ends before it begins")),
    "a person in two forces": (TEXT.replace("[columns]", '[columns]\nforce = "Force"'), Case(FORCES, "other-force", 2, "Force", "gloucestershire")),
    "larger than it may be": (TEXT.replace("[file]", "[file]\nlimit_megabytes = 1"), Case(TOO_MUCH, "too-large", 0, "", "larger than 1 MB", 0)),
    "a reference twice": (TEXT, Case(rows(GOOD, row(Shift_no="1")), "reference-twice", 3, "Shift no", "Row 2 has the reference '1' as well")),
    "not at all a table": (TEXT, Case(b"\0\1\2" * 1_000, "encoding", 0, "", "zero bytes", 0)),
}  # fmt: skip
ALL: Final = {name: (TEXT, case) for name, case in CASES.items()} | MORE


class Told(NamedTuple):
    """What was told of the one bad row, or of the file."""

    rule: str
    row: int
    column: str
    message: str
    remedy: str


def by_api(asha: Player, mapping: UUID, content: bytes) -> Told:
    file = SimpleUploadedFile("duties.csv", content)
    given = {"mapping": "wiltshire-shifts", "file": file, "idempotency_key": str(new_id())}
    pushed = asha.client.post("/api/v1/duty/imports", given)
    assert pushed.status_code in (200, 202), pushed.content
    found = asha.client.get(f"/api/v1/duty/imports/{pushed.json()['id']}?wait=1").json()
    (refused,) = found["refused"]
    return Told(*(refused[name] for name in Told._fields))


def by_page(asha: Player, mapping: UUID, content: bytes) -> Told:
    file = SimpleUploadedFile("duties.csv", content)
    answer = sent(asha, reverse("duty:import-send"), mapping=mapping, file=file)
    page = answer.headers["Location"]
    said = settled(asha, page, wanted='id="refused"')
    assert not factories.entries(asha.actor)
    if "Bring it in" in said:
        assert sent(asha, f"{page}run/").status_code == 302
        said = settled(asha, page, wanted="Brought in")
    body = said.partition("<tbody")[2].partition("</tbody>")[0]
    cells = [html.unescape(each.partition("</t")[0].partition(">")[2]) for each in body.split("<t")[2:]]  # fmt: skip
    place, column, message, remedy = cells
    row = 0 if place == "The file" else int(place.removeprefix("Row "))
    return Told("", row, column, message, remedy)


WAYS: Final[dict[str, Callable[[Player, UUID, bytes], Told]]] = {"api": by_api, "page": by_page}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ALL)
def test_is_told_where_it_stands_and_nothing_comes_in_half(
    asha: Player, name: str, way: str
) -> None:
    text, case = ALL[name]
    mapping = mappings.keep(actor=asha.actor, text=text, at=AT)
    told = WAYS[way](asha, mapping, case.content)
    assert told.rule in ("", case.rule)
    assert (told.row, told.column) == (case.row, case.column)
    assert case.says in told.message
    assert told.remedy
    assert len(factories.entries(asha.actor)) == case.new
    assert not list(waiting.folder().iterdir())
