"""What is of an exhibit goes with it, whole or not at all, whoever may know of it; and nothing is said of what one may not read."""

import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection, transaction
from typer.testing import CliRunner

from crossforce.evidence import queries
from crossforce.evidence.choices import EXHIBIT, ITEM, TOUCH
from crossforce.evidence.commands import commands
from crossforce.evidence.models import Exhibit, Item, Touch
from crossforce.evidence.operations import continuing, going
from crossforce.evidence.operations.continuing import ContinuityUnread, Done
from crossforce.evidence.operations.going import EntryStays, ExhibitUnseen, OriginalsStay
from crossforce.evidence.rules import continuity
from crossforce.evidence.rules.continuity import Act
from crossforce.evidence.tests import factories
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.models import Entry as StoredEntry
from crossforce.records import api as front
from crossforce.records import operations as records
from crossforce.records.choices import Place
from crossforce.records.operations.keeping import MayNotGo
from crossforce.records.queries import showing
from crossforce.records.tests.factories import (
    AT,
    HERE,
    LONG_AGO,
    PARTNER,
    as_asha,
    asha,
    bryn,
)
from crossforce.records.tests.factories import policy as opening

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"reason": "Returned to its owner", "at": AT}


def touched(of: Exhibit, act: Act = Act.STORED, at: Any = AT, **more: Any) -> Touch:
    done = Done(of.pk, act, "Store 1", at, **more)
    return continuing.note(actor=asha(), done=done, at=at)


def _cut_off(touch: Touch) -> None:
    """As whoever has the tables of the application, and not its operations."""
    with transaction.atomic():
        Touch.objects.filter(pk=touch.pk).delete()
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def old() -> tuple[Exhibit, Item]:
    factories.policy()
    exhibit = factories.exhibit(at=LONG_AGO, seized_at=LONG_AGO)
    return exhibit, factories.kept(exhibit, b"film", at=LONG_AGO)


