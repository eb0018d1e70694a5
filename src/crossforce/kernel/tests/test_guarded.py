"""House rule: a guarded table has a declared record kind of its own."""

import pytest

from crossforce.kernel import guarded
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
