"""The demonstration's records, as the file has them."""

from crossforce.kernel.registry import record_kinds
from crossforce.records.choices import MARKINGS
from crossforce.world.operations import accounts, records


def test_names_accounts_kinds_and_markings_that_there_are() -> None:
    given = records.content()
    known = {row["username"] for row in accounts.rows()}
    for row in given["record"]:
        assert row["by"] in known
        kind = record_kinds.get(row["kind"])
        assert kind is not None
        assert set(row["fields"]) <= set(kind.fields)
        assert row["marking"] in MARKINGS
    assert {row["by"] for row in given["proposal"]} <= known


def test_ties_records_that_there_are() -> None:
    given = records.content()
    keys = [row["key"] for row in given["record"]]
    assert len(keys) == len(set(keys))
    ends = {row[end] for row in given["link"] for end in ("one", "other")}
    assert ends | {row["record"] for row in given["proposal"]} <= set(keys)


def test_says_of_itself_that_it_is_invented() -> None:
    assert records.content()["mark"] == "(synthetic)"
