"""An original is shown by link to whoever has it, for as long as whoever gave it could disclose it, and no longer."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from typer.testing import CliRunner

from crossforce.access.choices import ACTIONS
from crossforce.evidence import queries
from crossforce.evidence.choices import CASE, EXHIBIT, ITEM, SHARE, Lasts
from crossforce.evidence.commands import commands
from crossforce.evidence.models import Item, Share
from crossforce.evidence.operations import sharing, showing
from crossforce.evidence.operations.going import StandsByItsExhibit
from crossforce.evidence.operations.sharing import Given, NewShare
from crossforce.evidence.rules import sharing as rules
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.test_inspection import camera_picture
from crossforce.kernel import clock
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Refused
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.models import Entry as StoredEntry
from crossforce.people.choices import Actor
from crossforce.people.operations import close_account
from crossforce.people.tests import factories as people
from crossforce.people.tests.cast import Company
from crossforce.records import operations as records
from crossforce.records.choices import Place
from crossforce.records.operations import MayNotDisclose
from crossforce.records.tests.factories import AT, HERE, LONG_AGO, PARTNER, as_asha, asha
from crossforce.transparency.entry import from_bytes

pytestmark = pytest.mark.django_db
FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(100)
TEXT = b"Lock 31: gwelwyd fan las.\n"
WITHOUT = tuple(each for each in ACTIONS if each != "disclose")


def gave(actor: Actor, item: Item, days: int = 7, at: Any = AT) -> Given:
    new = NewShare(item.pk, "J. Doe", "Crown Prosecution Service", "Charging advice", days)
    return sharing.share(actor=actor, new=new, at=at)


def is_shown(link: str, at: Any = AT) -> bool:
    try:
        showing.show(link=link, at=at)
    except showing.NotOpen:
        return False
    return True


def entered(operation: str) -> list[Any]:
    rows = StoredEntry.objects.filter(operation=operation).order_by("at", "id")
    return [from_bytes(bytes(row.body)) for row in rows]


class TestGiving:
    def test_a_link_shows_the_original_and_every_look_is_entered(self, cast: Cast) -> None:
        factories.policy()
        item, by = factories.kept(factories.exhibit(), TEXT), cast.asha("investigator").actor
        made = gave(by, item)
        looks = len(entered("record.consulted"))
        found = showing.show(link=made.link, at=AT)
        assert (found.item.pk, found.text) == (item.pk, TEXT.decode())
        (entry,) = entered("evidence.share-opened")
        assert set(entry.rows) == {str(item.pk), str(made.share.pk)}
        assert (HERE in entry.concerns, entry.detail["part"]) == (True, "whole")
        assert [each.reference for each in entry.agreements] == ["policy"]
        assert len(entered("record.consulted")) == looks
        (told,) = queries.shares_of(asha(), item.pk).rows
        assert (told.openings, told.opened_at) == (1, AT)

    def test_of_the_link_only_the_digest_is_kept_and_another_opens_nothing(
        self, cast: Cast
    ) -> None:
        factories.policy()
        made = gave(cast.asha("investigator").actor, factories.kept(factories.exhibit(), TEXT))
        with as_asha():
            assert made.link not in json.dumps(list(Share.objects.values()), default=str)
        other = made.link[:-1] + ("A" if made.link[-1] != "A" else "B")
        for text in (other, made.link + "=", "", "é", "x" * 90, made.link * 9):
            assert not is_shown(text)

    def test_whoever_may_not_disclose_may_not_share_what_they_read(self, cast: Cast) -> None:
        factories.policy()
        item, bryn = factories.kept(factories.exhibit(), TEXT), cast.bryn("investigator").actor
        factories.policy(reference="shared", recipient=PARTNER, actions=WITHOUT)
        with pytest.raises(MayNotDisclose):
            gave(bryn, item)
        factories.policy(
            reference="shared", recipient=PARTNER, actions=("find", "read", "disclose")
        )
        assert not queries.shares_of(bryn, item.pk).may_share
        with pytest.raises(Refused):
            gave(bryn, item)
        factories.policy(reference="shared", recipient=PARTNER)
        assert queries.shares_of(bryn, item.pk).may_share
        made = gave(bryn, item)
        assert is_shown(made.link)
        factories.policy(reference="shared", recipient=PARTNER, actions=WITHOUT)
        assert not is_shown(made.link)

    def test_it_is_given_for_some_days_by_somebody_in_a_posting(self, cast: Cast) -> None:
        factories.policy()
        item, by = factories.kept(factories.exhibit(), TEXT), cast.asha("investigator").actor
        for days in (0, rules.most_days(AT) + 1):
            with pytest.raises(sharing.NotSuchATime, match="1 to 28 days"):
                gave(by, item, days)
        with pytest.raises(sharing.NotActing):
            gave(asha(), item)

    def test_it_is_tied_to_a_case_or_an_agreement_and_ends_with_it(self, cast: Cast) -> None:
        factories.policy()
        item, by = factories.kept(factories.exhibit(), TEXT), cast.asha("investigator").actor
        said = NewShare(item.pk, "J. Doe", "CPS", "Advice", lasts=Lasts.CASE)
        with_other = replace(said, lasts=Lasts.AGREEMENT, agreement="joint")
        for wrong in (said, with_other):
            with pytest.raises(sharing.NotSuchATime):
                sharing.share(actor=by, new=wrong, at=AT)
        case = factories.case()
        factories.policy(reference="joint", recipient=PARTNER)
        links = [sharing.share(actor=by, new=new, at=AT).link for new in (said, with_other)]
        later = AT + timedelta(days=100)
        assert [is_shown(each, later) for each in links] == [True, True]
        closed: dict[str, Any] = {"given": {"state": "closed"}, "version": 1, "at": AT}
        records.edit(actor=by, kind=CASE, record=case.pk, **closed)
        assert [is_shown(each, later) for each in links] == [False, True]
        factories.policy(reference="joint", recipient=PARTNER, holds=Period(LONG_AGO, AT))
        assert [is_shown(each, later) for each in links] == [False, False]

    def test_what_was_given_never_changes_and_a_recall_stays(self, cast: Cast) -> None:
        factories.policy()
        made = gave(cast.asha("investigator").actor, factories.kept(factories.exhibit(), TEXT))
        rows = Share.objects.filter(pk=made.share.pk)
        for change in ({"expires_at": AT + timedelta(days=99)}, {"digest": "0" * 64}):
            with as_asha(), pytest.raises(DatabaseError), transaction.atomic():
                rows.update(**change)
        sharing.recall(actor=asha(), share=made.share.pk, at=AT)
        with as_asha(), pytest.raises(DatabaseError), transaction.atomic():
            rows.update(recalled_at=None, recalled_by="")
        (entry,) = entered("evidence.share-recalled")
        assert entry.concerns == (HERE,)

    def test_what_says_so_goes_with_its_exhibit_and_stands_by_it(self, cast: Cast) -> None:
        factories.policy()
        exhibit = factories.exhibit(at=LONG_AGO)
        item = factories.kept(exhibit, TEXT, at=LONG_AGO)
        made = gave(cast.asha("investigator").actor, item, at=LONG_AGO)
        by: dict[str, Any] = {"actor": asha(), "reason": "Returned", "at": AT}
        with pytest.raises(StandsByItsExhibit):
            records.move(
                kind=SHARE, record=made.share.pk, version=1, to=Place(HERE, "case:x"), **by
            )
        records.dispose(kind=EXHIBIT, record=exhibit.pk, version=exhibit.version, **by)
        with as_asha():
            assert not Share.objects.exists()

    def test_an_account_that_is_closed_shows_nothing(self, cast: Cast) -> None:
        factories.policy()
        player = cast.asha("investigator")
        made = gave(player.actor, factories.kept(factories.exhibit(), TEXT))
        close_account(
            actor=people.actor("force-administrator"), account=player.account.pk, at=AT
        )
        assert not is_shown(made.link)


class Partner:
    """Two links to one original, and what should be seen by them: the oracle knows nothing of how it is decided."""

    def __init__(self) -> None:
        factories.policy()
        self.item = factories.kept(factories.exhibit(at=LONG_AGO), TEXT, at=LONG_AGO)
        by = Company().asha("investigator").actor
        self.given = [gave(by, self.item, days) for days in (2, 5)]
        self.recalled: set[int] = set()
        self.days, self.may_disclose, self.is_there = 0, True, True

    def clause(self, has: bool) -> None:
        factories.policy(actions=ACTIONS if has else WITHOUT)
        self.may_disclose = has

    def recall(self, which: int) -> None:
        if self.is_there:
            sharing.recall(actor=asha(), share=self.given[which].share.pk, at=AT)
            self.recalled.add(which)

    def dispose(self) -> None:
        if self.is_there:
            by: dict[str, Any] = {"actor": asha(), "reason": "Returned", "at": AT}
            records.dispose(kind=ITEM, record=self.item.pk, version=self.item.version, **by)
            self.is_there = False

    def later(self) -> None:
        self.days += 1

    def check(self) -> None:
        at = AT + timedelta(days=self.days)
        for which, days in enumerate((2, 5)):
            wanted = (
                self.may_disclose
                and self.is_there
                and which not in self.recalled
                and self.days < days
            )
            assert is_shown(self.given[which].link, at) is wanted


STEPS: list[Callable[[Partner], None]] = [
    lambda one: one.clause(False),
    lambda one: one.clause(True),
    lambda one: one.recall(0),
    lambda one: one.recall(1),
    lambda one: one.later(),
    lambda one: one.dispose(),
]


@given(st.lists(st.sampled_from(range(len(STEPS))), min_size=2, max_size=6))
@settings(max_examples=8, deadline=None)
def test_a_partner_sees_what_share_and_access_allow_at_any_time(steps: list[int]) -> None:
    with transaction.atomic():
        one = Partner()
        one.check()
        for step in steps:
            STEPS[step](one)
            one.check()
        transaction.set_rollback(True)


class TestDoors:
    def test_a_page_gives_the_link_and_a_stranger_opens_it_until_it_is_called_back(
        self, cast: Cast
    ) -> None:
        factories.policy()
        item, at = (
            factories.kept(factories.exhibit(), camera_picture(), "lock.jpg"),
            clock.now(),
        )
        client, stranger = cast.asha("investigator").client, Client()
        form = {
            "partner": "J. Doe", "organisation": "Crown Prosecution Service",
            "ground": "Charging advice", "days": "7", "idempotency_key": str(uuid4()),
        }  # fmt: skip
        page = client.post(f"/evidence/items/{item.pk}/share/", form).content.decode()
        link = (
            page.partition('cf-secret">')[2].partition("<")[0].removeprefix("http://testserver")
        )
        seen = stranger.get(link)
        text = seen.content.decode()
        assert "Shown to J. Doe, Crown Prosecution Service" in text
        assert "download" not in text.replace("nodownload", "").lower()
        assert seen.headers["Cache-Control"] == "no-store"
        assert "Dangosir i J. Doe" in Client().get(f"{link}?lang=cy").content.decode()
        drawn = stranger.get(f"{link}picture/")
        assert "sandbox" in drawn.headers["Content-Security-Policy"]
        with Image.open(io.BytesIO(drawn.content)) as image:
            assert (image.size, not image.getexif()) == ((1200, 900), True)
            assert (
                len(image.getcolors(1_000_000) or ()) > 1000
            )  # of one colour was the original
        assert stranger.get(f"{link}content/").status_code == 404
        (entry,) = entered("evidence.share-read")
        assert entry.detail["part"] == "picture"
        shown = client.get(f"/evidence/items/{item.pk}/").content.decode()
        assert "2, last" in shown
        with as_asha():
            share = Share.objects.get(expires_at__gt=at)
        key = {"idempotency_key": str(uuid4())}
        assert client.post(f"/evidence/shares/{share.pk}/recall/", key).status_code == 302
        assert client.get(f"/evidence/shares/{share.pk}/looks.pdf").content.startswith(b"%PDF")
        for address in (
            link,
            f"{link}content/",
            f"{link}picture/",
            "/evidence/shared/anything/",
        ):
            gone = stranger.get(address)
            assert gone.status_code == 404
            assert "This link shows nothing" in gone.content.decode()
            assert item.name not in gone.content.decode()

    def test_a_film_is_played_in_parts_for_the_page_alone(self, cast: Cast) -> None:
        factories.policy()
        made = gave(
            cast.asha("investigator").actor, factories.kept(factories.exhibit(), FILM), at=clock.now()
        )  # fmt: skip
        address = f"/evidence/shared/{made.link}/"
        part: Any = Client().get(f"{address}content/", headers={"Range": "bytes=4-7"})
        assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ftyp")
        alone = Client().get(f"{address}content/", headers={"Sec-Fetch-Dest": "document"})
        assert (alone.status_code, alone.headers["Location"]) == (302, address)
        (entry,) = entered("evidence.share-read")
        assert entry.detail["part"] == "4 bytes from 4"
        assert Client().get(f"{address}picture/").status_code == 404

    def test_whoever_tries_too_often_waits_and_closes_no_link_that_is_open(
        self, cast: Cast
    ) -> None:
        factories.policy()
        by, item = cast.asha("investigator").actor, factories.kept(factories.exhibit(), TEXT)
        made = gave(by, item, at=clock.now())
        told = [
            Client().get("/evidence/shared/anything/", REMOTE_ADDR="192.0.2.7").status_code
            for _ in range(21)
        ]
        assert told == [404] * 20 + [429]
        address = f"/evidence/shared/{made.link}/"
        assert Client().get(address, REMOTE_ADDR="192.0.2.7").status_code == 200

    def test_interface_and_commands(self, cast: Cast) -> None:
        factories.policy()
        item, player = factories.kept(factories.exhibit(), TEXT), cast.asha("investigator")
        sent = player.client.post(
            f"/api/v1/evidence/items/{item.pk}/shares",
            json.dumps(
                {"partner": "J. Doe", "organisation": "CPS", "ground": "Advice", "days": 3}
            ),
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )
        assert sent.status_code == 201, sent.content
        assert Client().get(sent.json()["link"]).status_code == 200
        (told,) = player.client.get(f"/api/v1/evidence/items/{item.pk}/shares").json()
        assert told["openings"] == 1
        by, run = ["--as", player.account.username], CliRunner().invoke
        words = ["--partner", "A. N. Other", "--organisation", "Defence", "--ground", "Advice"]
        made = run(commands, ["share", str(item.pk), *words, "--days", "3", *by])
        assert made.exit_code == 0, made.output
        assert Client().get(made.output.split()[-1]).status_code == 200
        (look,) = player.client.get(
            f"/api/v1/evidence/shares/{told['share']['id']}/looks"
        ).json()
        assert look["part"] == "whole"
        assert look["entry"] in run(commands, ["looks", told["share"]["id"], *by]).output
        rows = json.loads(run(commands, ["shares", str(item.pk), *by]).output)
        assert [each["openings"] for each in rows] == [1, 1]
        assert run(commands, ["recall", rows[0]["id"], *by]).exit_code == 0
        assert Client().get(made.output.split()[-1]).status_code == 404


def test_only_a_text_is_shown_as_one() -> None:
    assert rules.text_of(TEXT) == TEXT.decode()
    for content in (b"\xff\xfe", b"MZ\x00\x01", "right\u202eleft".encode()):
        assert rules.text_of(content) is None
