"""What was done with an exhibit is written down by each side, chained and signed, and shown wherever it is asked for."""

import csv
import io
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, transaction
from typer.testing import CliRunner

from crossforce.evidence import queries
from crossforce.evidence.choices import EXHIBIT, ITEM
from crossforce.evidence.commands import commands
from crossforce.evidence.models import Exhibit, Item, Touch
from crossforce.evidence.operations import continuing, proving
from crossforce.evidence.operations.continuing import CannotBe, Done, NoSuchSide, OnTheirPaper
from crossforce.evidence.operations.proving import NewPack
from crossforce.evidence.rules import continuity
from crossforce.evidence.rules.continuity import Act
from crossforce.evidence.rules.manifest import read
from crossforce.evidence.tests import factories
from crossforce.kernel.testing.cast import Cast
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records import operations as records
from crossforce.records.operations.keeping import MayNotGo
from crossforce.records.tests.factories import (
    AT,
    HERE,
    LONG_AGO,
    PARTNER,
    as_asha,
    asha,
    bryn,
    policy,
)

pytestmark = pytest.mark.django_db
LAB = "forensic-service-providers"


@pytest.fixture
def exhibit(db: None) -> Exhibit:
    factories.policy()
    for code, kind in ((PARTNER, "force"), (LAB, "partner")):
        people.organisation(code, kind)
    return factories.exhibit(seized_at=AT - timedelta(days=9))


def did(exhibit: Exhibit, act: Act, actor: Actor | None = None, **more: Any) -> Touch:
    done = Done(exhibit.pk, act, "Exhibits officer 88", AT - timedelta(days=1), **more)
    return continuing.note(actor=actor or asha(), done=done, at=AT)


def breaks(exhibit: Exhibit) -> list[str]:
    return [each.why for each in queries.continuity_of(asha(), exhibit.pk).breaks]


class TestWritingDown:
    def test_two_forces_write_down_a_half_each(self, exhibit: Exhibit) -> None:
        actions = ("find", "read", "add")
        factories.policy(reference="shared", recipient=PARTNER, actions=actions)
        did(exhibit, Act.SEALED, seal="A1")
        did(exhibit, Act.RELEASED, other=PARTNER)
        received = did(exhibit, Act.RECEIVED, bryn(), other=HERE, seal="A1")
        assert (received.number, received.organisation) == (3, PARTNER)
        assert breaks(exhibit) == []
        assert queries.continuity_of(asha(), exhibit.pk).custody.holder == PARTNER

    def test_a_side_without_an_account_signs_a_paper(self, exhibit: Exhibit) -> None:
        did(exhibit, Act.RELEASED, other=LAB)
        with pytest.raises(OnTheirPaper):
            did(exhibit, Act.RECEIVED, organisation=LAB, other=HERE)
        did(exhibit, Act.RECEIVED, organisation=LAB, other=HERE, paper="Receipt 4411")
        assert breaks(exhibit) == []

    def test_what_went_wrong_is_written_down_and_named(self, exhibit: Exhibit) -> None:
        did(exhibit, Act.RECEIVED, organisation=LAB, other=HERE, paper="Receipt 4411")
        assert len(breaks(exhibit)) == 1

    def test_what_cannot_be_is_refused(self, exhibit: Exhibit) -> None:
        did(exhibit, Act.SEALED, seal="A1")
        with pytest.raises(CannotBe, match="used before"):
            did(exhibit, Act.SEALED, seal="A1")
        with pytest.raises(NoSuchSide):
            did(exhibit, Act.RELEASED, other="nobody-at-all")

    def test_a_seal_is_on_one_exhibit(self, exhibit: Exhibit) -> None:
        did(exhibit, Act.SEALED, seal="A1")
        other = factories.exhibit(exhibit_reference="JAS/2", seized_at=AT - timedelta(days=9))
        with pytest.raises(records.Clashes, match="another exhibit"):
            did(other, Act.SEALED, seal="A1")

    def test_an_entry_never_changes_and_a_forged_one_is_named(self, exhibit: Exhibit) -> None:
        made = did(exhibit, Act.STORED, place="Shelf 4")
        with as_asha(), pytest.raises(DatabaseError), transaction.atomic():
            Touch.objects.filter(pk=made.pk).update(office="Somebody else")
        found = queries.continuity_of(asha(), exhibit.pk)
        assert not found.breaks
        found.touches[0].signature = "00" * 64
        (row,) = found.touches
        signed = [(row.step, row.signature, row.public_key)]
        (told,) = continuity.unsigned(str(exhibit.pk), signed, {row.public_key})
        assert told.why == "Its signature does not verify."


