"""Pages of the ledger: what an auditor sees, and who is not one."""

import html
import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.kernel.testing.cast import HERE, Cast
from crossforce.kernel.testing.pages import KEY, ChangeCase, ReadCase
from crossforce.ledger import operations
from crossforce.ledger.choices import About
from crossforce.ledger.models import Entry
from crossforce.ledger.tests import factories
from crossforce.ledger.tests.test_operations import AT
from crossforce.records import api as records
from crossforce.records.tests import factories as factories_of_records
from crossforce.transparency.bare_commands import commands


def appended(organisation: str = HERE, *, concerns: tuple[str, ...] = ()) -> UUID:
    with transaction.atomic():
        entry = operations.append(
            actor=factories.actor(organisation=organisation),
            operation="people.staff-added",
            subject="people.staff:1",
            detail={"number": "PC 12"},
            about=About(concerns=concerns),
            private={"name": "Somebody"},
            at=AT,
        )
    return entry.id


class TestList(ReadCase):
    office, no_office, stranger_gets = "auditor", "duty-inspector", 200

    def url(self, cast: Cast) -> str:
        return reverse("ledger:list")


class OfEntry:
    page: str
    entry: UUID | None = None

    def url(self, cast: Cast) -> str:
        self.entry = self.entry or appended()
        return reverse(f"ledger:{self.page}", args=[self.entry])


class TestEntry(OfEntry, ReadCase):
    office, no_office, refused_with, page = "auditor", "duty-inspector", 404, "entry"


class TestExport(OfEntry, ReadCase):
    office, no_office, refused_with, page = "auditor", "duty-inspector", 404, "export"


class TestErase(OfEntry, ChangeCase):
    office, no_office, page = "information-manager", "auditor", "erase"
    operation = "ledger.private-part-erased"

    def sent(self, cast: Cast) -> dict[str, Any]:
        return {"part": "private", "reason": "retention ended"}


@pytest.mark.django_db
class TestAuditor:
    def test_sees_who_acted_for_the_own_organisation(self, cast: Cast) -> None:
        page = cast.dee().client.get(reverse("ledger:entry", args=[appended()]))
        assert "Somebody" in page.content.decode()

    def test_sees_that_another_acted_but_not_who(self, cast: Cast) -> None:
        theirs = appended("gloucestershire", concerns=(HERE,))
        page = cast.dee().client.get(reverse("ledger:entry", args=[theirs])).content.decode()
        assert "Ask its auditor" in page
        assert "Somebody" not in page

    def test_reads_names_and_lists_in_words(self, cast: Cast) -> None:
        factories_of_records.policy(roles=("investigator", "auditor"))
        asha = factories_of_records.asha()
        note = factories_of_records.created(asha, source_reference="BX/7")
        changing = {"kind": "records.note", "record": note.pk, "version": 1, "at": AT}
        both = {"purposes": ["prevent-offences", "preserve-order"], "body": "Twice.\nThrice."}
        records.edit(actor=asha, given=both, **changing)
        client, pages = cast.dee().client, {}
        for row in Entry.objects.filter(rows__contains=[note.pk]):
            page = client.get(reverse("ledger:entry", args=[row.pk])).content.decode()
            pages[row.operation] = " ".join(html.unescape(page).split())
        added, altered = pages["record.collected"], pages["record.altered"]
        assert "Source reference" in added
        assert "prevent-offences → preserve-order, prevent-offences" in altered
        assert "Fields</dt>" in altered
        assert "body, purposes" in altered
        for page in pages.values():
            assert "source_reference" not in page
            assert "['" not in page

    def test_does_not_find_what_does_not_concern_it(self, cast: Cast) -> None:
        theirs = appended("gloucestershire")
        answer = cast.dee().client.get(reverse("ledger:entry", args=[theirs]))
        assert answer.status_code == 404

    def test_lists_only_what_concerns_it(self, cast: Cast) -> None:
        dee = cast.dee()
        ours, theirs = appended(), appended("gloucestershire")
        page = dee.client.get(reverse("ledger:list")).content.decode()
        assert str(ours) in page
        assert str(theirs) not in page

    def test_names_who_acted_and_on_what(self, cast: Cast) -> None:
        dee = cast.dee()
        appended("gloucestershire", concerns=(HERE,))
        page = dee.client.get(reverse("ledger:list")).content.decode()
        assert "Organisation gloucestershire" in page  # the directory of this test is empty
        assert "Staff 1" in page
        assert "people.staff:1" not in page
        assert "people.staff-added" not in page.partition("<table")[2]

    def test_filters_by_operation_and_day(self, cast: Cast) -> None:
        dee, ours = cast.dee(), appended()
        url = reverse("ledger:list")
        given = {"operation": "people.staff", "since": "2026-11-21", "until": "2026-11-21"}
        assert str(ours) in dee.client.get(url, given).content.decode()
        later = given | {"since": "2026-11-22", "until": "2026-11-22"}
        assert str(ours) not in dee.client.get(url, later).content.decode()

    @pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "yesterday"])
    def test_a_day_that_is_none_is_refused(self, cast: Cast, day: str) -> None:
        for name in ("since", "until"):
            answer = cast.dee().client.get(reverse("ledger:list"), {name: day})
            assert answer.status_code == 400

    def test_an_erased_part_is_said_to_be_erased(self, cast: Cast) -> None:
        entry = appended()
        manager = cast.asha("information-manager").client
        sent = {"part": "private", "reason": "retention ended", KEY: str(uuid4())}
        manager.post(reverse("ledger:erase", args=[entry]), sent)
        page = cast.dee().client.get(reverse("ledger:entry", args=[entry])).content.decode()
        assert "Erased." in page
        assert "Somebody" not in page


@pytest.mark.django_db
class TestVerifyEntry:
    def exported(self, cast: Cast, tmp_path: Any) -> Any:
        answer = cast.dee().client.get(reverse("ledger:export", args=[appended()]))
        file = tmp_path / "entry.json"
        file.write_bytes(answer.content)
        return file

    def test_a_downloaded_entry_verifies(self, cast: Cast, tmp_path: Any) -> None:
        done = CliRunner().invoke(
            commands, ["verify-entry", str(self.exported(cast, tmp_path))]
        )
        assert done.exit_code == 0
        assert "people.staff-added verifies" in done.output

    def test_an_altered_one_ends_with_code_one(self, cast: Cast, tmp_path: Any) -> None:
        file = self.exported(cast, tmp_path)
        body = json.loads(file.read_text())
        file.write_text(json.dumps(body | {"leaf_hash": "0" * 64}))
        done = CliRunner().invoke(commands, ["verify-entry", str(file)])
        assert done.exit_code == 1
        assert "does not verify" in done.output
