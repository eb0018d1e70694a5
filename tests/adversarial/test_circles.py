"""An entry is read whole by every holder's auditors: what is in a compartment is in none of theirs."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from crossforce.kernel import guarded
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.ledger import api as ledger
from crossforce.people.choices import Actor
from crossforce.records import models, operations
from crossforce.records.choices import Reference
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT
from tests.adversarial.conftest import SECRET

pytestmark = pytest.mark.django_db
NOTE = "records.note"
URL = reverse("records:of-kind", args=[NOTE])


@ground.fixture
def notes() -> list[models.Note]:
    """A partner's that is shared, one's own, and one's own in a compartment: all three are read here."""
    there, seeing = factories.PARTNER, ("find", "read", "disclose")
    factories.policy()
    factories.policy("closed-circle", compartment=SECRET)
    factories.policy("theirs", holder=there, recipient=there)
    factories.policy("shared", holder=there, actions=seeing)
    asha = factories.asha()
    return [
        factories.note(factories.bryn(), "A red van"),
        factories.note(asha, "A blue van"),
        factories.note(asha, "A source in a van", compartment=SECRET),
    ]


def told(auditor: Actor) -> str:
    """The whole of every entry about notes that an auditor may read."""
    rows = ledger.concerning(auditor).filter(subject__startswith="records.")
    return " ".join(bytes(row.body).decode() for row in rows.order_by("at"))


def listed(asha: Player, notes: list[models.Note]) -> None:
    assert "A source" in asha.client.get(URL).content.decode()


def exported(asha: Player, notes: list[models.Note]) -> None:
    assert "A source" in asha.client.get(URL, {"format": "csv"}).content.decode()


def counted(asha: Player, notes: list[models.Note]) -> None:
    with guarded.acting(asha.actor):
        assert models.Note.objects.count() == 3


def searched(asha: Player, notes: list[models.Note]) -> None:
    found = asha.client.get(reverse("records:list"), {"q": "van"}).content.decode()
    assert "A red van" in found


def disclosed(asha: Player, notes: list[models.Note]) -> None:
    given = {"records": [str(each.pk) for each in notes], "recipient": "The coroner"}
    answer = asha.client.post(
        f"/api/v1/records/{NOTE}/disclose",
        given,
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == 200


def linked(asha: Player, notes: list[models.Note]) -> None:
    shared, _, secret = (Reference(NOTE, each.pk) for each in notes)
    operations.link(actor=asha.actor, one=secret, other=shared, relation="supports", at=AT)


def changed(asha: Player, notes: list[models.Note]) -> None:
    with guarded.acting(asha.actor):
        rows = models.Note.objects.filter(pk__in=[each.pk for each in notes[1:]])
        rows.update(source_system="bulk", changed_by=asha.actor.reference)


@pytest.mark.parametrize(
    "act", [listed, exported, counted, searched, disclosed, linked, changed]
)
def test_a_partner_is_told_nothing_of_a_compartment(
    cast: Cast, notes: list[models.Note], act: Callable[[Player, Any], None]
) -> None:
    asha, secret = cast.asha("investigator"), notes[-1]
    act(asha, notes)
    theirs = told(cast.bryn("auditor").actor)
    for word in (str(secret.pk), str(secret.scope_id), "closed-circle"):
        assert word not in theirs
    ours = told(cast.dee().actor)
    assert str(secret.pk) in ours or str(secret.scope_id) in ours
    assert "closed-circle" in ours


def test_a_list_without_one_is_one_entry(cast: Cast, notes: list[models.Note]) -> None:
    factories.policy("closed-circle", compartment=SECRET, actions=("task",))
    asha = cast.asha("investigator")
    asha.client.get(URL)
    (entry,) = factories.entries("record.consulted")
    assert set(entry.detail["rows"]) == {str(each.pk) for each in notes[:2]}


def test_a_file_says_nothing_of_what_it_leaves_out_there(
    cast: Cast, notes: list[models.Note]
) -> None:
    factories.policy("closed-circle", compartment=SECRET, actions=("find", "read"))
    told_ = cast.asha("investigator").client.get(URL, {"format": "csv"}).content.decode()
    assert "A blue van" in told_
    assert "left out" not in told_
    factories.policy("shared", holder=factories.PARTNER, actions=("find", "read"))
    told_ = cast.asha("investigator").client.get(URL, {"format": "csv"}).content.decode()
    assert "1 not to be disclosed" in told_