class TestGoing:
    def test_what_is_of_an_exhibit_goes_with_it_once_two_people_agreed(self) -> None:
        factories.policy()
        old = LONG_AGO - timedelta(days=9000)
        exhibit = factories.exhibit(at=old, seized_at=old, group="2")
        item = factories.kept(exhibit, b"film", at=old)
        done = Done(exhibit.pk, Act.STORED, "Store 1", old)
        continuing.note(actor=asha(), done=done, at=old)
        by: dict[str, Any] = {"reason": "Returned to its owner", "at": AT}
        first, second = asha(), asha()
        with pytest.raises(MayNotGo, match="propose"):
            records.dispose(actor=first, kind=ITEM, record=item.pk, version=item.version, **by)
        proposed = records.propose_disposal(
            actor=first, kind=EXHIBIT, record=exhibit.pk, version=1, at=AT
        )
        with pytest.raises(MayNotGo, match="somebody else"):
            records.dispose(actor=first, kind=ITEM, record=item.pk, version=item.version, **by)
        records.dispose(
            actor=second, kind=EXHIBIT, record=exhibit.pk, version=proposed.version, **by
        )
        with as_asha():
            assert not Touch.objects.exists()
            assert not Item.objects.exists()


class TestCase:
    def test_all_of_it_that_one_may_read_stands_in_one_order(
        self, cast: Cast, exhibit: Exhibit
    ) -> None:
        second = factories.exhibit(exhibit_reference="JAS/2", seized_at=AT - timedelta(days=5))
        factories.exhibit(exhibit_reference="JAS/3", case_reference="op-egret")
        factories.kept(second, b"film", name="lock.txt")
        did(exhibit, Act.SEALED, seal="A1")
        wanted = [
            ("JAS/1", "seized"),
            ("JAS/2", "seized"),
            ("JAS/1", "sealed"),
            ("JAS/2", "file kept"),
        ]
        client = cast.asha("investigator").client
        told = client.get("/api/v1/evidence/cases?reference=op-heron").json()["moments"]
        assert [(each["exhibit_reference"], each["what"]) for each in told] == wanted
        page = client.get("/evidence/cases/?reference=op-heron").content.decode()
        assert "Film of a camera at lock 31" in page
        assert "JAS/3" not in page
        by = ["--as", cast.asha("investigator").account.username]
        run = CliRunner().invoke(commands, ["case", "op-heron", *by])
        assert len(json.loads(run.output)["moments"]) == len(wanted)
        stranger = cast.bryn("investigator").client
        assert stranger.get("/evidence/cases/?reference=op-heron").status_code == 404
        assert "You may not read the continuity" not in page
        policy(kinds=(EXHIBIT, ITEM))
        page = client.get("/evidence/cases/?reference=op-heron").content.decode()
        assert "You may not read the continuity of 2 of these exhibits" in page
        case = client.get("/api/v1/evidence/cases?reference=op-heron").json()
        assert str(exhibit.pk) in case["unread"]


