"""The pages: what each shows, and that each form does its one act."""

import re
import time
import tomllib
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile

from crossforce.agreements import models, operations
from crossforce.agreements.choices import REHEARSED, Origin, State, standing
from crossforce.agreements.tests import factories
from crossforce.agreements.tests.factories import (
    AVON,
    DORSET,
    GLOS,
    NOW,
    REFERENCE,
    WILTS,
    party,
)
from crossforce.agreements.tests.viewing import ask, text
from crossforce.agreements.views import drafts, keys, lists, parties, versions
from crossforce.kernel.refusals import Missing, Refused

pytestmark = pytest.mark.usefixtures("bodies", "time_stands")

CHIEF, PCC = factories.parties(AVON)
ASHA = factories.programme()


class TestDesk:
    def test_says_what_waits_for_whom(self) -> None:
        factories.proposed()
        assert "Version 1: consider it" in text(lists.mine, party(CHIEF))
        factories.considered(CHIEF)
        assert "Version 1: sign or refuse it" in text(lists.mine, party(CHIEF))
        assert "Version 1: consider it" in text(lists.mine, party(PCC))

    def test_shows_a_stranger_nothing(self) -> None:
        factories.proposed()
        factories.drafted(factories.document(reference="another"), reference="another")
        page = text(lists.mine, factories.programme(DORSET))
        assert REFERENCE not in page
        assert "another" not in page

    def test_claims_no_more_of_a_rehearsed_agreement_than_the_register(
        self, time_stands: Any
    ) -> None:
        factories.in_force()
        time_stands(factories.LATER)
        for page in (text(lists.mine, party(CHIEF)), text(versions.show, ASHA, REFERENCE)):
            assert "In force (demonstration)" in page
        assert "No real organisation signed it" in text(versions.version, ASHA, REFERENCE, 1)


@pytest.mark.parametrize(
    ("origin", "title"),
    [
        (Origin.DEMONSTRATION, "Demonstration"),
        (REHEARSED, "In force (demonstration)"),
        (Origin.DRAFTED, "In force"),
    ],
)
def test_a_demonstration_is_never_called_in_force(origin: str, title: str) -> None:
    assert standing(origin, State.IN_FORCE) == title


