import pytest
from django.test import TestCase

from crossforce.kernel.refusals import Missing
from crossforce.register import queries
from crossforce.register.queries import Wanted
from crossforce.register.tests.conftest import AT, fill

EXPECTED = [
    (Wanted(words="homicide"), {"sw-major-crime"}),
    (Wanted(words="TIM troseddau mawr"), {"sw-major-crime"}),
    (Wanted(force="north-wales"), {"wales-firearms"}),
    (Wanted(region="wales"), {"wales-firearms"}),
    (Wanted(function="collaboration-as-a-whole"), {"sw-special-branch"}),
    (Wanted(words="%"), set()),
    (Wanted(stage="in-development"), {"wales-firearms"}),
    (Wanted(form="joint-unit", force="dorset"), {"sw-special-branch"}),
]


class TestEntries(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        fill()

    def test_are_those_asked_for(self) -> None:
        for wanted, references in EXPECTED:
            with self.subTest(wanted=wanted):
                rows, total = queries.entries(wanted, AT)
                assert {row.reference for row in rows} == references
                assert total == len(references)

    def test_are_paged_without_losing_or_repeating(self) -> None:
        pages = [queries.entries(Wanted(offset=n, limit=1), AT)[0] for n in range(4)]
        assert len({page[0].reference for page in pages}) == 4

    def test_turn_round_when_descending(self) -> None:
        up, _ = queries.entries(Wanted(sort="form"), AT)
        down, _ = queries.entries(Wanted(sort="form", descending=True), AT)
        assert [row.form for row in up] == [row.form for row in reversed(down)]

    def test_hold_nothing_that_is_not_public(self) -> None:
        with pytest.raises(Missing):
            queries.entry("sw-storm", AT)