def test_that_it_was_redacted_is_not_written_by_hand(cast: Cast, exhibit: Exhibit) -> None:
    with pytest.raises(CannotBe, match="when the copy, still or clip is kept"):
        did(exhibit, Act.REDACTED)
    page = cast.asha("investigator").client.get(f"/evidence/{exhibit.pk}/continuity/")
    assert b'value="examined"' in page.content
    assert b'value="redacted"' not in page.content


class TestDoors:
    def test_page_statement_file_interface_and_command(
        self, cast: Cast, exhibit: Exhibit
    ) -> None:
        client = cast.asha("investigator").client
        home = f"/evidence/{exhibit.pk}/continuity"
        given = {
            "act": "sealed", "office": "Exhibits officer 88", "organisation": HERE, "seal": "A1",
            "happened_at": "2026-11-20T09:00", "idempotency_key": str(uuid4()),
        }  # fmt: skip
        early = given | {"happened_at": "2020-11-20T09:00", "note": "Kept in the van"}
        refused = client.post(f"{home}/", early | {"idempotency_key": str(uuid4())})
        said = refused.content.decode()
        assert said.index("Something later is written", said.index('id="id_happened_at'))
        assert "Kept in the van" in said
        given["idempotency_key"] = str(uuid4())
        assert client.post(f"{home}/", given).status_code == 302
        page = client.get(f"{home}/").content.decode()
        assert "Continuity is without a gap." in page
        assert "Sealed" in client.get(f"/evidence/{exhibit.pk}/").content.decode()
        assert client.get(f"{home}.pdf").content.startswith(b"%PDF")
        taken: Any = client.get(f"{home}.csv")
        text = b"".join(taken.streaming_content).decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text))
        assert (row["Seal"], row["Marking"]) == ("A1", "OFFICIAL")
        api = f"/api/v1/evidence/exhibits/{exhibit.pk}/continuity"
        wrong = {"act": "opened", "office": "Lab 3", "happened_at": "2026-11-20T10:00:00Z"}
        sent = client.post(
            api,
            json.dumps(wrong | {"seal": "A9"}),
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )
        assert sent.status_code == 201, sent.content
        (told,) = client.get(api).json()["breaks"]
        assert (told["number"], told["why"]) == (2, "The seal A9 was broken, and A1 was on it.")
        by = ["--as", cast.asha("investigator").account.username]
        entry = {"act": "stored", "office": "Store 1", "happened_at": "2026-11-20T11:00+00:00"}
        words = ["touch", "jas/1", "-", *by]
        run = CliRunner().invoke(commands, words, input=json.dumps(entry))
        assert run.exit_code == 0, run.output
        shown = CliRunner().invoke(commands, ["continuity", str(exhibit.pk), *by])
        assert shown.exit_code == 1
        assert [each["number"] for each in json.loads(shown.output)["touches"]] == [1, 2, 3]


def test_the_last_entry_that_is_cut_off_behind_the_platforms_back_is_missed(
    exhibit: Exhibit, owner_connection: psycopg.Connection[Any]
) -> None:
    did(exhibit, Act.SEALED, seal="A1")
    last = did(exhibit, Act.STORED, place="Shelf 4")
    with owner_connection.transaction():
        owner_connection.execute("ALTER TABLE evidence_touch DISABLE TRIGGER USER")
        owner_connection.execute("DELETE FROM evidence_touch WHERE id = %s", [last.pk])
        owner_connection.execute("ALTER TABLE evidence_touch ENABLE TRIGGER USER")
    found = queries.continuity_of(asha(), exhibit.pk)
    assert [(each.number, each.why) for each in found.breaks] == [
        (2, "It was written down, and is not there any more.")
    ]
    new = NewPack(exhibit.pk, "The defence", "Trial")
    manifest, _, _ = proving._disclosed(asha(), new, AT)
    assert read(manifest.to_bytes())[0].breaks() == found.breaks
    did(exhibit, Act.STORED, place="Shelf 5")
    assert breaks(exhibit) == ["Another one was written down under its number."]
