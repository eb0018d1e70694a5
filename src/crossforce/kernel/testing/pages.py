"""Inherited cases: what every page refuses, and what every change does exactly once.

Declare the class, the offices and `url`; receive the tests. A stranger finds the same 404 as for
what does not exist; an office of the same organisation that may read but not act is told why.
"""

import re
from typing import Any, ClassVar, Final
from uuid import uuid4

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client

from crossforce.kernel.testing.cast import Cast, Player

KEY = "idempotency_key"
OF_THE_MOMENT: Final = re.compile(
    r'(name="csrfmiddlewaretoken" value="|name="idempotency_key" value="|nonce=")[^"]*'
    r'|(class="cf-sheet__opened">)[^<]*'
)


def lasting(page: str) -> str:
    """What a page says, without what differs each time that it is drawn: tokens, and the minute."""
    return OF_THE_MOMENT.sub(r"\1\2", page)


@pytest.mark.django_db
class ReadCase:
    """A page to read. `office` may; `no_office`, of the same organisation, is refused."""

    office: ClassVar[str]
    no_office: ClassVar[str] = ""
    refused_with: ClassVar[int] = 403
    stranger_gets: ClassVar[int] = 404

    def url(self, cast: Cast) -> str:
        """The address of the page, of something that exists here."""
        raise NotImplementedError

    def test_is_shown_to_the_office(self, cast: Cast) -> None:
        assert cast.asha(self.office).client.get(self.url(cast)).status_code == 200

    def test_sends_someone_unknown_to_sign_in(self, cast: Cast) -> None:
        answer = Client().get(self.url(cast))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")

    def test_is_not_there_for_a_stranger(self, cast: Cast) -> None:
        answer = cast.cole(self.office).client.get(self.url(cast))
        assert answer.status_code == self.stranger_gets

    def test_is_refused_to_an_office_without_the_power(self, cast: Cast) -> None:
        if not self.no_office:
            pytest.skip("every office may")
        answer = cast.asha(self.no_office).client.get(self.url(cast))
        assert answer.status_code == self.refused_with


@pytest.mark.django_db
class ChangeCase(ReadCase):
    """A page with a form, whose POST is one operation that writes one ledger entry."""

    operation: ClassVar[str]
    button_only: ClassVar[bool] = False

    def sent(self, cast: Cast) -> dict[str, Any]:
        """What the form sends, without the key."""
        raise NotImplementedError

    def test_is_shown_to_the_office(self, cast: Cast) -> None:
        expected = 405 if self.button_only else 200
        assert cast.asha(self.office).client.get(self.url(cast)).status_code == expected

    def test_is_not_there_for_a_stranger(self, cast: Cast) -> None:
        answer = self._post(cast.cole(self.office), cast)
        assert answer.status_code == self.stranger_gets

    def test_is_refused_to_an_office_without_the_power(self, cast: Cast) -> None:
        answer = self._post(cast.asha(self.no_office), cast)
        assert answer.status_code == self.refused_with
        assert self._entries() == 0

    def test_is_done_once_however_often_it_is_sent(self, cast: Cast) -> None:
        player, key = cast.asha(self.office), str(uuid4())
        url, sent = self.url(cast), self.sent(cast)
        before = self._entries()
        answers = [player.client.post(url, sent | {KEY: key}) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert answers[0]["Location"] == answers[1]["Location"]
        assert self._entries() == before + 1

    def test_asks_for_a_key(self, cast: Cast) -> None:
        player = cast.asha(self.office)
        assert player.client.post(self.url(cast), self.sent(cast)).status_code == 400

    def _post(self, player: Player, cast: Cast) -> HttpResponse:
        sent = self.sent(cast) | {KEY: str(uuid4())}
        answer: HttpResponse = player.client.post(self.url(cast), sent)  # type: ignore[assignment]
        return answer

    def _entries(self) -> int:
        entries: Any = apps.get_model("ledger", "Entry")
        return int(entries.objects.filter(operation=self.operation).count())
