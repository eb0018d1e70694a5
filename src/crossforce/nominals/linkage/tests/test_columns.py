"""Values are made alike before they are compared, and nothing else is."""

import pyarrow as pa
import pytest

from crossforce.nominals.linkage import working
from crossforce.nominals.linkage.columns import (
    Column,
    Role,
    UnusableTable,
    plain_values,
    records,
)


@pytest.mark.parametrize(
    ("role", "written", "compared"),
    [
        (Role.SURNAME, "O’Brien-Smith", "obriensmith"),
        (Role.SURNAME, "Müller", "muller"),
        (Role.SURNAME, "Groß", "gross"),
        (Role.SURNAME, "Łukasz", "lukasz"),
        (Role.FORENAME, "  Mary   Ann ", "mary ann"),
        (Role.BORN, "1971-06-24", "19710624"),
        (Role.BIRTH, "1980-05", "198005"),
        (Role.POSTCODE, "bs1 4dj", "bs14dj"),
        (Role.ADDRESS, "12, High-Street", "12 high street"),
        (Role.EMAIL, "A.B@Example.org ", "a.b@example.org"),
        (Role.NUMBER, "07700 900-123", "07700900123"),
        (Role.CODE, " A\t\n b ", "a b"),
        (Role.PLACE, f"{'x' * 63} y z", f"{'x' * 63} "),
        (Role.SURNAME, "--", None),
        (Role.SURNAME, "", None),
        (Role.SURNAME, None, None),
    ],
)
def test_a_value_is_made_alike(role: Role, written: str | None, compared: str | None) -> None:
    assert plain_values(pa.array([written], pa.string()), role).to_pylist() == [compared]


def test_names_without_a_latin_letter_stay_apart() -> None:
    found = plain_values(pa.array(["Иванов", "Петров"]), Role.SURNAME).to_pylist()
    assert None not in found
    assert found[0] != found[1]


def test_a_date_in_three_columns_is_one() -> None:
    table = {"id": [1, 2], "y": [1949, None], "m": [7, 2], "d": [22, 3]}
    found = records(table, [Column("born", Role.BORN, ("y", "m", "d"))], ids="id")
    assert [found.value(row, 0) for row in (0, 1)] == ["19490722", None]


def test_a_single_record_starts_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "ThreadPoolExecutor", None)
    columns = [Column("name", Role.FORENAME), Column("town", Role.PLACE)]
    found = records({"id": [1], "name": ["Ann"], "town": ["Yate"]}, columns, ids="id")
    assert [found.value(0, column) for column in (0, 1)] == ["ann", "yate"]


def test_refuses_a_table_without_a_named_column() -> None:
    with pytest.raises(UnusableTable, match="no column born"):
        records({"id": [1]}, [Column("born", Role.BORN)], ids="id")
