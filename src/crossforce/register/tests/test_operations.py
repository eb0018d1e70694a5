from datetime import timedelta

import pytest

from crossforce.ledger.models import Entry as LedgerEntry
from crossforce.people import api as people
from crossforce.register import models, operations, queries
from crossforce.register.tests.conftest import AT, document, record, registrar

pytestmark = pytest.mark.django_db


class TestPublish:
    def test_puts_each_agreement_in_the_register_once(self, register: None) -> None:
        rows, total = queries.entries(queries.Wanted(), AT)
        assert total == len(rows) == 4
        assert LedgerEntry.objects.filter(operation="register.entry-published").count() == 4

    def test_of_the_same_again_changes_and_records_nothing(self, register: None) -> None:
        before = set(models.Entry.objects.values_list("pk", flat=True))
        operations.refresh(actor=registrar(), at=AT + timedelta(days=1), everything=True)
        assert set(models.Entry.objects.values_list("pk", flat=True)) == before
        assert LedgerEntry.objects.filter(operation="register.entry-published").count() == 4

    def test_of_a_changed_document_adds_a_version_and_shows_the_later(
        self, register: None
    ) -> None:
        changed = document("south-west/sw-major-crime").replace("One team", "A single team")
        record(**{"sw-major-crime.toml": changed})
        assert [number for number, *_ in queries.versions("sw-major-crime")] == [1, 2]
        assert queries.entry("sw-major-crime", AT).version == 2

    def test_is_refused_to_whoever_may_not_publish(self, register: None) -> None:
        clockwork = people.system_actor("clockwork", on=AT.date())
        with pytest.raises(people.Refused):
            operations.refresh(actor=clockwork, at=AT, everything=True)

    def test_keeps_what_a_notice_does_not_say_out_of_the_search(self, register: None) -> None:
        found = models.Entry.objects.get(reference="sw-special-branch")
        assert found.functions == ["collaboration-as-a-whole"]
        assert "twelve months" not in found.search
