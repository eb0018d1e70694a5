"""Subjects of ledger entries have names, whoever names them."""

import pytest

from crossforce.kernel import registry, subjects
from crossforce.kernel.registry import RecordKind, Shelf


def test_one_that_nobody_names_is_read_out() -> None:
    found = subjects.names_of(["some.dark-thing:7", "some.dark-thing:" + "a" * 30 + "c61f22"])
    assert sorted(found.values()) == ["Dark thing 7", "Dark thing …c61f22"]


def test_a_whole_kind_is_named_by_its_title(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds: Shelf[RecordKind] = Shelf("record kind")
    kinds.add("some.note", RecordKind("some.note", "Note", plural="Notes"))
    kinds.add("some.staff", RecordKind("some.staff", "Member of staff"))
    monkeypatch.setattr(registry, "record_kinds", kinds)
    assert subjects.names_of(["some.note", "some.staff", "some.other-thing"]) == {
        "some.note": "Notes",
        "some.staff": "Member of staff",
        "some.other-thing": "Other thing",
    }


def test_what_stands_between_two_is_not_searched_by_words() -> None:
    with pytest.raises(ValueError, match="found by these"):
        RecordKind("some.tie", "Tie", ends=("some.note",), search_fields=("words",))
