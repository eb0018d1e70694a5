"""Matches by page, API and command: the queue, a file, and a person who is confirmed."""

import json
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.nominals import models
from crossforce.nominals.choices import Act
from crossforce.nominals.commands import commands
from crossforce.nominals.operations import indexing
from crossforce.nominals.queries import matching as reads
from crossforce.nominals.queries.around import around
from crossforce.nominals.tests import holding
from crossforce.nominals.tests.test_matching import (
    STEP,
    Pair,
    alike,
    confirmed,
    decide,
    pair,
    policies,
)
from crossforce.records.tests.factories import HERE, PARTNER

__all__ = ["pair"]


def left(player: Player, address: str) -> Any:
    """Leaves the next two, which wait for a second person and do so still; answers what the API says of them."""
    following = player.client.get("/api/v1/nominals/matches/next").json()
    (listed,) = player.client.get("/api/v1/nominals/matches?state=second").json()["items"]
    assert following["pair"] == listed
    onward = f"/nominals/matches/next/?{urlencode({'after': following['at']})}"
    sent = {"act": "leave", "version": "1", "idempotency_key": str(uuid4())}
    assert player.client.post(address, sent).headers["location"] == onward
    said = player.client.get(onward, follow=True).content.decode()
    assert "waits for a second person" in said
    return listed


def kept_beside(player: Player, two: Pair) -> None:
    """What they weighed when somebody decided stands beside what they weigh since, on the page and over the API."""
    alike(*two, 1.0, "review", STEP | {"words": "surname: near."}, model="n")
    where = f"nominals/matches/{two[0]}/{two[1]}"
    page = player.client.get(f"/{where}/").content.decode()
    today, then = page.index("surname: near."), page.index("When it was confirmed<")
    assert today < then < page.index("surname: the same.")
    kept = player.client.get(f"/api/v1/{where}").json()["weighed"]
    said = [(each["state"], each["weight"], each["evidence"]) for each in kept]
    assert said == [("confirmed", 12.0, [STEP]), ("proposed", 12.0, [STEP])]


