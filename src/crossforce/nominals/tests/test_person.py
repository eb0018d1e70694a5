"""A person across forces: what may be read of them, and of no other end more than may be known."""

from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import Cast
from crossforce.nominals import models
from crossforce.nominals.commands import commands
from crossforce.nominals.operations import indexing
from crossforce.nominals.queries import matching
from crossforce.nominals.queries import person as queries
from crossforce.nominals.tests import holding
from crossforce.nominals.tests.holding import statement
from crossforce.nominals.tests.test_matching import confirmed, policies
from crossforce.records.tests.factories import AT, PARTNER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]
PNC = statement("identifier", type="pnc", number="2001/0012345A")


@pytest.fixture
def john(cast: Cast) -> models.Person:
    holding.own_policies()
    actor = cast.asha("investigator").actor
    made = holding.person(
        actor,
        "John",
        "Smith",
        "1980-05-12",
        warnings=["weapons"],
        statements=[
            PNC,
            statement("warning", code="weapons")
            | {"source": "custody 7", "confidence": "high", "as_of": "2025-03"},
        ],
    )
    van = holding.thing(actor, "AB12CDE")
    house = holding.place(actor, "3 High Street", "BA5 2AA", latitude=51.2, longitude=-2.6)
    stop = holding.event(actor, summary="Stopped on the A4", happened_from=AT)
    holding.tie(actor, made, van, "keeper of", since="2020-01")
    holding.tie(actor, made, house, "lives at")
    holding.tie(actor, made, stop, "stopped in")
    return made


def page(player: Any, key: Any) -> str:
    return str(player.client.get(f"/nominals/person/{key}/").content.decode())


