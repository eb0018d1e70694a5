"""The fixture `cast`: the members of kernel.testing.cast with accounts, postings and browsers."""

from itertools import count

import pytest
from django.test import Client

from crossforce.kernel.testing import cast as members
from crossforce.kernel.testing.cast import Cast, Member, Player
from crossforce.people import operations, queries
from crossforce.people.signin import acting
from crossforce.people.tests import factories

_accounts = count(1)


class Company:
    """Players are made when a story first needs them."""

    def __init__(self) -> None:
        self._players: dict[tuple[Member, str], Player] = {}

    def asha(self, office: str) -> Player:
        return self._player(members.ASHA, office)

    def bryn(self, office: str) -> Player:
        return self._player(members.BRYN, office)

    def cole(self, office: str) -> Player:
        return self._player(members.COLE, office)

    def dee(self) -> Player:
        return self._player(members.DEE, "auditor")

    def _player(self, member: Member, office: str) -> Player:
        if (member, office) not in self._players:
            self._players[member, office] = made(member, office)
        return self._players[member, office]


def made(member: Member, office: str) -> Player:
    """Somebody in an office, signed in; of the fixture `cast` it is nobody."""
    holder = factories.staff(member.organisation, name=member.name)
    posting = factories.posting(holder, office)
    account = operations.open_account(
        actor=factories.loader(),
        staff=holder.pk,
        credentials=operations.Credentials(f"cast.{next(_accounts)}"),
        at=factories.AT,
    )
    actor = queries.actor_of(account, factories.AT, posting=posting.pk, purpose="")
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[acting.POSTING] = str(posting.pk)
    session.save()
    return Player(actor, account, client)


@pytest.fixture
def cast(db: None) -> Cast:
    return Company()