class TestDraft:
    new = {
        "reference": REFERENCE, "title": "Joint roads policing", "starter": "joint-unit",
        "forces": [AVON, GLOS, WILTS], "begins_on-day": "1", "begins_on-month": "12",
        "begins_on-year": "2026", "shared": "Roads policing",
    }  # fmt: skip

    def test_begins_from_a_starter_with_every_party(self) -> None:
        assert ask(drafts.begin, ASHA, sent=self.new).status_code == 302
        document = models.Draft.objects.get().document
        assert all(f'"{each}"' in document for each in factories.parties(AVON, GLOS, WILTS))

    def test_shares_what_the_drafter_says_and_nothing_of_the_starter(self) -> None:
        own = {"starter": "memorandum", "shared": "driver training & tests"}
        ask(drafts.begin, ASHA, sent=self.new | own)
        document = tomllib.loads(models.Draft.objects.get().document)
        (function,) = document["function"]
        assert (function["code"], function["title"]) == (
            "driver-training-tests", {"en": "Driver training & tests"}
        )  # fmt: skip
        assert "help with driver training & tests on request" in str(document)

    def test_takes_a_function_of_the_catalogue_by_its_words(self) -> None:
        ask(drafts.begin, ASHA, sent=self.new | {"shared": "plismona'r FFYRDD"})
        (function,) = tomllib.loads(models.Draft.objects.get().document)["function"]
        assert function["code"] == "roads-policing"
        assert "title" not in function

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"shared": ""}, "Enter what is shared"),
            ({"shared": "!?"}, "Write what is shared in letters"),
            ({"title": "x" * 400}, "A title has 120 characters at most; you wrote 400"),
        ],
    )
    def test_is_not_begun_with_no_function_or_too_long_a_title(
        self, wrong: dict[str, str], says: str
    ) -> None:
        answer = ask(drafts.begin, ASHA, sent=self.new | wrong)
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert 'maxlength="300"' not in answer.content.decode()

    def test_that_was_proposed_leads_on_to_where_it_stands(self) -> None:
        factories.proposed()
        answer = ask(drafts.edit, ASHA, REFERENCE)
        assert answer.status_code == 404
        assert "Version 1 was proposed to its parties on" in answer.content.decode()
        with pytest.raises(Missing):
            ask(drafts.edit, factories.programme(DORSET), REFERENCE)

    @pytest.mark.parametrize("sent", [None, new])
    def test_is_begun_by_an_office_that_drafts_only(self, sent: dict[str, Any] | None) -> None:
        with pytest.raises(Refused, match=r"It belongs to: .*programme-officer"):
            ask(drafts.begin, party(CHIEF), sent=sent)
        assert "/agreements/new/" in text(lists.mine, ASHA)
        assert "/agreements/new/" not in text(lists.mine, party(CHIEF))

    def test_of_too_many_parts_is_shown_with_the_limit_at_once(self) -> None:
        factories.drafted(factories.oversized())
        began = time.perf_counter()
        assert "the check goes through 500 at most" in text(drafts.edit, ASHA, REFERENCE)
        assert time.perf_counter() - began < 5

    def test_refuses_an_unfit_reference_on_the_form(self) -> None:
        answer = ask(drafts.begin, ASHA, sent=self.new | {"reference": "No Good"})
        assert answer.status_code == 422
        assert b"small letters" in answer.content

    def test_with_a_reference_that_is_taken_keeps_what_was_typed(self) -> None:
        factories.drafted()
        answer = ask(drafts.begin, ASHA, sent=self.new)
        assert answer.status_code == 422
        assert b"is taken" in answer.content
        assert b"Joint roads policing" in answer.content

    def test_shows_findings_beside_their_lines(self) -> None:
        factories.drafted(factories.document().replace('basis = "s22a"', 'basis = "magic"'))
        page = text(drafts.edit, ASHA, REFERENCE)
        assert "basis = &#34;magic&#34;" in page
        linked = re.search(r'href="[^"]*#(line-\d+)"', page)
        assert linked is not None
        assert f'id="{linked[1]}" class="cf-lines__line--error"' in page
        assert "cannot be proposed yet" in page

    def test_is_saved_and_from_a_file_too(self) -> None:
        factories.drafted()
        ask(drafts.edit, ASHA, REFERENCE, sent={"document": "a = 1\r\n", "version": "1"})
        file = SimpleUploadedFile("a.toml", b"b = 2")
        ask(drafts.upload, ASHA, REFERENCE, sent={"file": file, "version": "2"})
        draft = models.Draft.objects.get()
        assert (draft.document, draft.version) == ("b = 2", 3)

    def test_refuses_a_file_in_another_encoding(self) -> None:
        factories.drafted()
        file = SimpleUploadedFile("a.toml", "café".encode("utf-16"))
        answer = ask(drafts.upload, ASHA, REFERENCE, sent={"file": file, "version": "1"})
        assert answer.status_code == 422
        assert b"UTF-8" in answer.content

    def test_is_downloaded_as_written(self) -> None:
        draft = factories.drafted("# mine\n")
        assert ask(drafts.download, ASHA, REFERENCE).content == draft.document.encode()

    def test_is_proposed(self) -> None:
        factories.drafted()
        assert "Chief Constable of Gloucestershire" in text(drafts.propose, ASHA, REFERENCE)
        ask(drafts.propose, ASHA, REFERENCE, sent={"version": "1"})
        assert models.Version.objects.count() == 1

    def test_is_discarded(self) -> None:
        factories.drafted()
        assert "Discard" in text(drafts.discard, ASHA, REFERENCE)
        ask(drafts.discard, ASHA, REFERENCE, sent={"version": "1"})
        assert not models.Draft.objects.exists()

    def test_does_not_exist_for_another_force(self) -> None:
        factories.drafted()
        with pytest.raises(Missing):
            ask(drafts.edit, factories.programme(WILTS), REFERENCE)