class TestPages:
    def test_the_queue_by_page_api_and_command(self, cast: Cast) -> None:
        policies()
        asha, bryn = cast.asha("analyst"), cast.bryn("analyst")
        here = holding.person(asha.actor, "John", "Smith", "1980-05-12", sex="M")
        there = holding.person(bryn.actor, "Jon", "Smith", "1980-05-12")
        one, other = alike(here.pk, there.pk)
        address = f"/nominals/matches/{one}/{other}/"
        assert (
            asha.client.get("/nominals/matches/next/").headers["location"] == f"{address}#pair"
        )
        page = asha.client.get(address).content.decode()
        for words in (
            "= </span> Agrees".replace(" <", "<"),
            "Only one says",
            "surname: the same.",
            "+9.5",
        ):
            assert words in page
        sent = {"act": "refuse", "version": "0", "idempotency_key": str(uuid4())}
        assert "Say why" in asha.client.post(address, sent).content.decode()
        sent = {"act": "confirm", "version": "0", "idempotency_key": str(uuid4())}
        assert "One person (c)" in page
        done: Any = asha.client.post(address, sent, follow=True)
        assert "Confirmed once. Somebody else has to" in done.content.decode()
        assert "One person (c)" not in asha.client.get(address).content.decode()
        listed = left(bryn, address)
        body = json.dumps({"act": "confirm", "version": listed["version"]})
        done = bryn.client.post(
            f"/api/v1/nominals/matches/{one}/{other}",
            body,
            "application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )
        assert done.json()["state"] == "confirmed", done.content
        kept_beside(asha, (one, other))
        for path in ("", "?state=confirmed"):
            assert asha.client.get(f"/nominals/matches/{path}").status_code == 200
        user = asha.account.username

        def run(*words: str) -> str:
            found = CliRunner().invoke(commands, [*words, "--as", user])
            assert found.exit_code == 0, found.output
            return found.output

        assert "1 pairs" in run("matches", "--state", "confirmed", "--lean", "propose")
        assert "No two records" in run("match-next")
        said = run("match", str(one), str(other).replace("-", ""))
        assert said.index("near") < said.index("When it was confirmed") < said.index("the same")
        assert "withdrawn" in run("match", str(one), str(other), "withdraw", "--reason", "x")

    def test_a_page_that_is_full_says_how_many_there_are(
        self, cast: Cast, pair: Pair, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reads, "PAGE", 1)
        page = cast.asha("analyst").client.get("/nominals/matches/")
        assert "1 pair<" in page.content.decode()

    def test_a_file_has_what_may_be_disclosed_of_both(self, cast: Cast, pair: Pair) -> None:
        confirmed(pair)
        asha, file = cast.asha("analyst"), "/nominals/matches/?state=confirmed&format=csv"
        page, offered = file.removesuffix("&format=csv"), "Download this page as CSV"
        told = asha.client.get(page).content.decode()
        assert (offered in told, "There is no file of these" in told) == (False, True)
        assert asha.client.get(file).status_code == 403
        assert not holding.disclosed()
        holding.policy("taken-out", holder=PARTNER, actions=("disclose",))
        assert offered in asha.client.get(page).content.decode()
        assert b"surname: the same." in b"".join(asha.client.get(file))
        assert set(pair) in holding.disclosed()

    @pytest.mark.usefixtures("index")
    def test_a_person_is_shown_with_who_is_confirmed_and_what_is_in_conflict(
        self, cast: Cast, pair: Pair
    ) -> None:
        confirmed(pair)
        asha = cast.asha("investigator")
        with guarded.acting(asha.actor):
            john, jon = models.Person.objects.order_by("given_names")
        jim = holding.person(asha.actor, "Jim", "Smith", "1980-05-12")
        decide(asha.actor, alike(john.pk, jim.pk, 3.0), Act.CONFIRM)
        decide(asha.actor, alike(jon.pk, jim.pk, 2.0), Act.REFUSE, "Of another height.")
        page = asha.client.get(f"/nominals/person/{john.pk}/").content.decode()
        for words in ("Confirmed to be the same person", "SMITH, Jon<", "are in conflict"):
            assert words in page
        assert "SMITH, Jim<" not in page

    @pytest.mark.usefixtures("index")
    def test_who_is_said_to_be_another_stands_by_themself_until_that_is_withdrawn(
        self, cast: Cast
    ) -> None:
        policies()
        asha = cast.asha("investigator")
        john, jon, jim = (
            holding.person(asha.actor, given, "Smith", "1980-05-12")
            for given in ("John", "Jon", "Jim")
        )
        near, far = alike(john.pk, jon.pk, 9.0), alike(jon.pk, jim.pk, 7.0)
        likely = around(asha.actor, john.pk).likely
        assert {each.id for each in likely} == {jon.pk, jim.pk}
        two = reads.ordered(john.pk, jim.pk)
        row = decide(asha.actor, two, Act.REFUSE, "Of another height.")
        assert [each.id for each in around(asha.actor, john.pk).likely] == [jon.pk]
        assert around(asha.actor, jim.pk).likely == []
        indexing.turn()
        page = asha.client.get(f"/nominals/person/{john.pk}/").content.decode()
        may, said = page.index("May be the same person"), page.index("Said not to be the same")
        assert said < page.index("SMITH, Jim<") < page.index("Of another height.") < may
        assert "SMITH, Jim<" not in page[may:]
        told = CliRunner().invoke(
            commands, ["person", str(john.pk), "--as", asha.account.username]
        )
        assert ": Of another height." in told.output
        decide(asha.actor, near, Act.REFUSE, "Twins.")
        assert not around(asha.actor, john.pk).likely
        decide(asha.actor, two, Act.WITHDRAW, "An error.", row.version)
        decide(asha.actor, far, Act.CONFIRM)
        again = around(asha.actor, jim.pk)
        assert ([each.id for each in again.confirmed], again.likely) == ([jon.pk], [])

    @pytest.mark.usefixtures("index")
    def test_numbers_of_two_people_split_what_is_proposed(self, cast: Cast) -> None:
        policies()
        asha = cast.asha("investigator")
        john, jon, jim = (
            holding.person(asha.actor, given, "Smith", "1980-05-12", statements=numbers)
            for given, numbers in (
                ("John", [holding.statement("identifier", type="pnc", number="2001/0154257K")]),
                ("Jon", []),
                ("John", [holding.statement("identifier", type="pnc", number="81/154257C")]),
            )
        )
        near, far = alike(john.pk, jon.pk, 9.0), alike(jon.pk, jim.pk, 7.0)
        found = around(asha.actor, john.pk)
        assert [each.id for each in found.likely] == [jon.pk]
        (conflict,) = found.conflicts
        assert ({conflict.one.id, conflict.other.id}, conflict.is_split) == (
            {john.pk, jim.pk},
            True,
        )
        assert around(asha.actor, jim.pk).likely == []
        indexing.turn()
        why = "PNC number 2001/0154257K, and 1981/0154257C. <strong>Kept apart"
        assert why in asha.client.get(f"/nominals/person/{jon.pk}/").content.decode()
        page = asha.client.get(f"/nominals/person/{john.pk}/").content.decode()
        assert str(jim.pk) in page
        assert str(jim.pk) not in page[page.index("May be the same person") :]
        (told,) = asha.client.get(f"/api/v1/nominals/matches/{jim.pk}").json()["conflicts"]
        assert {told[end]["id"] for end in ("one", "other")} == {str(john.pk), str(jim.pk)}
        assert (told["one"]["holder"], told["is_split"]) == (HERE, True)
        said = CliRunner().invoke(
            commands, ["person", str(jon.pk), "--as", asha.account.username]
        )
        assert "are kept apart: PNC number 2001/0154257K, and 1981/0154257C" in said.output
        for two in (near, far):
            decide(asha.actor, two, Act.CONFIRM)
        outweighed = around(asha.actor, john.pk)
        assert [each.is_split for each in outweighed.conflicts] == [False]
        assert {each.id for each in outweighed.confirmed} == {jon.pk, jim.pk}
