"""A proof pack verifies with nothing but itself and one key, and names whatever in it is not as it was."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from crossforce.access.choices import ACTIONS
from crossforce.evidence import bare_commands
from crossforce.evidence.commands import commands
from crossforce.evidence.operations import continuing, proving
from crossforce.evidence.operations.continuing import Done
from crossforce.evidence.operations.proving import MayNotProve, NewPack
from crossforce.evidence.rules import proof
from crossforce.evidence.rules.continuity import Act
from crossforce.evidence.tests import factories
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger import log
from crossforce.ledger.models import Entry
from crossforce.ledger.tests.logs import integrated
from crossforce.people.tests import factories as people
from crossforce.records.tests.factories import AT, HERE, PARTNER, asha
from crossforce.transparency.checkpoint import Key

FILM = b"film of the lock" * 500
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


def packed(content: dict[str, bytes]) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as pack:
        for name, data in content.items():
            pack.writestr(name, data)
    return made


def refusal(content: dict[str, bytes], key: Key) -> str:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - whatever it is called, it says what
        proof.verify(packed(content), [key])
    return str(refused.value)


@pytest.mark.django_db(transaction=True)
def test_a_pack_verifies_alone_and_what_was_altered_is_named(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    factories.policy()
    monkeypatch.setattr(proving, "wait", integrated)
    row, player = exhibit_with_all(), cast.asha("investigator")
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
    other = Key(key.name, key.kind, bytes(32))
    assert "receipt.json" in refusal(content, other)

    file, by = tmp_path / "pack.zip", ["--as", player.account.username]
    asked = ["proof", str(row.pk), "--recipient", "Defence", "--reason", "Trial"]
    run = CliRunner().invoke
    made = run(commands, [*asked, "--to", str(file), *by])
    assert made.exit_code == 0, made.output
    told = run(bare_commands.commands, [str(file), "--log-key", str(key)])
    assert told.exit_code == 0, told.output
    assert "act 3: It was on its way" in told.output
    assert run(bare_commands.commands, [str(file)]).exit_code == 3
    file.write_bytes(file.read_bytes().replace(b"film of the lock", b"film of the dock", 1))
    told = run(bare_commands.commands, [str(file), "--log-key", str(key)])
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
