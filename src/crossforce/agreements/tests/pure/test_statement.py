from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.agreements import signing
from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.terms import CompiledTerms
from crossforce.agreements.tests.strategies import DIRECTORY, documents
from crossforce.kernel.words import Words

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key()
PARTY = "chief-constable-wiltshire"


def signed(
    document: AgreementDocument, terms: CompiledTerms
) -> tuple[signing.Statement, bytes]:
    statement = signing.statement_of(document, terms, version=3, party=PARTY)
    return statement, signing.sign(statement, KEY)


class TestVerify:
    def test_holds_for_what_was_signed(
        self, joint: AgreementDocument, terms: CompiledTerms
    ) -> None:
        statement, signature = signed(joint, terms)
        assert signing.verify(statement, signature, PUBLIC)
        assert signing.verify(statement, signature, PUBLIC.public_bytes_raw())
        assert signing.from_bytes(signing.to_bytes(statement)) == statement

    @pytest.mark.parametrize(
        "change",
        [
            {"version": 4},
            {"party": "chief-constable-dorset"},
            {"compiler": 2},
            {"reference": "joint-road"},
            {"text_hash": "0" * 64},
            {"terms_hash": "0" * 64},
        ],
    )
    def test_fails_for_anything_else(
        self, change: dict[str, object], joint: AgreementDocument, terms: CompiledTerms
    ) -> None:
        statement, signature = signed(joint, terms)
        assert not signing.verify(replace(statement, **change), signature, PUBLIC)  # type: ignore[arg-type]

    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_fails_when_one_letter_of_the_text_changes(self, data: st.DataObject) -> None:
        document = data.draw(documents())
        terms = compile_document(document, DIRECTORY)
        _, signature = signed(document, terms)
        clause = document.clause[data.draw(st.integers(0, len(document.clause) - 1))]
        text = clause.text.en
        place = data.draw(st.integers(0, len(text)))
        other = clause.model_copy(update={"text": Words(en=text[:place] + "x" + text[place:])})
        clauses = tuple(other if each is clause else each for each in document.clause)
        after = document.model_copy(update={"clause": clauses})
        statement = signing.statement_of(after, terms, version=3, party=PARTY)
        assert not signing.verify(statement, signature, PUBLIC)

    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_fails_when_one_term_changes(self, data: st.DataObject) -> None:
        document = data.draw(documents())
        terms = compile_document(document, DIRECTORY)
        _, signature = signed(document, terms)
        place = data.draw(st.integers(0, len(terms.terms) - 1))
        rest = (*terms.terms[:place], *terms.terms[place + 1 :])
        after = terms.model_copy(update={"terms": rest})
        statement = signing.statement_of(document, after, version=3, party=PARTY)
        assert not signing.verify(statement, signature, PUBLIC)

    @given(st.integers(0, 511))
    @settings(max_examples=30, deadline=None)
    def test_fails_when_one_bit_of_the_signature_changes(self, bit: int) -> None:
        statement = signing.Statement("a", 1, "b", "0" * 64, "1" * 64, 1)
        signature = bytearray(signing.sign(statement, KEY))
        signature[bit // 8] ^= 1 << bit % 8
        assert not signing.verify(statement, bytes(signature), PUBLIC)

    @pytest.mark.parametrize("signature", [b"", b"x" * 63, b"x" * 65])
    def test_fails_for_what_is_no_signature(self, signature: bytes) -> None:
        statement = signing.Statement("a", 1, "b", "0" * 64, "1" * 64, 1)
        assert not signing.verify(statement, signature, PUBLIC)
        assert not signing.verify(statement, signature, b"short")


class TestStatement:
    def test_has_these_bytes(self) -> None:
        statement = signing.Statement("joint-roads", 3, PARTY, "0" * 64, "1" * 64, 1)
        assert signing.to_bytes(statement) == (
            b"crossforce agreement signature, format 1\n"
            b"agreement: joint-roads\n"
            b"version: 3\n"
            b"party: chief-constable-wiltshire\n"
            b"text sha-256: " + b"0" * 64 + b"\n"
            b"terms sha-256: " + b"1" * 64 + b"\n"
            b"compiler: 1\n"
        )

    @pytest.mark.parametrize(
        "change",
        [
            {"reference": "a\nversion: 9"},
            {"party": ""},
            {"text_hash": "0"},
            {"version": 0},
            {"version": True},
        ],
    )
    def test_refuses_what_could_be_mistaken(self, change: dict[str, object]) -> None:
        statement = signing.Statement("a", 1, "b", "0" * 64, "1" * 64, 1)
        with pytest.raises(signing.NotAStatement):
            replace(statement, **change)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "data", [b"", b"\xff", b"a: b\n", b"crossforce agreement signature, format 1\n"]
    )
    def test_is_not_read_from_other_bytes(self, data: bytes) -> None:
        with pytest.raises(signing.NotAStatement):
            signing.from_bytes(data)

    @pytest.mark.parametrize("version", [b"version: 03\n", b"version:  3\n", b"version: +3\n"])
    def test_has_one_form(self, version: bytes) -> None:
        data = signing.to_bytes(signing.Statement("a", 3, "b", "0" * 64, "1" * 64, 1))
        with pytest.raises(signing.NotAStatement):
            signing.from_bytes(data.replace(b"version: 3\n", version))