class TestPartsBeyondReach:
    def test_keep_their_exhibit_where_it_is(self) -> None:
        exhibit, _ = old()
        opening(kinds=(EXHIBIT,))
        same: dict[str, Any] = {"actor": asha(), "kind": EXHIBIT, "record": exhibit.pk}
        to = Place(HERE, "case:op-heron")
        with pytest.raises(OriginalsStay):
            records.move(version=exhibit.version, to=to, **same, **BY)
        with pytest.raises(OriginalsStay):
            records.dispose(version=exhibit.version, **same, **BY)

    def test_are_kept_by_an_exhibit_that_is_not_seen(self) -> None:
        _, item = old()
        opening(kinds=(ITEM,))
        with pytest.raises(ExhibitUnseen):
            records.dispose(actor=asha(), kind=ITEM, record=item.pk, version=item.version, **BY)
        with as_asha():
            assert Item.objects.filter(pk=item.pk).exists()
            assert showing.reviews_of([]) == {}

    def test_a_hold_that_comes_first_keeps_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A hold is placed while a disposal waits for the exhibit: it is seen once that is locked."""
        _, item = old()
        counted = going._counted

        def held_meanwhile(of: Any) -> dict[str, int]:
            records.hold(actor=asha(), kind=EXHIBIT, record=of, reason="An appeal", at=AT)
            return counted(of)

        monkeypatch.setattr(going, "_counted", held_meanwhile)
        with pytest.raises(MayNotGo):
            records.dispose(actor=asha(), kind=ITEM, record=item.pk, version=item.version, **BY)


class TestEntries:
    def test_go_with_their_exhibit_and_never_alone(self) -> None:
        exhibit, _ = old()
        touch = touched(exhibit, at=LONG_AGO)
        with pytest.raises(EntryStays):
            records.dispose(
                actor=asha(), kind=TOUCH, record=touch.pk, version=touch.version, **BY
            )
        with as_asha(), pytest.raises(DatabaseError, match="goes with its exhibit"):
            _cut_off(touch)

    def test_signed_by_another_are_named(self) -> None:
        factories.policy()
        exhibit = factories.exhibit(seized_at=AT - timedelta(days=9))
        step = touched(exhibit).step
        forger = Ed25519PrivateKey.generate()
        said = continuity.statement(str(exhibit.pk), step)
        forged = (step, forger.sign(said).hex(), forger.public_key().public_bytes_raw().hex())
        (told,) = continuity.unsigned(str(exhibit.pk), [forged], ())
        assert told.why == "It is not signed by this platform."
        assert queries.continuity_of(asha(), exhibit.pk).breaks == []

    def test_have_a_seal_that_their_holder_used_once_wherever_it_stands(self) -> None:
        factories.policy()
        seized = AT - timedelta(days=9)
        first = factories.exhibit(seized_at=seized)
        touched(first, Act.SEALED, seal="A1")
        other = factories.exhibit(
            exhibit_reference="JAS/2", seized_at=seized, collection="case:op-heron"
        )
        with pytest.raises(records.Clashes, match="another exhibit"):
            touched(other, Act.SEALED, seal="A1")


class TestWhatIsNotSaid:
    def test_of_continuity_to_who_may_not_read_it(self, cast: Cast) -> None:
        factories.policy()
        opening("exhibits", kinds=(EXHIBIT,), recipient=PARTNER)
        exhibit = factories.exhibit(seized_at=AT - timedelta(days=9))
        touched(exhibit, Act.LOST, note="Flooded")
        found = queries.continuity_of(bryn(), exhibit.pk)
        assert not found.is_judged
        with pytest.raises(ContinuityUnread):
            continuing.note(actor=bryn(), done=Done(exhibit.pk, Act.STORED, "Lab 3", AT), at=AT)
        client, home = cast.bryn("investigator").client, f"/evidence/{exhibit.pk}"
        for page in (f"{home}/", f"{home}/continuity/"):
            shown = client.get(page).content.decode()
            assert "nothing is said here of its continuity" in shown
            assert "without a gap" not in shown
        assert client.get(f"{home}/continuity.csv").status_code == 403
        told = client.get(f"/api/v1/evidence/exhibits/{exhibit.pk}/continuity").json()
        assert (told["is_judged"], told["holder"]) == (False, "")
        by = ["--as", cast.bryn("investigator").account.username]
        run = CliRunner().invoke(commands, ["continuity", str(exhibit.pk), *by])
        assert run.exit_code == 3
        assert not json.loads(run.output)["is_judged"]

    def test_of_bytes_that_were_kept_before(self) -> None:
        factories.policy()
        exhibit = factories.exhibit()
        first, second = (factories.kept(exhibit, b"film") for _ in range(2))
        assert first.file == second.file
        _, changes = showing.history(asha(), ITEM, second.pk)
        told = {field for change in changes for field, _, _ in change.fields}
        assert "sha256" in told
        assert "file" not in told
        subject = second.reference.subject
        for entry in StoredEntry.objects.filter(subject=subject):
            assert b'"file"' not in bytes(entry.body)


def test_a_page_is_headed_as_high_as_what_stands_on_it(cast: Cast) -> None:
    factories.policy(compartment="op-tern")
    place = Place(HERE, compartment="op-tern", marking="OFFICIAL-SENSITIVE")
    new = front.NewRecord(EXHIBIT, place, factories.VALUES)
    exhibit: Any = records.create(actor=asha(), new=new, at=AT)
    item = factories.kept(exhibit, b"film")
    client = cast.asha("investigator").client
    for page in ("", f"{exhibit.pk}/", f"{exhibit.pk}/continuity/", f"items/{item.pk}/",
                 f"items/{item.pk}/inside/"):  # fmt: skip
        assert (
            "OFFICIAL-SENSITIVE [OP-TERN]" in client.get(f"/evidence/{page}").content.decode()
        ), page
