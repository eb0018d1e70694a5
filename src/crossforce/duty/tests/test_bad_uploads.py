"""Bad files as people and machines send them: by the page and by the API, each told with row and column."""

import html
import io
from collections.abc import Callable
from typing import Any, Final, NamedTuple
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from crossforce.duty.operations import mappings
from crossforce.duty.operations.arriving import WAITING
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import DAYS, NESTED, ROW, SHIFTS
from crossforce.duty.tests.factories import AT, rows
from crossforce.duty.tests.test_bad_files import CASES, GOOD, Case, row
from crossforce.duty.tests.uploads import asha, bodies, few_bodies, place, sent, settled
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Player
from crossforce.kernel.testing.soon import until

__all__ = ["asha", "bodies", "few_bodies", "place"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TEXT: Final = SHIFTS.decode()
FORCES: Final = f"{ROW.strip()};Force\n{GOOD};gloucestershire\n{row()};wiltshire\n".encode(
    "cp1252"
)
TOO_MUCH: Final = rows(GOOD) + b"\n" * 1_000_000
PEOPLE: Final = b"""{"data": {"people": [{"number": "1234", "rota": {"duties": [{"id": "1", "kind": "duty",
 "unit": "roads", "from": "2026-11-21T07:00:00Z", "to": "2026-11-21T15:00:00Z"}]}}]}}"""


def ours(text: bytes, name: str, force: str) -> str:
    """The mapping, as one of this force under the name that is asked for."""
    return text.decode().replace(name, "wiltshire-shifts").replace(f'"{force}"', '"wiltshire"')


BY_CODES: Final = ours(DAYS, "avon-and-somerset-days", "avon-and-somerset")
BY_PEOPLE: Final = ours(NESTED, "gloucestershire-people", "gloucestershire")
MORE: Final = {
    "negative duration": (TEXT.replace("past_midnight = true", ""), Case(rows(GOOD, row(To="06:00")), "negative-duration", 3, "To", "ends before it begins")),
    "unknown duty code": (BY_CODES, Case(b"Person,Day,Duty\n1234,2026-11-21,E\n1235,2026-11-21,Q\n", "unknown-code", 3, "Duty", "'Q' is no known duty code")),
    "more after the end": (BY_PEOPLE, Case(PEOPLE + b"\n{}", "json", 1, "", "Line 3, column 1 of the file is not JSON", 0)),
    "cut off": (BY_PEOPLE, Case(PEOPLE[:-1], "json", 1, "", "'the end' stands where", 0)),
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
    until(lambda: not list(WAITING.folder().iterdir()))


class Streamed(io.RawIOBase):
    """A form with a file of 200 MB, made while it is read."""

    BOUNDARY: Final = "a-long-boundary"
    PIECE: Final = (GOOD + "\n").encode() * 1_000

    def __init__(self, **fields: str) -> None:
        head = "".join(
            f'--{self.BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n'
            for name, said in fields.items()
        )
        file = 'Content-Disposition: form-data; name="file"; filename="duties.csv"'
        head += f"--{self.BOUNDARY}\r\n{file}\r\nContent-Type: text/csv\r\n\r\n{ROW}"
        self._held, self._tail = head.encode(), f"\r\n--{self.BOUNDARY}--\r\n".encode()
        self._left = 200_000_000 // len(self.PIECE)
        self.size = len(self._held) + self._left * len(self.PIECE) + len(self._tail)

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        if not self._held and self._left >= 0:
            self._held = self.PIECE if self._left else self._tail
            self._left -= 1
        found, self._held = self._held[: len(into)], self._held[len(into) :]
        into[: len(found)] = found
        return len(found)

    def sent(self, player: Player, address: str) -> Any:
        given: Any = {
            "wsgi.input": io.BufferedReader(self, 1 << 20),
            "CONTENT_LENGTH": str(self.size),
        }
        form = f"multipart/form-data; boundary={self.BOUNDARY}"
        return player.client.post(address, content_type=form, **given)


@pytest.mark.parametrize("way", WAYS)
def test_a_file_of_200_mb_is_refused_where_the_mapping_allows_100(
    asha: Player, way: str
) -> None:
    mapping, key = mappings.keep(actor=asha.actor, text=TEXT, at=AT), str(new_id())
    if way == "api":
        form = Streamed(mapping="wiltshire-shifts", idempotency_key=key)
        pushed = form.sent(asha, "/api/v1/duty/imports")
        assert pushed.status_code in (200, 202), pushed.content
        said = asha.client.get(f"/api/v1/duty/imports/{pushed.json()['id']}?wait=1").json()
        assert said["state"] == "refused"
        (told,) = (each["message"] + each["remedy"] for each in said["refused"])
    else:
        form = Streamed(mapping=str(mapping), idempotency_key=key)
        answer = form.sent(asha, reverse("duty:import-send"))
        assert answer.status_code == 302, answer.content
        told = settled(asha, answer.headers["Location"], wanted='id="refused"')
    assert "The file is larger than 100 MB." in told
    assert "raise file.limit_megabytes" in told
    assert not factories.entries(asha.actor)
    assert not list(WAITING.folder().iterdir())
