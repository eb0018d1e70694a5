"""A case goes with its exhibits, by two people, and leaves certificates that say nothing of what it said."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from crossforce.evidence.choices import CASE, DISPOSED, EXHIBIT, ITEM
from crossforce.evidence.commands import commands
from crossforce.evidence.models import Case, Exhibit
from crossforce.evidence.operations import disposing
from crossforce.evidence.tests import factories
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.models import Entry as StoredEntry
from crossforce.people.choices import Actor
from crossforce.records import operations as records
from crossforce.records.choices import Relation
from crossforce.records.operations.keeping import MayNotGo
from crossforce.records.tests.factories import AT, LONG_AGO, PARTNER, as_asha, asha, bryn

pytestmark = pytest.mark.django_db
OVER: dict[str, Any] = {"outcome": "acquitted", "outcome_on": date(2021, 5, 4)}
BY: dict[str, Any] = {"reason": "Its time is over", "at": AT}


@pytest.fixture
def case(db: None) -> Case:
    """Over for long, with an exhibit whose file nothing else has."""
    factories.policy()
    factories.kept(exhibit("JAS/1"), b"film of a red boat", at=LONG_AGO)
    return factories.case(**OVER)


def exhibit(reference: str) -> Exhibit:
    return factories.exhibit(
        at=LONG_AGO, seized_at=LONG_AGO, exhibit_reference=reference, description="A red boat"
    )


def left() -> set[str]:
    with as_asha():
        return {row.exhibit_reference for row in Exhibit.objects.all()}


def proposed(case: Case, by: Actor) -> Case:
    disposing.propose(actor=by, case=case.pk, at=AT)
    with as_asha():
        case.refresh_from_db()
    return case


def dispose(case: Case, by: Actor | None = None) -> None:
    records.dispose(actor=by or asha(), kind=CASE, record=case.pk, version=case.version, **BY)


def test_it_goes_whole_but_for_what_another_force_needs(cast: Cast, case: Case) -> None:
    factories.policy(reference="shared", recipient=PARTNER, actions=("find", "read"))
    factories.policy(reference="theirs", holder=PARTNER, recipient=PARTNER)
    one, other = factories.case(bryn(), case_reference="op-egret"), exhibit("JAS/2")
    tie: dict[str, Any] = {"relation": Relation.NEEDS, "at": AT}
    records.link(actor=bryn(), one=one.reference, other=other.reference, **tie)
    dispose(proposed(case, asha()))
    assert left() == {"JAS/2"}
    assert not StoredFile.objects.filter(uses__gt=0).exists()
    manager = cast.asha("information-manager")
    told = manager.client.get("/api/v1/evidence/disposals").json()
    whole, single = (each["said"] for each in told)
    assert (whole["exhibits"], whole["exhibits_left"], whole["files_destroyed"]) == (1, 1, 1)
    assert whole["by_two"]
    assert (single["kind"], single["parts"][ITEM], single["files_destroyed"]) == (EXHIBIT, 1, 1)
    for entry in StoredEntry.objects.filter(operation=DISPOSED):
        assert b"red boat" not in bytes(entry.body)
        assert b"JAS" not in bytes(entry.body)
    page = manager.client.get("/evidence/disposals/").content.decode()
    assert "1, 1 stayed for another case" in page
    assert f"/ledger/{told[0]['entry']}/receipt/" in page
    run = CliRunner().invoke(commands, ["disposals", "--as", manager.account.username])
    assert [each["entry"] for each in json.loads(run.output)] == [
        each["entry"] for each in told
    ]
    assert cast.asha("investigator").client.get("/evidence/disposals/").status_code == 403


def test_a_file_that_another_exhibit_has_stays_and_is_counted(case: Case) -> None:
    same = factories.exhibit(exhibit_reference="JAS/9", case_reference="op-other")
    factories.kept(same, b"film of a red boat")
    one = asha()
    dispose(proposed(case, one), one)
    assert StoredFile.objects.filter(uses=1).count() == 1
    entry = StoredEntry.objects.get(operation=DISPOSED, subject=case.reference.subject)
    assert b'"files_destroyed":0' in bytes(entry.body)
    assert b'"files_still_used":1' in bytes(entry.body)
    assert b'"by_two":false' in bytes(entry.body)


def test_a_held_exhibit_keeps_all_of_it(case: Case) -> None:
    held = exhibit("JAS/2")
    records.hold(actor=asha(), kind=EXHIBIT, record=held.pk, reason="An inquest", at=AT)
    with pytest.raises(MayNotGo, match="Exhibit JAS/2 keeps it"):
        dispose(case)
    assert left() == {"JAS/1", "JAS/2"}


def test_two_people_are_needed_where_the_group_says_so(cast: Cast, case: Case) -> None:
    said: dict[str, Any] = {"group": "2", "last_notice": None, "at": LONG_AGO}
    with as_asha():
        found = Exhibit.objects.get()
    records.review(actor=asha(), kind=EXHIBIT, record=found.pk, version=1, **said)
    one, other = cast.asha("investigator"), cast.asha("information-manager")
    home, key = f"/evidence/cases/{case.pk}", {"idempotency_key": str(uuid4())}
    assert "with its exhibits" in one.client.get(f"{home}/").content.decode()
    assert one.client.post(f"{home}/propose-disposal/", key).status_code == 302
    assert "Its disposal is proposed" in one.client.get(f"{home}/").content.decode()
    with as_asha():
        assert Exhibit.objects.get().disposal == "proposed"
    assert disposing.propose(actor=asha(), case=case.pk, at=AT) == 1
    page = other.client.get(f"{home}/").content.decode()
    assert f"/records/evidence.case/{case.pk}/dispose/" in page
