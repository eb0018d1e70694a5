"""A proof pack verifies with nothing but itself and one key, and names whatever in it is not as it was."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from crossforce.access.choices import ACTIONS
from crossforce.evidence import bare_commands, queries
from crossforce.evidence.choices import EXHIBIT, ITEM, TOUCH
from crossforce.evidence.commands import commands
from crossforce.evidence.operations import continuing, proving
from crossforce.evidence.operations.continuing import Done
from crossforce.evidence.operations.proving import MayNotProve, NewPack, NotProvenYet
from crossforce.evidence.rules import proof
from crossforce.evidence.rules.continuity import Act
from crossforce.evidence.tests import factories
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger import api as ledger
from crossforce.ledger import log
from crossforce.ledger.models import Entry
from crossforce.ledger.tests.factories import actor
from crossforce.ledger.tests.logs import integrated
from crossforce.people.tests import factories as people
from crossforce.records import api as records
from crossforce.records.tests import factories as recorded
from crossforce.records.tests.factories import AT, HERE, PARTNER, asha
from crossforce.transparency import checkpoint
from crossforce.transparency.checkpoint import Key
from crossforce.transparency.tests.test_witness import WITNESS_KEY

FILM = b"film of the lock" * 500
WITNESS = checkpoint.public_key(WITNESS_KEY, "wiltshire", checkpoint.WITNESS)
ACTS = (
    {"act": Act.SEALED, "seal": "S1"},
    {"act": Act.RELEASED, "other": PARTNER},
    {"act": Act.STORED, "place": "Store 4"},
)


def exhibit_with_all() -> Any:
    """An exhibit with two files and three acts, the last of which is a break."""
    for code in (HERE, PARTNER):
        people.organisation(code, "force")
    row = factories.exhibit()
    factories.kept(row, FILM, "lock 31.mp4")
    factories.begun(row, 0, "empty.txt")
    for number, said in enumerate(ACTS, 1):
        moment = AT + timedelta(minutes=number)
        done: Any = {"exhibit": row.pk, "office": "PC 1234", "happened_at": moment, **said}
        continuing.note(actor=asha(), done=Done(**done), at=moment)
    return row


def members(pack: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(content: dict[str, bytes], way: int = zipfile.ZIP_STORED) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", way) as pack:
        for name, data in content.items():
            pack.writestr(name, data)
    return made


def refusal(content: dict[str, bytes], *keys: Key) -> str:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - whatever it is called, it says what
        proof.verify(packed(content), keys)
    return str(refused.value)


def with_more(pack: bytes, content: dict[str, bytes]) -> Iterator[bytes]:
    """The pack with what its directory does not name, or not in the way in which it is made."""
    with zipfile.ZipFile(front := io.BytesIO(), "w") as other:
        other.writestr("hidden.txt", b"A second film")
    yield front.getvalue()[: other.start_dir] + pack
    yield pack + b"more"
    yield pack[:-2] + b"\x04\x00more"
    yield packed(content, zipfile.ZIP_DEFLATED).getvalue()


def cosigned() -> None:
    """The log goes on, and a witness comes by."""
    integrated()
    note = ledger.latest()
    line = checkpoint.cosign(note.checkpoint, WITNESS_KEY, WITNESS.name, 1)
    ledger.cosign(note=str(note.also([line])))


def look_at_first_act(exhibit: Any) -> Any:
    """What was written down of another act about the first one: a genuine entry of the log."""
    first = queries.continuity_of(asha(), exhibit.pk).touches[0]
    given: dict[str, Any] = {"recipient": "Court", "reason": "Trial", "at": AT}
    records.disclose(actor=asha(), kind=TOUCH, records=[first.pk], **given)
    return Entry.objects.get(operation="record.disclosed", subject=first.reference.subject)


def refuse_what_was_altered(whole: bytes, content: dict[str, bytes], key: Key) -> None:
    for name, data in content.items():
        if data:
            middle = len(data) // 2
            flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
            assert name in refusal(content | {name: flipped}, key), name
        assert name in refusal({each: content[each] for each in content if each != name}, key)
    assert "added.txt" in refusal(content | {"added.txt": b""}, key)
    swapped = content | {"receipts/1.json": content["receipts/2.json"]}
    assert "receipts/1.json is of another act" in refusal(swapped, key)
    said_so = content["proof.json"].replace(b"PC 1234", b"PC 1243")
    assert "proof.json is not what the log" in refusal(content | {"proof.json": said_so}, key)
    assert "receipt.json" in refusal(content, Key(key.name, key.kind, bytes(32)))
    for more in with_more(whole, content):
        with pytest.raises(proof.Altered, match="put in"):
            proof.verify(io.BytesIO(more), [key])


@pytest.mark.django_db(transaction=True)
def test_a_pack_verifies_alone_and_what_was_altered_is_named(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    factories.policy()
    row, player = exhibit_with_all(), cast.asha("investigator")
    ledger.register_witness(actor=actor("ledger.witness"), key=str(WITNESS), at=AT)
    cosigned()
    look = look_at_first_act(row)
    monkeypatch.setattr(proving, "wait", integrated)
    said = {"recipient": "Defence expert", "reason": "Trial"}
    address = f"/api/v1/evidence/exhibits/{row.pk}/proof"
    keyed = {"Idempotency-Key": str(uuid4())}
    sent: Any = player.client.post(
        address, json.dumps(said), content_type="application/json", headers=keyed
    )
    whole = b"".join(sent.streaming_content)
    (key,) = log.public_keys()
    proved = proof.verify(io.BytesIO(whole), [key])
    assert [each.name for each in proved.manifest.files] == ["lock 31.mp4", "empty.txt"]
    assert [each.number for each in proved.manifest.breaks()] == [3]
    assert proved.written_at[2] == AT + timedelta(minutes=2)

    content = members(whole)
    assert content["files/1-lock-31.mp4"] == FILM
    refuse_what_was_altered(whole, content, key)
    later = content | {"receipts/1.json": ledger.proven(look, {}).to_text().encode()}
    assert "receipts/1.json is not of the writing down" in refusal(later, key)
    notes = [json.loads(data) for name, data in content.items() if name.startswith("receipt")]
    assert len({each["checkpoint"] for each in notes}) == 1
    assert "wiltshire has not signed" in refusal(content, key, WITNESS)

    monkeypatch.setattr(proving, "wait", cosigned)
    file, by = tmp_path / "pack.zip", ["--as", player.account.username]
    asked = ["proof", str(row.pk), "--recipient", "Defence", "--reason", "Trial"]
    run = CliRunner().invoke
    made = run(commands, [*asked, "--to", str(file), *by])
    assert made.exit_code == 0, made.output
    given = [str(file), "--log-key", str(key)]
    told = run(bare_commands.commands, [*given, "--witness", str(WITNESS)])
    assert told.exit_code == 0, told.output
    assert "act 3: It was on its way" in told.output
    assert run(bare_commands.commands, [str(file)]).exit_code == 3
    file.write_bytes(file.read_bytes().replace(b"film of the lock", b"film of the dock", 1))
    told = run(bare_commands.commands, given)
    assert (told.exit_code, "files/1-lock-31.mp4" in told.output) == (1, True)


@pytest.mark.django_db
def test_the_page_makes_one_for_who_may_disclose_all_of_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.policy()
    row, client = exhibit_with_all(), cast.asha("investigator").client
    assert "Make a proof pack" in client.get(f"/evidence/{row.pk}/").content.decode()
    with monkeypatch.context() as patched:
        patched.setattr(proving, "_receipts", lambda *given: {})
        patched.setattr(proving, "wait", lambda: None)
        sent: Any = client.post(
            f"/evidence/{row.pk}/proof/", {"recipient": "Defence expert", "reason": "Trial"}
        )
        assert members(b"".join(sent.streaming_content))["files/1-lock-31.mp4"] == FILM
    entered = set(Entry.objects.values_list("operation", flat=True))
    assert {"record.disclosed", proof.MADE} <= entered
    empty = client.post(f"/evidence/{row.pk}/proof/", {"recipient": "", "reason": ""})
    assert empty.status_code == 422
    factories.policy(actions=[each for each in ACTIONS if each != "disclose"])
    assert "Make a proof pack" not in client.get(f"/evidence/{row.pk}/").content.decode()
    with pytest.raises(MayNotProve):
        proving.make(actor=asha(), new=NewPack(row.pk, "Defence", "Trial"), at=AT)


@pytest.mark.django_db
def test_none_is_made_without_its_files_or_where_the_log_stands_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    factories.policy()
    new = NewPack(exhibit_with_all().pk, "Defence", "Trial")
    monkeypatch.setattr(proving, "TRIES", 1)
    monkeypatch.setattr(proving, "wait", lambda: None)
    with pytest.raises(NotProvenYet, match="entered all the same"):
        proving.make(actor=asha(), new=new, at=AT)
    assert Entry.objects.filter(operation=proof.MADE).exists()
    recorded.policy(kinds=(EXHIBIT, TOUCH))
    recorded.policy("originals", kinds=(ITEM,), actions=("find", "disclose"))
    with pytest.raises(MayNotProve):
        proving.make(actor=asha(), new=new, at=AT)
