"""Restriction from the first instant, and the marking at the head of what leaves: by page, API and command."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.kernel.testing.cast import Cast, Player
from crossforce.kernel.testing.pages import KEY
from crossforce.records.choices import MARKINGS
from crossforce.records.commands import commands
from crossforce.records.endpoints import shapes
from crossforce.records.tests import factories

pytestmark = pytest.mark.django_db
NOTE = "records.note"
HOME = f"/api/v1/records/{NOTE}"
COMPARTMENT = "special-branch"
PLACE = {"marking": "OFFICIAL-SENSITIVE", "compartment": COMPARTMENT}
SAYS = {"subject": "A source", "body": "Met twice."}
MARKED = "OFFICIAL-SENSITIVE [SPECIAL-BRANCH]"


def by_page(player: Player) -> Any:
    sent = {**SAYS, **PLACE, "purposes": ["prevent-offences"], KEY: str(uuid4())}
    return player.client.post(reverse("records:add", args=[NOTE]), sent)


def by_api(player: Player) -> Any:
    sent = {"fields": SAYS, "purposes": ["prevent-offences"], "place": PLACE}
    headers = {"Idempotency-Key": str(uuid4())}
    return player.client.post(HOME, sent, content_type="application/json", headers=headers)


def by_command(player: Player) -> Any:
    fields = [word for name, said in SAYS.items() for word in ("-f", f"{name}={said}")]
    place = [word for name, said in PLACE.items() for word in (f"--{name}", said)]
    who = ["--policing", "prevent-offences", "--as", player.account.username]
    return CliRunner().invoke(commands, ["add", NOTE, *fields, *place, *who])


@pytest.fixture
def asha(cast: Cast) -> Player:
    factories.policy()
    factories.policy("inside", compartment=COMPARTMENT)
    factories.policy("shared", recipient=factories.PARTNER, actions=("find", "read"))
    return cast.asha("investigator")


def titles(client: Client) -> list[str]:
    return [each["title"] for each in client.get(HOME).json()["items"]]


@pytest.mark.parametrize("add", [by_page, by_api, by_command])
def test_what_is_added_is_in_its_place_at_once(
    cast: Cast, asha: Player, add: Callable[[Player], Any]
) -> None:
    add(asha)
    (seen,) = asha.client.get(HOME).json()["items"]
    assert {name: seen[name] for name in PLACE} == PLACE
    assert seen["version"] == 1
    bryn = cast.bryn("investigator").client
    assert titles(bryn) == []
    assert bryn.get(f"{HOME}/{seen['id']}").status_code == 404


@pytest.mark.parametrize("add", [by_page, by_api, by_command])
def test_a_place_that_no_clause_gives_is_refused(
    asha: Player, add: Callable[[Player], Any]
) -> None:
    factories.policy("inside", compartment=COMPARTMENT, actions=("read",))
    refused = add(asha)
    said = str(getattr(refused, "exception", None)) + str(getattr(refused, "content", ""))
    assert "lets you add a record like this" in said
    assert titles(asha.client) == []


class TestTheHead:
    @pytest.fixture
    def records(self, asha: Player) -> list[str]:
        one = factories.note(subject="A blue van")
        other = factories.note(None, "A source", **PLACE)
        return [str(one.pk), str(other.pk)]

    def test_of_a_list_as_a_file(self, asha: Player, records: list[str]) -> None:
        answer = asha.client.get(reverse("records:of-kind", args=[NOTE]), {"format": "csv"})
        assert answer.content.decode().lstrip("\ufeff").startswith(f"{MARKED},")

    @pytest.mark.parametrize("form", ["csv", "json"])
    def test_of_one_record_as_a_file(self, asha: Player, records: list[str], form: str) -> None:
        sent = {"recipient": "The coroner", "form_of": form, KEY: str(uuid4())}
        url = reverse("records:disclose", args=[NOTE, records[1]])
        said = asha.client.post(url, sent).content.decode().lstrip("\ufeff")
        assert said.startswith(f"{MARKED},") or json.loads(said)["marking"] == MARKED

    def test_of_what_a_program_is_given(self, asha: Player, records: list[str]) -> None:
        given = {"records": records, "recipient": "The coroner"}
        answer = asha.client.post(
            f"{HOME}/disclose",
            given,
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )
        assert next(iter(answer.json().items())) == ("marking", MARKED)
        assert asha.client.get(HOME).json()["marking"] == MARKED

    def test_of_a_file_from_the_command_line(
        self, asha: Player, records: list[str], tmp_path: Path
    ) -> None:
        file = tmp_path / "out.json"
        words = ["disclose", NOTE, *records, "--to", "The coroner", "--file", str(file)]
        done = CliRunner().invoke(commands, [*words, "--as", asha.account.username])
        assert done.output == f"{MARKED}: 2 disclosed to The coroner.\n"
        assert json.loads(file.read_text())["marking"] == MARKED
        entries = factories.entries("record.disclosed")  # one for the compartment
        assert [each.detail["marking"] for each in entries] == ["OFFICIAL-SENSITIVE"] * 2

    def test_is_one_of_the_markings_that_there_are(self) -> None:
        assert get_args(shapes.Marking) == ("", *MARKINGS)