class TestSigning:
    reasons = {
        "view": "in-interest", "interest": "It saves.", "existing_agreements": "None.",
        "consistency": "Yes.", "opportunities": "Few.", "version": "1",
    }  # fmt: skip

    def test_by_one_party_on_its_pages(self) -> None:
        factories.proposed()
        ask(keys.issue, party(CHIEF), sent={"label": "Office", "days": "365", "public": ""})
        ask(parties.consider, party(CHIEF), REFERENCE, 1, sent=self.reasons)
        page = text(parties.sign, party(CHIEF), REFERENCE, 1)
        words, _, digests = page.partition('<details class="govuk-details">')
        assert "One roads policing unit serves the three areas better." in words
        assert "The leaver pays its share of the costs" in words
        assert "Leaving would cost a force £0" in words
        assert "1 December 2026" in words
        assert "crossforce agreement signature, format 1" in digests
        ask(parties.sign, party(CHIEF), REFERENCE, 1, sent={"agreed": "on"})
        shown = text(versions.version, party(CHIEF), REFERENCE, 1)
        assert "Demonstration signature" in shown
        assert "Not made by this office" in shown

    def test_with_a_reason_left_out_keeps_the_others(self) -> None:
        factories.proposed()
        sent = self.reasons | {"consistency": ""}
        answer = ask(parties.consider, party(CHIEF), REFERENCE, 1, sent=sent)
        assert answer.status_code == 422
        assert b"desirability of a consistent approach" in answer.content
        assert b"It saves." in answer.content

    def test_made_outside_that_does_not_hold_is_refused_on_the_form(self) -> None:
        factories.proposed()
        factories.considered(CHIEF)
        private = Ed25519PrivateKey.generate()
        sent = {
            "label": "Outside",
            "days": "30",
            "public": private.public_key().public_bytes_raw().hex(),
        }
        ask(keys.issue, party(CHIEF), sent=sent)
        key = models.SigningKey.objects.get()
        wrong = {"key": str(key.pk), "signature": "ab" * 64}
        answer = ask(parties.sign_outside, party(CHIEF), REFERENCE, 1, sent=wrong)
        assert answer.status_code == 422
        assert b"abab" in answer.content

    def test_is_offered_only_to_a_party_that_has_considered(self) -> None:
        factories.proposed()
        sign = f"/{REFERENCE}/versions/1/sign"
        assert sign not in text(versions.show, party(CHIEF), REFERENCE)
        factories.considered(CHIEF)
        assert sign in text(versions.show, party(CHIEF), REFERENCE)

    def test_asks_for_the_tick(self) -> None:
        factories.proposed()
        factories.give_key(CHIEF)
        assert (
            ask(parties.sign, party(CHIEF), REFERENCE, 1, sent={"other": "1"}).status_code
            == 422
        )

    def test_without_a_key_says_what_to_do(self) -> None:
        factories.proposed()
        assert "no valid signing key" in text(parties.sign, party(CHIEF), REFERENCE, 1)
        assert "no valid key" in text(parties.sign_outside, party(CHIEF), REFERENCE, 1)

    def test_is_no_page_of_one_that_is_no_party(self) -> None:
        factories.proposed()
        for view in (parties.consider, parties.sign, parties.refuse, parties.sign_outside):
            with pytest.raises(Missing):
                ask(view, ASHA, REFERENCE, 1)

    def test_refused_shows_why(self) -> None:
        factories.proposed()
        ask(parties.refuse, party(CHIEF), REFERENCE, 1, sent={"reason": "Too dear for us."})
        assert "Too dear for us." in text(versions.show, party(PCC), REFERENCE)

    def test_withdrawn_shows_why(self) -> None:
        factories.proposed()
        assert "Withdraw" in text(parties.withdraw, ASHA, REFERENCE, 1)
        ask(parties.withdraw, ASHA, REFERENCE, 1, sent={"reason": "A slip."})
        assert "A slip." in text(versions.show, party(PCC), REFERENCE)


class TestVersion:
    def test_reads_out_clauses_and_what_the_platform_does(self) -> None:
        factories.proposed()
        page = text(versions.version, party(PCC), REFERENCE, 1)
        assert "What the platform does" in page
        assert "Direction and control" in page

    def test_is_downloaded_in_the_signed_bytes(self) -> None:
        version = factories.proposed()
        for kind in ("text", "terms", "document"):
            expected = getattr(version, kind)
            data = expected.encode() if isinstance(expected, str) else bytes(expected)
            assert ask(versions.part, party(PCC), REFERENCE, 1, kind).content == data
        with pytest.raises(Missing):
            ask(versions.part, party(PCC), REFERENCE, 1, "findings")

    def test_statement_is_a_file(self) -> None:
        factories.proposed()
        answer = ask(versions.statement, party(PCC), REFERENCE, 1, PCC)
        assert answer["Content-Disposition"].endswith(f'{REFERENCE}-1-{PCC}.txt"')

    def test_shows_what_a_variation_changes(self) -> None:
        factories.in_force()
        draft = operations.vary(actor=ASHA, owner=AVON, reference=REFERENCE, at=NOW)
        later = draft.document.replace("share the yearly cost equally", "each pay a third")
        operations.save(actor=ASHA, reference=REFERENCE, document=later, version=1, at=NOW)
        operations.propose(actor=ASHA, reference=REFERENCE, version=2, at=NOW)
        assert "What changes from version 1" in text(versions.version, ASHA, REFERENCE, 2)
