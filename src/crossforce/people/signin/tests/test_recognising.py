"""A guess speeds up the next request of a session; it never lets in whom the session would not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from crossforce.kernel import clock
from crossforce.kernel.web import sessions
from crossforce.people.signin import recognising
from crossforce.people.signin.tests.conftest import Seated, signed_in
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/account/tokens/"


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def known(client: Client, asha: Seated) -> Client:
    """Asha, whose session names what is guessed."""
    assert "Asha Rees" in signed_in(client, asha).get(PAGE).content.decode()
    return client


def stored(client: Client) -> str:
    return sessions.stored(client.session.session_key or "")


def ended(client: Client, asha: Seated) -> None:
    Session.objects.filter(pk=stored(client)).update(
        expire_date=clock.now() - timedelta(seconds=1)
    )


def new_password(client: Client, asha: Seated) -> None:
    asha.account.set_password("another-river-lamp")
    factories.save(asha.account)


def closed(client: Client, asha: Seated) -> None:
    asha.account.is_active = False
    factories.save(asha.account)


def forged(client: Client, asha: Seated) -> None:
    data = Session.objects.values_list("session_data", flat=True).get(pk=stored(client))
    Session.objects.filter(pk=stored(client)).update(
        session_data=data[:-1] + ("B" if data[-1] == "A" else "A")
    )


def signed_out(client: Client, asha: Seated) -> None:
    Session.objects.filter(pk=stored(client)).delete()


class TestRecognise:
    @pytest.mark.parametrize("happens", [ended, new_password, closed, forged, signed_out])
    def test_who_may_no_longer_enter_is_sent_to_the_door(
        self, known: Client, asha: Seated, happens: Callable[[Client, Seated], None]
    ) -> None:
        known.get(PAGE)  # what was found good once is told from what is not
        happens(known, asha)
        response = known.get(PAGE)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/login/")

    def test_a_wrong_guess_makes_nobody_else(
        self, known: Client, asha: Seated, chief: Seated
    ) -> None:
        guess = recognising.Guess(chief.account.pk, chief.posting.pk)
        recognising._guesses[stored(known)] = guess
        page = known.get(PAGE).content.decode()
        assert "Asha Rees" in page
        assert "Chief Rees" not in page

    def test_a_posting_of_another_is_not_acted_in(
        self, known: Client, asha: Seated, chief: Seated
    ) -> None:
        key = stored(known)
        recognising._guesses[key] = replace(recognising._guesses[key], posting=chief.posting.pk)
        page = known.get("/cookies/").content.decode()
        assert "Duty inspector" in page
        assert recognising._guesses[key].posting == asha.posting.pk

    def test_another_choice_counts_at_once(self, known: Client, asha: Seated) -> None:
        other = factories.posting(asha.posting.staff, "investigator")
        session = known.session
        session["acting_posting"] = str(other.pk)
        session.save()
        assert "Investigator" in known.get("/cookies/").content.decode()

    def test_reads_the_rest_of_a_row_when_it_is_asked_for(
        self, known: Client, asha: Seated, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        user = known.get("/cookies/").wsgi_request.user
        with django_assert_num_queries(1):
            assert user.email == asha.account.email  # type: ignore[union-attr]
