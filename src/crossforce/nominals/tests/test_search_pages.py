"""Search in the browser, over the API and on the command line: the same question, the same answer."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.web import sealed
from crossforce.nominals import models
from crossforce.nominals.commands import commands
from crossforce.nominals.operations import indexing
from crossforce.nominals.tests import holding, loads
from crossforce.nominals.tests.holding import statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]
PAGE, API = "/nominals/", "/api/v1/nominals/search"


@pytest.fixture
def john(cast: Cast) -> models.Person:
    """Somebody whom this force holds, and the partner may find."""
    holding.own_policies()
    holding.shared("find")
    made = holding.person(
        cast.asha("investigator").actor,
        "John",
        "Smith",
        "1980-05-12",
        warnings=["weapons"],
        categories=["suspect"],
        statements=[statement("identifier", type="pnc", number="2001/0012345A")],
    )
    indexing.turn()
    return made


def address(who: Any, **asked: str) -> str:
    """Where the answer to what somebody sends is found."""
    sent = who.client.post(PAGE, asked)
    assert sent.status_code == 302, sent.content
    return str(sent.url)


def found(who: Any, **asked: str) -> str:
    return str(who.client.get(address(who, **asked)).content.decode())


class TestPage:
    def test_shows_the_box_and_nothing_found(self, cast: Cast) -> None:
        page = cast.asha("investigator").client.get(PAGE).content.decode()
        assert "Find people, vehicles, places and numbers" in page
        assert "Nothing found" not in page
        assert "Where records come from" not in page
        loads.policy()
        page = cast.asha("investigator").client.get(PAGE).content.decode()
        assert 'href="/nominals/loads/"' in page

    def test_an_empty_search_says_what_to_write(self, cast: Cast) -> None:
        asha, told = cast.asha("investigator"), "Write a name, number or address"
        assert told in asha.client.post(PAGE, {"q": " "}).content.decode()
        assert told in asha.client.get(API).json()["detail"]
        run = CliRunner().invoke(commands, ["find", "--as", asha.account.username])
        assert run.exit_code == 2

    def test_shows_warnings_reasons_and_holder(self, cast: Cast, john: models.Person) -> None:
        page = found(cast.asha("investigator"), q="jon smith 12/5/1980")
        assert page.index("Weapons") < page.index("SMITH, John")
        assert "Forename may be the same name: John" in page
        assert "Understood as: surname Smith, forename Jon, born 12 May 1980" in page
        assert "1 found that you may read" in page
        assert "Download as CSV" in page

    def test_points_to_whom_to_ask_and_says_no_more(
        self, cast: Cast, john: models.Person
    ) -> None:
        page = found(cast.bryn("investigator"), q="john smith")
        assert john.number in page
        assert f"/access/ask/nominals.person/{john.pk}/" in page
        for secret in ("SMITH, John", "1980-05-12", "Weapons", "Surname agrees"):
            assert secret not in page

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"q": "smith 31/2/1980"}, "There is no day 31/2/1980"),
            ({"born": "long ago"}, "is no date and no age"),
        ],
    )
    def test_says_what_is_no_date(self, cast: Cast, asked: dict[str, str], said: str) -> None:
        answer = cast.asha("investigator").client.post(PAGE, asked)
        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_fields_ask_of_one_kind(self, cast: Cast, john: models.Person) -> None:
        asha = cast.asha("investigator")
        both = found(asha, family="Smith", number="01/12345A")
        assert "Number agrees; Surname agrees" in both
        none = found(asha, family="Smith", kind="object")
        assert "Nothing found that you may know of" in none

    def test_suggests_while_one_types(self, cast: Cast, john: models.Person) -> None:
        typed = f"{PAGE}typed/"
        own = cast.asha("investigator").client.post(typed, {"q": "john smi"}).content.decode()
        assert "SMITH, John" in own
        assert "<html" not in own
        other = cast.bryn("investigator").client.post(typed, {"q": "john smi"}).content.decode()
        assert other.strip() == ""

    def test_a_file_is_a_disclosure(self, cast: Cast, john: models.Person) -> None:
        asha, bryn = cast.asha("investigator"), cast.bryn("investigator")
        answer: Any = asha.client.get(f"{address(asha, q='john smith')}&format=csv")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        head, line = text.splitlines()
        assert head.startswith("Marking,Kind,Warnings,Found,Born")
        assert line.startswith('OFFICIAL,Person,Weapons,"SMITH, John",1980-05-12')
        assert holding.disclosed() == [{john.pk}]
        refused = bryn.client.get(f"{address(bryn, q='john smith')}&format=csv")
        assert refused.status_code == 403

    def test_an_address_says_nothing_and_leads_only_who_asked_for_a_while(
        self, cast: Cast, john: models.Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asha, bryn = cast.asha("investigator"), cast.bryn("investigator")
        where = address(asha, q="john smith", kind="person")
        assert not any(word in where.lower() for word in ("john", "smith", "person"))
        page = asha.client.get(where).content.decode()
        assert "SMITH, John" in page
        assert "john smith" not in re.findall("<title>(.*)</title>", page)[0]
        assert bryn.client.get(where).status_code == 400
        assert asha.client.get(where[:-4] + "AAAA").status_code == 400
        assert asha.client.get(PAGE, {"q": "john smith"}).status_code == 400
        monkeypatch.setattr(sealed, "LASTS", timedelta(seconds=-2))
        assert asha.client.get(where).status_code == 400


def test_a_search_of_all_records_says_nothing_in_its_address(
    cast: Cast, john: models.Person
) -> None:
    asha, bryn = cast.asha("investigator"), cast.bryn("investigator")
    where: Any = asha.client.post("/records/", {"q": "smith", "kind": ""})
    address = where.headers["location"]
    assert "smith" not in address.lower()
    page = asha.client.get(address).content.decode()
    assert "SMITH" in page or john.number in page
    assert 'value="smith"' in page
    assert not re.findall(r'href="[^"]*smith', page.lower())
    assert bryn.client.get(address).status_code == 400


class TestElsewhere:
    def test_the_api_answers_the_same(self, cast: Cast, john: models.Person) -> None:
        own = cast.asha("investigator").client.get(API, {"q": "smyth john"}).json()
        (hit,) = own["items"]
        assert (hit["title"], hit["may_read"], hit["warnings"]) == (
            "SMITH, John",
            True,
            ["weapons"],
        )
        assert own["understood"] == ["surname John", "forename Smyth"]
        other = cast.bryn("investigator").client.get(API, {"q": "john smith"}).json()
        (pointer,) = other["items"]
        assert (other["readable"], other["pointers"], pointer["may_read"]) == (0, 1, False)
        assert (pointer["title"], pointer["born"], pointer["reasons"]) == (john.number, "", [])
        client = cast.asha("investigator").client
        wrong = client.get(API, {"q": "31/2/1980"})
        assert wrong.status_code == 400
        sent = client.post(API, {"q": "smyth john"}, content_type="application/json")
        assert sent.json() == own
        anywhere = client.post(
            "/api/v1/records/search", {"q": "smith"}, content_type="application/json"
        )
        assert [each["id"] for each in anywhere.json()["items"]] == [str(john.pk)]

    def test_the_command_prints_the_same(self, cast: Cast, john: models.Person) -> None:
        user = cast.asha("investigator").account.username
        run = CliRunner().invoke(commands, ["find", "john smith", "--as", user])
        assert run.exit_code == 0, run.output
        assert "[weapons] SMITH, John, born 12 May 1980 (Wiltshire, OFFICIAL)" in run.output
        plain = CliRunner().invoke(
            commands, ["find", "--family", "Smith", "--as", user, "--json"]
        )
        assert [each["id"] for each in json.loads(plain.stdout)] == [str(john.pk)]
        wrong = CliRunner().invoke(commands, ["find", "31/2/1980", "--as", user])
        assert wrong.exit_code == 2
