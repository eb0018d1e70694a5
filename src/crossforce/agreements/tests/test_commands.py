"""The command line: drafting, signing by a whole force, leaving."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from crossforce.agreements import models
from crossforce.agreements.commands import SignOnThePage, commands
from crossforce.agreements.tests import factories
from crossforce.agreements.tests.factories import AVON, LATER, NOW, REFERENCE, party
from crossforce.kernel import clock, registry

pytestmark = pytest.mark.usefixtures("bodies")

CHIEF, PCC = factories.parties(AVON)
CAST = {"asha": factories.programme(), "chief": party(CHIEF), "commissioner": party(PCC)}


@pytest.fixture(autouse=True)
def _actors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "actor_named", lambda name, at: CAST[name])
    monkeypatch.setattr(clock, "now", lambda: NOW)


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(commands, words, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return str(result.stdout)


class TestDrafting:
    def test_from_a_file_to_a_proposal(self, tmp_path: Path) -> None:
        file = tmp_path / f"{REFERENCE}.toml"
        file.write_text(factories.document(), "utf-8")
        for edit in (1, 2):
            assert f"edit {edit}" in run("draft", str(file), REFERENCE, "--as", "asha")
        assert "before 6 parties" in run("propose", REFERENCE, "--as", "asha")
        run("withdraw", REFERENCE, "1", "--as", "asha", "--because", "A slip")
        assert "Withdrawn" in run("list", "--as", "asha")
        assert 'state = "draft"' in run("vary", REFERENCE, "--as", "asha")


class TestSigning:
    VIEW = (
        "--view", "in-interest", "--interest", "It saves", "--existing-agreements", "None",
        "--consistency", "Yes", "--opportunities", "Few",
    )  # fmt: skip

    def test_by_one_party_and_tested_again(self) -> None:
        factories.proposed()
        run("issue-key", "Office", "--as", "chief")
        run("consider", REFERENCE, "--as", "chief", *self.VIEW)
        run("sign", REFERENCE, "1", "--as", "chief")
        assert "demonstration signature" in run("show", REFERENCE, "--as", "commissioner")
        assert run("verify", REFERENCE, "1", "--as", "commissioner").startswith("holds")

    def test_a_broken_signature_ends_with_code_1(self, monkeypatch: pytest.MonkeyPatch) -> None:
        factories.proposed()
        factories.signed_by(CHIEF)
        monkeypatch.setattr("crossforce.agreements.signing.verify", lambda *given: False)
        assert "BROKEN" in run("verify", REFERENCE, "1", "--as", "chief", code=1)

    def test_with_a_key_held_here_needs_the_page_on_a_real_installation(
        self, settings: Any
    ) -> None:
        settings.DEMONSTRATION = False
        factories.proposed()
        with pytest.raises(SignOnThePage):
            run("sign", REFERENCE, "1", "--as", "chief")

    def test_statement_is_the_bytes_to_sign(self) -> None:
        factories.proposed()
        said = run("statement", REFERENCE, "1", "--as", "chief")
        assert f"party: {CHIEF}\n" in said

    def test_refused(self) -> None:
        factories.proposed()
        run("refuse", REFERENCE, "1", "--as", "chief", "--because", "Too dear")
        assert "Rejected" in run("show", REFERENCE, "--as", "chief")

    def test_revoked_key_signs_nothing(self) -> None:
        key = run("issue-key", "Office", "--as", "chief").strip()
        run("revoke-key", key, "--as", "chief", "--because", "Lost")
        assert models.SigningKey.objects.get().revoked_at == NOW


class TestLeaving:
    @pytest.fixture(autouse=True)
    def _in_force(self, bodies: None, _actors: None, monkeypatch: pytest.MonkeyPatch) -> None:
        factories.in_force()
        monkeypatch.setattr(clock, "now", lambda: LATER)

    def test_by_both_parties(self) -> None:
        assert "2028-04-01" in run("leave", REFERENCE, "--as", "chief", "--only-show")
        assert "waits" in run("leave", REFERENCE, "--as", "chief", "--because", "Costs")
        assert ": 2028-04-01" in run("leave", REFERENCE, "--as", "commissioner")
        notice = models.Notice.objects.get()
        run("handover", REFERENCE, str(notice.pk), "--as", "asha")
        item = notice.handover.filter(organisation="avon-and-somerset").first()
        assert item is not None
        run("settle", REFERENCE, str(item.pk), "Receipt 12", "--as", "asha")
        assert "Settled" in run("show", REFERENCE, "--as", "asha")

    def test_ending_is_proposed_and_joined(self) -> None:
        said = ("--because", "Done", "--on", "2027-06-01")
        assert "waits" in run("end", REFERENCE, "--as", "chief", *said)
        assert "waits" in run("end", REFERENCE, "--as", "commissioner")
        assert models.NoticeConsent.objects.count() == 2

    def test_suspended_and_resumed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        run("suspend", REFERENCE, "--as", "chief", "--because", "A breach")
        assert "Suspended" in run("show", REFERENCE, "--as", "asha")
        monkeypatch.setattr(clock, "now", lambda: LATER + factories.DAY)
        run("resume", REFERENCE, "--as", "chief")
        assert "In force" in run("show", REFERENCE, "--as", "asha")
