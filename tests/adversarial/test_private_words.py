"""What a record says is read in the record, where its reading is decided and written down; not in the log."""

import json
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, transaction

from crossforce.kernel import civil, database, guarded, registry
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Refused
from crossforce.kernel.testing.cast import HERE, Cast, Player
from crossforce.ledger import api as ledger
from crossforce.ledger.choices import Part
from crossforce.ledger.models import Entry
from crossforce.ledger.operations import AlreadyErased
from crossforce.people import operations as staffing
from crossforce.people.choices import Actor
from crossforce.people.models import SamePerson
from crossforce.people.tests import factories as people
from crossforce.records import jobs, operations, queries
from crossforce.records.choices import REMAINS_DUE, Place
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT
from tests.adversarial.conftest import BY, SECRET, raw

pytestmark = pytest.mark.django_db
NOTE = "records.note"
HELD = """SELECT c.entry_id FROM ledger_commitment c JOIN ledger_entry e ON e.id = c.entry_id
           WHERE c.part = 'private' AND e.subject LIKE 'records.note:%' AND e.operation <> 'record.erased'"""
OFFICES = ["auditor", "data-protection-officer", "information-manager"]


@pytest.fixture
def note(cast: Cast) -> Any:
    """One that was added, changed, marked anew, and whose correction was proposed."""
    factories.policy(roles=("investigator",))
    factories.policy("inside", roles=("investigator",), compartment=SECRET)
    there, seeing = factories.PARTNER, ("find", "read")
    factories.policy("theirs", recipient=there, roles=("investigator",), actions=seeing)
    asha = factories.asha()
    row = factories.created(asha, body="The informant is Kite.")
    change = {"actor": asha, "kind": NOTE, "record": row.pk, "at": AT}
    operations.edit(**change, version=1, given={"body": "Kite moved."})
    to = Place(factories.HERE, marking="OFFICIAL-SENSITIVE")
    operations.move(**change, version=2, to=to, reason="Kite")
    operations.propose(
        **change | {"actor": factories.bryn()}, given={"body": "Kit"}, reason="Kite"
    )
    return row


def told(reader: Actor) -> str:
    """Everything that the log says to somebody in private about what was done to notes."""
    rows = Entry.objects.filter(subject__startswith=NOTE)
    parts = [ledger.opened_to(reader, row) for row in rows]
    return json.dumps([body.decode() for each in parts for _, body in each.values()])


def seat(cast: Cast, office: str) -> Player:
    return cast.dee() if office == "auditor" else cast.asha(office)


@pytest.mark.parametrize("office", OFFICES)
class TestWhoAudits:
    def test_is_told_who_acted_and_nothing_that_the_record_says(
        self, cast: Cast, note: Any, office: str
    ) -> None:
        said = told(seat(cast, office).actor)
        assert "Asha Rees" in said
        assert "Kit" not in said

    def test_is_told_that_too_who_may_read_it(self, cast: Cast, note: Any, office: str) -> None:
        factories.policy("audit", roles=(office,), actions=("read",))
        said = told(seat(cast, office).actor)
        assert "The informant is Kite." in said
        assert "Kite moved." in said

    def test_is_told_no_more_once_it_is_in_a_compartment(
        self, cast: Cast, note: Any, office: str
    ) -> None:
        factories.policy("audit", roles=(office,), actions=("read",))
        row = queries.shown(factories.asha(), NOTE, note.pk).row
        operations.move(
            actor=factories.asha(),
            kind=NOTE,
            record=note.pk,
            version=row.version,
            to=Place(factories.HERE, compartment=SECRET),
            reason="a source",
            at=AT,
        )
        said = told(seat(cast, office).actor)
        assert "Kit" not in said
        assert SECRET not in said

    def test_finds_it_neither_on_the_page_nor_over_the_api(
        self, cast: Cast, note: Any, office: str
    ) -> None:
        client = seat(cast, office).client
        listed = client.get("/api/v1/ledger/entries", {"subject": f"{NOTE}:{note.pk}"})
        entries = [each["id"] for each in listed.json()["items"]]
        assert len(entries) >= 4
        for entry in entries:
            for path in (f"/api/v1/ledger/entries/{entry}", f"/ledger/{entry}/"):
                answer = client.get(path)
                assert answer.status_code == 200
                assert "Kit" not in answer.content.decode()


