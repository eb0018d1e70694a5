"""No page, answer or command may show that a real body signed what it did not sign."""

import re

import pytest
from typer.testing import CliRunner

from crossforce.agreements import models, operations
from crossforce.agreements.commands import commands
from crossforce.agreements.tests import factories
from crossforce.agreements.tests.factories import AVON, NOW, REFERENCE, party
from crossforce.agreements.tests.test_endpoints import call
from crossforce.agreements.tests.viewing import ask
from crossforce.agreements.views import lists, versions
from crossforce.kernel import clock, registry

pytestmark = pytest.mark.usefixtures("bodies")

CHIEF = f"chief-constable-{AVON}"
CLAIM = re.compile(r"\bsigned\b", re.IGNORECASE)
DENIALS = re.compile(
    r"nobody signed[^.<]*|no real organisation (?:has )?signed[^.<]*|recorded, not signed here"
    r"|what is signed|each party signs these[^.<]*",
    re.IGNORECASE,
)


def claims(page: str) -> list[str]:
    """Every place where the page says that something was signed, but for plain denials."""
    words = DENIALS.sub("", re.sub(r"<[^>]+>", " ", page))
    return [words[max(0, m.start() - 60) : m.end() + 60] for m in CLAIM.finditer(words)]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(registry, "actor_named", lambda name, at: party(CHIEF))


@pytest.mark.parametrize("origin", ["recorded", "demonstration"])
class TestNothingRecordedIsShownAsSigned:
    @pytest.fixture(autouse=True)
    def _recorded(self, bodies: None, origin: str) -> None:
        text = factories.document().replace('"draft"', f'"{origin}"', 1)
        operations.record_document(actor=factories.loader(), document=text, at=NOW)

    def test_on_any_page(self, origin: str) -> None:
        reader = party(CHIEF)
        pages = [
            ask(lists.mine, reader),
            ask(versions.show, reader, REFERENCE),
            ask(versions.version, reader, REFERENCE, 1),
        ]
        for page in pages:
            assert claims(page.content.decode()) == []
        assert b"igned it" in pages[1].content

    def test_in_any_answer_of_the_api(self, origin: str) -> None:
        answer = call("GET", f"/{REFERENCE}", party(CHIEF)).json()
        version = answer["versions"][0]
        assert version["origin"] == origin
        assert {each["state"] for each in version["parties"]} == {"named"}
        assert {each["signed_at"] for each in version["parties"]} == {None}
        assert call("GET", f"/{REFERENCE}/versions/1/signatures", party(CHIEF)).json() == []

    def test_on_the_command_line(self, origin: str) -> None:
        said = CliRunner().invoke(commands, ["show", REFERENCE, "--as", "chief"]).stdout
        assert origin in said
        assert claims(said) == []


class TestDemonstrationKeys:
    def test_mark_every_signature_they_make(self) -> None:
        factories.proposed()
        factories.signed_by(CHIEF)
        assert models.SigningKey.objects.get().demonstration
        for view, *rest in ((versions.show,), (versions.version, 1)):
            page = ask(view, party(CHIEF), REFERENCE, *rest).content.decode()
            assert "Not made by this office" in page
            assert not [each for each in claims(page) if "Chief Constable" in each]
        parties = call("GET", f"/{REFERENCE}", party(CHIEF)).json()["versions"][0]["parties"]
        assert [each["demonstration"] for each in parties if each["signed_at"]] == [True]
