"""The cast at the door: a chief officer and a duty inspector of Wiltshire, with accounts."""

from dataclasses import dataclass

from django.test import Client

from crossforce.kernel import ids
from crossforce.kernel.testing import ground
from crossforce.people import models
from crossforce.people.tests import factories

PASSWORD = "three-random-words"
CHIEF = "chief-constable-wiltshire"


@dataclass(frozen=True)
class Seated:
    """An account with one posting."""

    account: models.Account
    posting: models.Posting


def seat(role: str, username: str, organisation: str = factories.HERE) -> Seated:
    holder = factories.staff(organisation, name=username.title() + " Rees")
    posting = factories.posting(holder, role)
    account = models.Account.objects.create_user(
        username, f"{username}@{organisation}.example", PASSWORD
    )
    account.staff, account.name = holder, holder.name
    account.organisation = holder.organisation
    factories.save(account)
    return Seated(account, posting)


@ground.fixture
def asha(db: None) -> Seated:
    return seat("duty-inspector", "asha")


@ground.fixture
def chief(db: None) -> Seated:
    factories.organisation(factories.HERE)
    factories.organisation(CHIEF, "chief-officer", force_id=factories.HERE)
    return seat("chief-officer", "chief", CHIEF)


def keyed(**values: str) -> dict[str, str]:
    """A form as the frame wants it."""
    return {"idempotency_key": str(ids.new_id()), **values}


def signed_in(client: Client, seated: Seated) -> Client:
    """Signed in with the password, acting in the one posting."""
    sent = {"login": seated.account.username, "password": PASSWORD}
    assert client.post("/account/login/", sent).status_code == 302
    chosen = keyed(posting=str(seated.posting.pk))
    assert client.post("/account/posting/", chosen).status_code == 302
    return client