def test_a_partner_keeps_nothing_of_what_it_corrected(cast: Cast, note: Any) -> None:
    bryn = cast.bryn("auditor").actor
    assert "Kit" not in told(bryn)
    factories.policy("their-audit", recipient=factories.PARTNER, actions=("read",))
    assert "Kit" in told(bryn)
    for reference in ("their-audit", "theirs"):
        factories.policy(reference, recipient=factories.PARTNER, actions=("task",))
    assert "Kit" not in told(bryn)


def test_what_is_destroyed_is_destroyed_in_the_log_too(note: Any) -> None:
    asha = factories.asha()
    due(note)
    version = queries.shown(asha, NOTE, note.pk).row.version
    held = raw(HELD)
    assert len(held) >= 4
    operations.dispose(
        actor=asha,
        kind=NOTE,
        record=note.pk,
        version=version,
        reason="No longer necessary.",
        at=AT,
    )
    assert raw(HELD) == []
    erased = Entry.objects.filter(operation="ledger.private-part-erased")
    assert {each.subject for each in erased} == {f"ledger.entry:{entry}" for (entry,) in held}


@pytest.mark.django_db(transaction=True)
def test_what_the_log_kept_of_records_destroyed_before_goes_with_the_next_upgrade(
    note: Any, owner_connection: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = factories.created(factories.asha())
    said_of_no_record(f"{NOTE}:{note.pk}:2", NOTE, f"{NOTE}:two")
    noted = "SELECT obj_description('records_pointer'::regclass, 'pg_class')"
    owner_connection.execute("DELETE FROM records_note WHERE id = %s", [note.pk])
    before = len(raw(HELD))
    with database.as_owner():
        jobs.erase_remains()
        assert len(raw(HELD)) == before
        owner_connection.execute(f"COMMENT ON TABLE records_pointer IS '{REMAINS_DUE}'")
        with monkeypatch.context() as without:
            without.setattr(queries, "models_by_kind", dict)
            jobs.erase_remains()
        assert (len(raw(HELD)), raw(noted)) == (before, [(REMAINS_DUE,)])
        jobs.erase_remains()
        assert raw(noted) == [(None,)]
    left = {Entry.objects.get(pk=entry).subject for (entry,) in raw(HELD)}
    assert left == {f"{NOTE}:{kept.pk}", f"{NOTE}:{note.pk}:2", f"{NOTE}:two"}
    erased = Entry.objects.filter(operation="ledger.private-part-erased")
    assert erased.count() == before - len(left)
    assert jobs.erase_remains in list(registry.upgrades)


def said_of_no_record(*subjects: str) -> None:
    """Something in private, of subjects that are none."""
    for subject in subjects:
        with transaction.atomic():
            ledger.append(
                actor=factories.asha(),
                operation="record.altered",
                subject=subject,
                detail={},
                at=AT,
                private={"reason": "x"},
            )


def due(note: Any) -> None:
    """Another reader found it due."""
    with guarded.acting(factories.asha()), transaction.atomic():
        said = f"review_due = %s, changed_by = {BY}"
        raw(f"UPDATE records_note SET {said} WHERE id = %s", civil.day_of(AT), note.pk)


def test_that_the_log_named_a_record_is_written_down(cast: Cast, note: Any) -> None:
    factories.policy("found", roles=("information-manager",), actions=("find",))
    client = cast.asha("information-manager").client
    looks = Entry.objects.filter(operation="record.consulted", rows__contains=[note.pk])
    before = looks.count()
    page = client.get("/ledger/", {"subject": f"{NOTE}:{note.pk}"}).content.decode()
    assert "A blue van" in page
    assert looks.count() == before + 1


def test_the_log_speaks_of_people_whose_pointer_has_no_name(cast: Cast) -> None:
    manager = cast.asha("information-manager")
    subject = f"people.staff:{people.staff(factories.HERE).pk}"
    with transaction.atomic():
        ledger.append(
            actor=manager.actor,
            operation="people.staff-edited",
            subject=subject,
            detail={},
            at=AT,
        )
    assert manager.client.get("/ledger/", {"subject": subject}).status_code == 200
    officer = cast.asha("data-protection-officer").client
    assert officer.get("/log-queries/").status_code == 200


class TestWhatIsHeldOfSomebody:
    """Their clearances, skills and authorities: in no entry as they are, and to nobody who may not read them."""

    @pytest.fixture
    def held(self, cast: Cast) -> Any:
        people.organisation(people.HERE)
        holder, officer = people.staff(), people.actor("vetting-officer")
        vetting = staffing.NewVetting("mv", Period(AT))
        staffing.record_vetting(actor=officer, staff=holder.pk, vetting=vetting, at=AT)
        return holder

    def told(self, reader: Actor) -> str:
        entry = Entry.objects.get(operation="people.vetting-recorded")
        return json.dumps(
            [body.decode() for _, body in ledger.opened_to(reader, entry).values()]
        )

    def test_stands_in_no_entry_as_it_is(self, held: Any) -> None:
        asked = "SELECT convert_from(body, 'UTF8') FROM ledger_entry WHERE operation LIKE %s"
        (entry,) = [row[0] for row in raw(asked, "people.vetting%")]
        assert str(held.pk) in entry
        assert '"mv"' not in entry
        assert "starts_at" not in entry

    def test_is_told_to_auditors_only_who_may_read_it(self, cast: Cast, held: Any) -> None:
        assert "mv" not in self.told(cast.dee().actor)
        factories.policy(
            "audit", kinds=("people.vetting",), roles=("auditor",), actions=("read",)
        )
        assert "mv" in self.told(cast.dee().actor)


@pytest.mark.parametrize(
    ("recipient", "shown"), [("Mrs Ada Surname, 12 High Street", None), ("wiltshire", HERE)]
)
def test_a_recipient_who_may_be_a_person_is_in_private(
    cast: Cast, note: Any, recipient: str, shown: str | None
) -> None:
    operations.disclose(
        actor=factories.asha(),
        kind=NOTE,
        records=[note.pk],
        recipient=recipient,
        reason="inquest",
        at=AT,
    )
    (entry,) = factories.entries("record.disclosed")
    assert entry.detail.get("recipient") == shown
    asked = ledger.touching(ledger.Touching(recipient=recipient))
    for auditor, count in ((cast.dee(), 1), (cast.cole("auditor"), 0 if shown is None else 1)):
        with guarded.acting(auditor.actor):
            assert asked.all().count() == count


def test_nobody_erases_their_own_name_from_the_log_nor_that_of_who_erased(cast: Cast) -> None:
    manager = cast.asha("information-manager").actor
    other = people.actor("information-manager", name="Another Manager")
    with transaction.atomic():
        looked = ledger.append(
            actor=manager, operation="a.look", subject="a:1", detail={}, at=AT
        ).id
    how: Any = {"part": Part.ACTOR, "reason": "x", "at": AT}
    with pytest.raises(Refused, match="own name"):
        ledger.erase_private(actor=manager, entry=looked, **how)
    erased = ledger.erase_private(actor=other, entry=looked, **how)
    for each in (other, manager):
        with pytest.raises(Refused, match="not erased itself"):
            ledger.erase_private(actor=each, entry=erased.id, **how)
    with pytest.raises(AlreadyErased):
        ledger.erase_private(actor=other, entry=looked, **how)


def test_nor_by_the_databases_own_function(cast: Cast) -> None:
    """Called past the operation, in the transaction of its record; and while nobody acts."""
    manager = cast.asha("information-manager").actor
    other = people.actor("information-manager", name="Another Manager")
    with transaction.atomic():
        looked = ledger.append(
            actor=manager, operation="a.look", subject="a:1", detail={}, at=AT
        ).id
    for actor in (manager, None):
        with pytest.raises(DatabaseError, match="own name"):
            erased_past_the_operation(actor, manager, looked)
    record = erased_past_the_operation(other, other, looked)
    with pytest.raises(DatabaseError, match="whoever erased"):
        erased_past_the_operation(manager, manager, record)


def erased_past_the_operation(acting: Actor | None, actor: Actor, entry: Any) -> Any:
    with guarded.acting(acting), transaction.atomic():
        record = ledger.append(
            actor=actor,
            operation="ledger.private-part-erased",
            subject=f"ledger.entry:{entry}",
            detail={"part": "actor"},
            at=AT,
        ).id
        raw("SELECT ledger_erase_private(%s, 'actor', %s)", entry, record)
    return record


def test_nor_the_name_by_which_another_force_knows_them(cast: Cast) -> None:
    manager = cast.asha("information-manager").actor
    here = people.actor("duty-inspector", name="Ines Park")
    with transaction.atomic():
        looked = ledger.append(
            actor=here, operation="a.look", subject="a:1", detail={}, at=AT
        ).id
    one, other = sorted((str(manager.staff), str(here.staff)))
    tie = SamePerson(one_id=one, other_id=other, basis="a form", starts_at=AT)
    tie.changed_at, tie.changed_by = AT, manager.reference
    people.save(tie)
    with pytest.raises(Refused, match="own name"):
        ledger.erase_private(actor=manager, entry=looked, part=Part.ACTOR, reason="x", at=AT)
