"""House rule: a guarded table has a declared record kind of its own."""

import pytest

from crossforce.kernel import guarded
from crossforce.kernel.guarded_watch import Gathered
from crossforce.kernel.ids import new_id
from crossforce.kernel.registry import record_kinds


def test_every_guarded_model_has_a_declared_kind() -> None:
    undeclared = [
        model.__name__
        for model in guarded.models_of()
        if getattr(model, "record_kind", "") not in record_kinds
    ]
    assert not undeclared


def test_no_two_guarded_models_share_a_kind() -> None:
    kinds = [model.record_kind for model in guarded.models_of()]  # type: ignore[attr-defined]
    assert len(kinds) == len(set(kinds))


def test_a_row_is_unscoped_until_scopes_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "_source", [])
    of = guarded.ScopeOf(holder="wiltshire", kind="people.skill")
    assert guarded.scope(of) == guarded.UNSCOPED


@pytest.mark.django_db
def test_a_scope_has_one_number() -> None:
    wiltshire, cumbria = (
        guarded.ScopeOf(holder=code, kind="people.skill") for code in ("wiltshire", "cumbria")
    )
    assert guarded.scope(wiltshire) == guarded.scope(wiltshire) != guarded.scope(cumbria)
    assert guarded.scope(wiltshire) != guarded.UNSCOPED


def test_a_page_of_rows_is_seen_but_for_what_was_written_just_now() -> None:
    gathered, of_all = (Gathered(next(iter(guarded.models_of()))) for _ in range(2))
    written, first, second = (new_id() for _ in range(3))
    of_all.saw_page([(first, 1), (second, 2)])
    assert list(of_all.consulted.items()) == [(first, 1), (second, 2)]
    gathered.wrote(gathered.collected, [(written, 1)])
    gathered.saw_page([(written, 1), (second, None)])
    gathered.saw_page([(first, 1), (second, 2)])
    assert list(gathered.consulted.items()) == [(second, 2), (first, 1)]
