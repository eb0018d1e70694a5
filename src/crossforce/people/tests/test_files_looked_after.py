"""What is done to stored files as a whole is entered."""

from datetime import UTC, datetime

import pytest

from crossforce.kernel.files.events import FilesExamined
from crossforce.ledger.models import Entry
from crossforce.people import jobs

AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.django_db
def test_what_was_not_as_it_was_kept_is_named_in_the_ledger() -> None:
    found = FilesExamined(
        holder="dorset-police",
        files=2,
        size=9,
        faults=1,
        named=("File 7 is altered.",),
        mended=0,
        at=AT,
    )
    jobs.files_examined(found)
    entry = Entry.objects.get(operation="platform.files-examined")
    assert b"File 7 is altered." in bytes(entry.body)
    assert "dorset-police" in entry.concerns, "its holder learns of it"