class TestPerson:
    def test_says_where_more_ties_are_held_than_are_shown(
        self, cast: Cast, john: models.Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asha, more = cast.asha("investigator"), "More ties are held"
        monkeypatch.setattr(queries, "MOST_TIES", 3)
        assert more not in page(asha, john.pk)
        monkeypatch.setattr(queries, "MOST_TIES", 2)
        assert more in page(asha, john.pk)
        told = asha.client.get(f"/api/v1/nominals/person/{john.pk}").json()
        assert (told["is_cut"], len(told["ties"])) == (True, 2)
        words = ["person", str(john.pk), "--as", asha.account.username]
        assert "more ties are held" in CliRunner().invoke(commands, words).output

    def test_shows_warnings_first_and_each_fact_with_its_source(
        self, cast: Cast, john: models.Person
    ) -> None:
        text = page(cast.asha("investigator"), john.pk)
        assert text.index("Weapons") < text.index("Held by")
        for said in ("custody 7", "High", "2025-03", "2001/0012345A", "Wiltshire"):
            assert said in text

    def test_shows_ties_as_network_table_map_and_through_time(
        self, cast: Cast, john: models.Person
    ) -> None:
        text = page(cast.asha("investigator"), john.pk)
        assert text.count("AB12CDE (vehicle)") == 3  # network, table, timeline
        assert "Map of the places" in text
        assert '<text x="12" y="4">1</text>' in text
        assert text.index("Stopped on the A4", text.index("Through time")) < text.index(
            "2020-01", text.index("Through time")
        )

    def test_other_forces_records_of_the_same_number_stand_beside(
        self, cast: Cast, john: models.Person
    ) -> None:
        bryn = cast.bryn("investigator")
        other = holding.person(bryn.actor, "Jonathan", "Smithe", statements=[PNC])
        indexing.turn()
        assert "SMITHE" not in page(cast.asha("investigator"), john.pk)
        holding.policy("back", holder=PARTNER, actions=("find",))
        text = page(cast.asha("investigator"), john.pk)
        assert "SMITHE" not in text
        assert other.number in text
        assert f"/access/ask/nominals.person/{other.pk}/" in text
        holding.policy("back", holder=PARTNER, actions=("find", "read"))
        text = page(cast.asha("investigator"), john.pk)
        assert "SMITHE, Jonathan" in text
        beside = f"/nominals/matches/{john.pk}/{other.pk}/"
        assert beside in text
        assert cast.asha("investigator").client.get(beside).status_code == 200

    def test_what_confirmed_records_say_stands_together_and_says_whose_it_is(
        self, cast: Cast, john: models.Person
    ) -> None:
        policies()
        asha, bryn = cast.asha("investigator"), cast.bryn("investigator").actor
        said = [statement("birth", date="1980-05-13"), statement("warning", code="violent")]
        jon = holding.person(bryn, "Jon", "Smith", warnings=["violent"], statements=said)
        shop = holding.place(bryn, "1 Mill Lane", latitude=51.8, longitude=-2.2)
        holding.tie(bryn, jon, shop, "works at", since="2024-02")
        assert "Violent" not in page(asha, john.pk)
        confirmed(matching.ordered(john.pk, jon.pk))
        text = page(asha, john.pk)
        assert text.index("Weapons") < text.index("Violent") < text.index("Held by")
        assert text.count(jon.number) == 6  # warning, two facts, tie, two times
        told = asha.client.get(f"/api/v1/nominals/person/{john.pk}").json()
        assert [each["record"] for each in told["warned"]] == [str(john.pk), str(jon.pk)]
        assert {(each["about"], each["record"]) for each in told["facts"]} == {
            ("identifier", str(john.pk)), ("warning", str(john.pk)),
            ("birth", str(jon.pk)), ("warning", str(jon.pk)),
        }  # fmt: skip
        times = {(each["what"], each["at"]) for each in told["moments"]}
        assert times >= {("works at", "2024-02"), ("birth", "1980-05-13")}
        assert not {"warning", "identifier"} & {what for what, _ in times}  # said, not done
        assert [each["id"] for each in told["matched"]["confirmed"]] == [str(jon.pk)]
        words = ["person", str(john.pk), "--as", asha.account.username]
        lines = CliRunner().invoke(commands, words).output
        assert f"warnings: violent (Gloucestershire, {jon.number})" in lines
        holding.policy("back", holder=PARTNER, actions=("find",))
        text = page(asha, john.pk)
        assert jon.number in text
        assert "Violent" not in text
        assert "1 Mill Lane" not in text

    def test_ends_of_ties_show_no_more_than_may_be_known(
        self, cast: Cast, john: models.Person
    ) -> None:
        bryn = cast.bryn("investigator")
        holding.shared("read", kinds=("nominals.person", "nominals.tie"))
        text = page(bryn, john.pk)
        for hidden in ("AB12CDE", "Keeper of", "2020-01", "Stopped in"):
            assert hidden not in text
        assert "No tie that you may know of is held" in text
        holding.shared("find", reference="things", kinds=("nominals.object",))
        text = page(bryn, john.pk)
        assert "AB12CDE" not in text
        assert "Keeper of" in text
        assert "Lives at" not in text

    def test_a_pointer_to_a_tie_does_not_say_whose_it_is(
        self, cast: Cast, john: models.Person
    ) -> None:
        bryn = cast.bryn("investigator")
        with guarded.acting(cast.asha("investigator").actor):
            tie = models.Tie.objects.get(role="keeper of")
        holding.shared("find", kinds=("nominals.tie",))
        answer = bryn.client.get(f"/records/nominals.tie/{tie.pk}/")
        text = answer.content.decode()
        assert "You may know that it exists" in text
        for hidden in (tie.number, "keeper of", "2020-01"):
            assert hidden not in text

    def test_api_and_command_tell_the_same(self, cast: Cast, john: models.Person) -> None:
        asha, bryn = cast.asha("investigator"), cast.bryn("investigator")
        address = f"/api/v1/nominals/person/{john.pk}"
        told = asha.client.get(address).json()
        assert told["record"]["title"] == "SMITH, John"
        first = told["facts"][0]
        assert (first["about"], first["source"]) == ("warning", "custody 7")
        assert {tie["role"] for tie in told["ties"]} == {"keeper of", "lives at", "stopped in"}
        assert told["moments"][-1]["at"] == "2020-01"
        assert bryn.client.get(address).status_code == 404
        holding.shared("find")
        known = bryn.client.get(address).json()
        assert (known["record"]["title"], known["record"]["may_read"]) == (john.number, False)
        assert known["facts"] == known["ties"] == []

        def run(player: Any) -> str:
            done = CliRunner().invoke(
                commands, ["person", str(john.pk), "--as", player.account.username]
            )
            assert done.exit_code == 0, done.output
            return done.output

        text = run(asha)
        assert text.index("warning: weapons") < text.index("identifier: ")
        assert "tie: keeper of → " in text
        assert "custody 7" not in run(bryn)

    def test_who_may_only_know_of_them_is_led_to_whom_to_ask(
        self, cast: Cast, john: models.Person
    ) -> None:
        bryn = cast.bryn("investigator")
        hidden = bryn.client.get(f"/nominals/person/{john.pk}/")
        none = bryn.client.get(f"/nominals/person/{uuid4()}/")
        assert hidden.status_code == none.status_code == 404
        holding.shared("find")
        known: Any = bryn.client.get(f"/nominals/person/{john.pk}/")
        assert (known.status_code, known.url) == (302, f"/records/nominals.person/{john.pk}/")
