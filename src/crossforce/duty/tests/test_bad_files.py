"""What is wrong with a file is told with row and column, whichever way it came; nothing comes in half."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from typer.testing import CliRunner

from crossforce.duty.commands import commands
from crossforce.duty.mapping import Duty, Finding, parse
from crossforce.duty.operations import arriving, importing, mappings, staging
from crossforce.duty.operations.watching import Watch, below
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import NESTED, ROW, SHIFTS, described
from crossforce.duty.tests.factories import AT, entries, rows
from crossforce.intake import api as intake
from crossforce.kernel import registry
from crossforce.people.api import Actor

pytestmark = pytest.mark.django_db
GOOD: Final = factories.EARLY
FORCE: Final = SHIFTS.decode().replace("[columns]", '[columns]\nforce = "Force"')


class Case(NamedTuple):
    """A bad file, and what is told of it; `new` is how many of its duties come in all the same."""

    content: bytes
    rule: str
    row: int
    column: str
    says: str
    new: int = 1


def row(**cells: str) -> str:
    names = ROW.strip().split(";")
    values = dict(
        zip(
            names,
            ["2", "1235", "21/11/2026", "07:00", "15:00", "SOU", "XG02", "", "AV", "", ""],
            strict=True,
        )
    )
    return ";".join(
        (values | {name.replace("_", " "): cell for name, cell in cells.items()}).values()
    )


CASES: Final = {
    "wrong encoding": Case(rows(GOOD).decode().replace("Devizes", "Dévizes").encode("utf-8"), "encoding", 2, "Base", "not in the encoding cp1252", 0),
    "bytes of no encoding": Case(rows(GOOD, row()).replace(b";XG02;", b";XG02;Dev\x81zes"), "encoding", 3, "Base", "The byte 0x81 stands there", 0),
    "empty": Case(b"\r\n \n", "empty-file", 0, "", "The file is empty", 0),
    "mixed date orders": Case(rows(GOOD, row(Date="11/21/2026")), "date-order", 3, "Date", "the other way round", 0),
    "overlapping shifts": Case(rows(GOOD, row(Collar="1234", From="14:00", To="22:00")), "overlap", 3, "From", "overlaps"),
    "unknown unit": Case(rows(GOOD, row(Team="XYZ")), "unknown-code", 3, "Team", "'XYZ' is no known unit"),
    "too long": Case(rows(GOOD, row(To="")), "time-form", 3, "To", "not a date or time"),
    "formula": Case(rows(GOOD, row(Base="=cmd|' /C calc'!A0")), "formula", 3, "Base", "run as a formula"),
    "another delimiter": Case(rows(GOOD).replace(b";", b","), "heading-missing", 1, "Shift no", "none of the mapping's headings", 0),
    "quotation without end": Case(rows(GOOD, row(Base='"Devizes')), "csv", 3, "", "Row 3 is not CSV", 0),
    "header missing": Case(rows(GOOD).split(b"\n", 1)[1], "heading-missing", 1, "Shift no", "begins with '1', '1234', '21/11/2026'", 0),
    "two headings missing": Case(rows(GOOD).replace(b"Collar;", b"Colar;").replace(b"To;", b"Until;"), "heading-missing", 1, "Collar", "no headings 'Collar' and 'To', where columns.staff and columns.end_time look", 0),
    "nobody": Case(rows(GOOD, row(Collar="9999")), "unknown-person", 3, "Collar", "Nobody with the number"),
}  # fmt: skip


@pytest.fixture
def planner(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Actor:
    settings.VAR = tmp_path / "var"
    factories.policy()
    factories.unit()
    factories.unit("roads")
    factories.person("1234")
    factories.person("1235")
    actor = factories.planner()
    mappings.keep(actor=actor, text=SHIFTS.decode(), at=AT)
    monkeypatch.setattr(registry, "actor_named", lambda *_given: actor)
    return actor


def by_page(actor: Actor, content: bytes, _place: Path) -> list[Finding]:
    """As the pages and the API do."""
    file = intake.Arrived(SHIFTS.decode(), "duties.csv", [content])
    key, _ = arriving.receive(actor=actor, file=file, at=AT)
    checked = arriving.DESK.check(actor=actor, key=key, at=AT)
    assert not entries(actor)
    if checked.state == "refused":
        return checked.findings
    return arriving.DESK.run(actor=actor, key=key, at=AT).findings


def by_folder(actor: Actor, content: bytes, place: Path) -> list[Finding]:
    """As the watched folder does."""
    (place / "wiltshire-shifts").mkdir()
    (place / "wiltshire-shifts" / "duties.csv").write_bytes(content)
    watch = Watch(below(place, lambda: actor))
    list(watch.look(at=AT))
    (brought,) = watch.look(at=AT)
    return brought.outcome.findings


WAYS: Final[dict[str, Callable[[Actor, bytes, Path], list[Finding]]]] = {
    "page": by_page,
    "folder": by_folder,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", CASES)
def test_each_is_told_where_it_stands(
    planner: Actor, tmp_path: Path, name: str, way: str
) -> None:
    case, place = CASES[name], tmp_path / "incoming"
    place.mkdir()
    (finding,) = WAYS[way](planner, case.content, place)
    assert (finding.rule, finding.row, finding.column) == case[1:4]
    assert case.says in finding.message
    assert len(entries(planner)) == case.new


@pytest.mark.parametrize("name", CASES)
def test_the_command_says_it_too(planner: Actor, tmp_path: Path, name: str) -> None:
    case = CASES[name]
    (tmp_path / "m.toml").write_bytes(SHIFTS)
    (tmp_path / "duties.csv").write_bytes(case.content)
    given = ["import", str(tmp_path / "m.toml"), str(tmp_path / "duties.csv"), "--as", "x"]
    done = CliRunner().invoke(commands, given)
    assert done.exit_code == (3 if case.new else 1), done.output
    assert case.says in done.output
    assert not case.row or f"row {case.row}" in done.output
    assert ("refused whole, nothing of it was brought in" in done.output) is not bool(case.new)
    assert len(entries(planner)) == case.new


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_byte_of_another_encoding_is_told_with_row_and_column(encoding: str) -> None:
    mapping = described(SHIFTS, ("cp1252", encoding))
    content = rows(GOOD, row(Base='"Bath;\nDévizes"'))
    found = parse(io.BytesIO(content), mapping)
    (finding,) = (each for each in found if isinstance(each, Finding))
    assert (finding.rule, finding.row, finding.column) == ("encoding", 4, "Base")
    assert "0xe9" in finding.message


LATE: Final = rows(*[GOOD] * 20_000, "")
"""More than is looked at before a file is read."""


@pytest.mark.parametrize("before", [rows(GOOD, ""), LATE], ids=["first", "late"])
@pytest.mark.parametrize(
    ("encoding", "base", "says", "remedy"),
    [
        ("cp1252", b"D\x81vizes", "The byte 0x81 stands there", "the export's own"),
        ("cp1252", "Dévizes".encode(), "are those of utf-8", '"utf-8"'),
        ("cp1252", "Ávebury".encode(), "are those of utf-8|The byte 0x81", '"utf-8"'),
        ("iso-8859-1", "Dévizes".encode(), "are those of utf-8", '"utf-8"'),
        ("utf-8", b"D\xe9vizes", "The byte 0xe9 stands there", "the export's own"),
        ("ascii", "Dévizes".encode(), "The byte 0xc3 stands there", '"utf-8"'),
    ],
)
def test_what_is_not_in_the_encoding_is_told_with_row_and_column_wherever_it_stands(
    before: bytes, encoding: str, base: bytes, says: str, remedy: str
) -> None:
    content = before + row().encode().replace(b";XG02;", b";XG02;" + base)
    found = parse(io.BytesIO(content), described(SHIFTS, ("cp1252", encoding)))
    (finding,) = (each for each in found if isinstance(each, Finding))
    place = finding.rule, finding.row, finding.column, finding.is_whole
    assert place == ("encoding", before.count(b"\n") + 1, "Base", True)
    assert re.search(says, finding.message)
    assert remedy in finding.remedy


def test_letters_of_the_encoding_are_read_although_some_could_be_of_another() -> None:
    content = LATE + row(Base="DÃ©vizes").encode("cp1252") + b"\n" + row(Base="Dévizes").encode("cp1252")  # fmt: skip
    found = list(parse(io.BytesIO(content), described(SHIFTS)))
    assert [each.location for each in found[-2:] if isinstance(each, Duty)] == ["DÃ©vizes", "Dévizes"]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "row", "column"), [((), 0, 14), ((('"json"', '"jsonl"'), ('rows = "data.people"', "")), 2, 14)]
)  # fmt: skip
def test_in_json_its_line_and_column_are_told(
    change: tuple[tuple[str, str], ...], row: int, column: int
) -> None:
    content = b'{"data": {"people": [\n{"number": "1\xe934", "rota": {"duties": []}}]}}'
    if change:
        content = b'{"rota": {"duties": []}}\n{"number": "1\xe934"}'
    (finding,) = parse(io.BytesIO(content), described(NESTED, *change))
    assert isinstance(finding, Finding)
    assert (finding.rule, finding.row, finding.is_whole) == ("encoding", row, True)
    assert f"The byte 0xe9 stands in line 2, column {column} of the file" in finding.message


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (rows(GOOD).decode().encode("utf-16-le"), "with its byte order mark"),
        (rows(GOOD).decode().encode("utf-16-be"), "with its byte order mark"),
        (rows(GOOD).decode().encode("utf-8"), 'file.encoding to "utf-8"'),
        (rows(GOOD, row(Base="Dévizes")), "the export's own"),
    ],
)
def test_a_missing_byte_order_mark_is_told(content: bytes, remedy: str) -> None:
    (finding,) = parse(io.BytesIO(content), described(SHIFTS, ("cp1252", "utf-16")))
    assert isinstance(finding, Finding)
    assert finding.is_whole
    assert (finding.rule, finding.row) == ("encoding", 0)
    assert "does not begin with the byte order mark" in finding.message
    assert remedy in finding.remedy


def test_a_file_at_which_we_fail_is_refused_and_says_so(
    planner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = intake.Arrived(SHIFTS.decode(), "duties.csv", [rows(GOOD)])
    key, _ = arriving.receive(actor=planner, file=file, at=AT)
    monkeypatch.setattr(importing, "bring_in", None)
    outcome = arriving.DESK.check(actor=planner, key=key, at=AT)
    assert outcome.state == "refused"
    assert [each.rule for each in outcome.findings] == ["fault"]
    assert "on our side" in outcome.findings[0].message


@pytest.mark.parametrize("is_rehearsal", [True, False])
def test_a_file_over_its_limit_is_refused_before_it_is_read(
    planner: Actor, monkeypatch: pytest.MonkeyPatch, is_rehearsal: bool
) -> None:
    monkeypatch.setattr(staging, "stage", None)
    text = SHIFTS.decode().replace("[file]", "[file]\nlimit_megabytes = 1")
    content = rows(GOOD) + b"\n" * 1_000_000
    sent = importing.Sent(mappings.understood(text), io.BytesIO(content), "duties.csv")
    outcome = importing.bring_in(actor=planner, sent=sent, at=AT, is_rehearsal=is_rehearsal)
    assert outcome.state == "refused"
    assert [each.rule for each in outcome.findings] == ["too-large"]


@pytest.mark.parametrize(
    ("before", "after", "says", "remedy"),
    [
        ('function = "firearms"', 'function = "firearmz"', "'firearmz' is no known function", "Did you mean 'firearms'? If not: Correct values.function"),
        ('SOU = "tri-force-sou"', 'SOU = "tri-force-sox"', "'tri-force-sox' is no known unit", "Correct what [codes.unit] of the mapping makes of 'SOU'"),
    ],
)  # fmt: skip
def test_a_code_that_the_mapping_itself_has_wrong_is_told_of_the_mapping(
    planner: Actor, before: str, after: str, says: str, remedy: str
) -> None:
    of = described(SHIFTS, (before, after))
    sent = importing.Sent(of, io.BytesIO(rows(GOOD)), "duties.csv")
    outcome = importing.bring_in(actor=planner, sent=sent, at=AT)
    (finding,) = outcome.findings
    assert says in finding.message
    assert remedy in finding.remedy
    assert finding.is_whole is (outcome.state == "refused")
    assert not entries(planner)


def test_a_person_of_another_force_is_refused(planner: Actor, tmp_path: Path) -> None:
    text = ROW.strip() + ";Force\n" + GOOD + ";gloucestershire\n" + row() + ";wiltshire\n"
    file = intake.Arrived(FORCE, "duties.csv", [text.encode("cp1252")])
    key, _ = arriving.receive(actor=planner, file=file, at=AT)
    (finding,) = arriving.DESK.run(actor=planner, key=key, at=AT).findings
    assert (finding.rule, finding.row, finding.column) == ("other-force", 2, "Force")
    assert "gloucestershire" in finding.message


def test_a_duty_that_ends_before_it_begins_is_refused(planner: Actor) -> None:
    text = SHIFTS.decode().replace("past_midnight = true", "")
    file = intake.Arrived(text, "duties.csv", [rows(GOOD, row(To="06:00"))])
    key, _ = arriving.receive(actor=planner, file=file, at=AT)
    (finding,) = arriving.DESK.run(actor=planner, key=key, at=AT).findings
    assert (finding.rule, finding.row, finding.column) == ("negative-duration", 3, "To")
