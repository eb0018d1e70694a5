"""What is wrong with a file is told with row and column, whichever way it came; nothing comes in half."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from typer.testing import CliRunner

from crossforce.duty.commands import commands
from crossforce.duty.mapping import Finding, parse
from crossforce.duty.operations import arriving, importing, mappings
from crossforce.duty.operations.watching import Watch, below
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import ROW, SHIFTS, described
from crossforce.duty.tests.factories import AT, entries, rows
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
    "empty": Case(b"\r\n \n", "empty-file", 0, "", "The file is empty", 0),
    "mixed date orders": Case(rows(GOOD, row(Date="11/21/2026")), "date-order", 3, "Date", "the other way round", 0),
    "overlapping shifts": Case(rows(GOOD, row(Collar="1234", From="14:00", To="22:00")), "overlap", 3, "From", "overlaps"),
    "unknown unit": Case(rows(GOOD, row(Team="XYZ")), "unknown-code", 3, "Team", "'XYZ' is no known unit"),
    "too long": Case(rows(GOOD, row(To="")), "time-form", 3, "To", "not a date or time"),
    "formula": Case(rows(GOOD, row(Base="=cmd|' /C calc'!A0")), "formula", 3, "Base", "run as a formula"),
    "another delimiter": Case(rows(GOOD).replace(b";", b","), "heading-missing", 0, "Shift no", "no heading", 0),
    "quotation without end": Case(rows(GOOD, row(Base='"Devizes')), "csv", 3, "", "Row 3 is not CSV", 0),
    "header missing": Case(rows(GOOD).split(b"\n", 1)[1], "heading-missing", 0, "Shift no", "no heading", 0),
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
    file = arriving.Arrived(SHIFTS.decode(), "duties.csv", [content])
    key, _ = arriving.receive(actor=actor, file=file, at=AT)
    checked = arriving.check(actor=actor, key=key, at=AT)
    assert not entries(actor)
    if checked.state == "refused":
        return checked.findings
    return arriving.run(actor=actor, key=key, at=AT).findings


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
    assert len(entries(planner)) == case.new


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_byte_of_another_encoding_is_told_with_row_and_column(encoding: str) -> None:
    mapping = described(SHIFTS, ("cp1252", encoding))
    content = rows(GOOD, row(Base='"Bath;\nDévizes"'))
    (finding,) = parse(io.BytesIO(content), mapping)
    assert isinstance(finding, Finding)
    assert (finding.rule, finding.row, finding.column) == ("encoding", 4, "Base")
    assert "0xe9" in finding.message


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
    file = arriving.Arrived(SHIFTS.decode(), "duties.csv", [rows(GOOD)])
    key, _ = arriving.receive(actor=planner, file=file, at=AT)
    monkeypatch.setattr(importing, "bring_in", None)
    outcome = arriving.check(actor=planner, key=key, at=AT)
    assert outcome.state == "refused"
    assert [each.rule for each in outcome.findings] == ["fault"]
    assert "on our side" in outcome.findings[0].message


def test_a_file_over_its_limit_is_refused_before_it_is_read(
    planner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "bring_in", None)
    text = SHIFTS.decode().replace("[file]", "[file]\nlimit_megabytes = 1")
    file = arriving.Arrived(text, "duties.csv", [rows(GOOD) + b"\n" * 1_000_000])
    key, _ = arriving.receive(actor=planner, file=file, at=AT)
    outcome = arriving.run(actor=planner, key=key, at=AT)
    assert outcome.state == "refused"
    assert [each.rule for each in outcome.findings] == ["too-large"]


def test_a_person_of_another_force_is_refused(planner: Actor, tmp_path: Path) -> None:
    text = ROW.strip() + ";Force\n" + GOOD + ";gloucestershire\n" + row() + ";wiltshire\n"
    file = arriving.Arrived(FORCE, "duties.csv", [text.encode("cp1252")])
    key, _ = arriving.receive(actor=planner, file=file, at=AT)
    (finding,) = arriving.run(actor=planner, key=key, at=AT).findings
    assert (finding.rule, finding.row, finding.column) == ("other-force", 2, "Force")
    assert "gloucestershire" in finding.message


def test_a_duty_that_ends_before_it_begins_is_refused(planner: Actor) -> None:
    text = SHIFTS.decode().replace("past_midnight = true", "")
    file = arriving.Arrived(text, "duties.csv", [rows(GOOD, row(To="06:00"))])
    key, _ = arriving.receive(actor=planner, file=file, at=AT)
    (finding,) = arriving.run(actor=planner, key=key, at=AT).findings
    assert (finding.rule, finding.row, finding.column) == ("negative-duration", 3, "To")
