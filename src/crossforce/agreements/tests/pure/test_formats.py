"""The pages of promised formats say what the code does."""

import re
from pathlib import Path

from crossforce.agreements import canonical, signing
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.reading import read

FORMATS = Path(__file__).parents[5] / "docs" / "formats"


class TestPages:
    def test_show_a_document_that_reads(self) -> None:
        page = (FORMATS / "agreement-document.md").read_text("utf-8")
        for example in re.findall(r"```toml\n(.*?)```", page, re.DOTALL):
            assert read(example.encode()).document.format == 1

    def test_give_the_hash_of_their_example(self, small: AgreementDocument) -> None:
        page = (FORMATS / "agreement-document.md").read_text("utf-8")
        assert canonical.text_hash(small) in page

    def test_show_a_statement_that_can_be_signed(self) -> None:
        page = (FORMATS / "signature.md").read_text("utf-8")
        [example] = re.findall(r"```\n(crossforce.*?)```", page, re.DOTALL)
        assert signing.from_bytes(example.encode()).version == 3
