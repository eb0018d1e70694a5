"""Who reads or writes the table of sessions becomes nobody by it."""

import pytest
from django.contrib.sessions.models import Session

from crossforce.kernel.web.sessions import SessionStore, stored

pytestmark = pytest.mark.django_db


def saved(**data: str) -> str:
    store = SessionStore()
    store.update(data)
    store.create()
    assert store.session_key
    return store.session_key


class TestSessions:
    def test_are_kept_and_found_by_their_key(self) -> None:
        key = saved(who="asha")
        assert SessionStore(key)["who"] == "asha"
        assert SessionStore(key).exists(key)

    def test_the_table_holds_no_key(self) -> None:
        key = saved(who="asha")
        row = Session.objects.get()
        assert row.session_key == stored(key) != key
        assert SessionStore(row.session_key).load() == {}

    def test_data_is_worth_nothing_under_another_key(self) -> None:
        asha, cole = saved(who="asha"), saved(who="cole")
        theirs = Session.objects.get(session_key=stored(asha)).session_data
        Session.objects.filter(session_key=stored(cole)).update(session_data=theirs)
        assert SessionStore(cole).load() == {}

    def test_a_new_key_keeps_the_data_and_forgets_the_old(self) -> None:
        key = saved(who="asha")
        store = SessionStore(key)
        store.cycle_key()
        assert SessionStore(store.session_key)["who"] == "asha"
        assert SessionStore(key).load() == {}

    def test_goes_when_it_is_flushed(self) -> None:
        SessionStore(saved(who="asha")).flush()
        assert not Session.objects.exists()
