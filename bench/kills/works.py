"""The works during which something is killed: each a task of a user, in acknowledged steps."""

import base64
import hashlib
import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from bench.kills.asking import Asking

Made = dict[str, Any]
Work = Callable[[Asking, Made], None]
TUS: Final = {"Tus-Resumable": "1.0.0"}
BYTES: Final = "application/offset+octet-stream"
SIZE: Final = 2_600_000
PART: Final = 400_000


def upload(client: Asking, made: Made) -> None:
    """A file is sent in parts, and asked about after each that was cut off."""
    content = random.Random(made["seed"]).randbytes(SIZE)  # noqa: S311 - the same bytes each time
    known = {"filename": "lock-31.bin", "exhibit": made["exhibit"]}
    said = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in known.items())
    head = TUS | {"Upload-Length": str(SIZE), "Upload-Metadata": said}
    keyed = head | {"Idempotency-Key": made["key"]}
    answer, _ = client.ask("begin", "POST", "/evidence/uploads", b"", keyed)
    where = answer["Location"].removeprefix("/api/v1")
    client.told["item"] = where.rstrip("/").rpartition("/")[2]
    at = 0
    while at < SIZE:
        at = _sent(client, where, content, at)
        client.told["offset"] = at
    client.told["kept"] = hashlib.sha256(content).hexdigest()


def _sent(client: Asking, where: str, content: bytes, at: int) -> int:
    """One part; where no answer came, how much is there now. That is never less than was acknowledged."""
    client.step = "last part" if at + PART >= SIZE else "a part"
    head = TUS | {"Upload-Offset": str(at), "Content-Type": BYTES}
    status, found, _ = client.once("PATCH", where, content[at : at + PART], head, "asha")
    if status == 204:
        return int(found["Upload-Offset"])
    client.lost(client.step)
    found, _ = client.ask("how much came", "HEAD", where, b"", TUS)
    standing = int(found["Upload-Offset"])
    if standing < at:
        client.told["lost"] = f"{at} bytes were acknowledged, {standing} are there"
    return standing


def transfer(client: Asking, made: Made) -> None:
    """Sealed, released by one force and received by the other, each by itself."""
    path = f"/evidence/exhibits/{made['exhibit']}/continuity"
    seal = made["key"][-8:]
    halves: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("sealed", "asha", {"seal": seal}),
        ("released", "asha", {"other": "gloucestershire"}),
        ("received", "bryn", {"other": "wiltshire", "seal": seal}),
        ("stored", "bryn", {"place": "Store 4"}),
    )
    for act, by, more in halves:
        now = datetime.now(UTC).isoformat()
        done = {"act": act, "office": "Exhibits officer 88", "happened_at": now, **more}
        client.post(act, path, done, key=f"{made['key']}-{act}", by=by)
        client.told.setdefault("acts", []).append(act)


def disposal(client: Asking, made: Made) -> None:
    """Proposed by one, disposed of by another: exhibit, originals, continuity and keys."""
    path = f"/records/evidence.exhibit/{made['exhibit']}"
    any_version = {"headers": {"If-Match": "*"}}
    key = made["key"]
    client.post("propose", f"{path}/propose-disposal", {}, key=f"{key}-propose", **any_version)
    client.told["proposed"] = True
    because = {"reason": "Returned to its owner"}
    client.post("dispose", f"{path}/dispose", because, key=key, by="dee", **any_version)
    client.told["gone"] = True


def redaction(client: Asking, made: Made) -> None:
    """A copy without what is taken out is made, and approved by somebody else."""
    path = f"/evidence/items/{made['item']}/redactions"
    asked = {"places": [[2, 1, 9]], "ground": "A witness"}
    client.post("redact", path, asked, key=f"{made['key']}-redact")
    (copy,) = client.get("look", path)
    client.told["copy"] = copy["sha256"]
    decision = f"/evidence/items/{copy['id']}/decision"
    client.post("approve", decision, {"decision": "approved"}, key=made["key"], by="dee")
    client.told["approved"] = True


def copy(client: Asking, made: Made) -> None:
    """A copy is given by one force and taken by the other: exhibit, file and both halves of the transfer."""
    said = {
        "exhibit": made["exhibit"],
        "receiver": "gloucestershire",
        "ground": "Joint inquiry",
    }
    key = made["key"]
    client.post("give", "/evidence/copies", said, key=f"{key}-give")
    came = client.get("what came", "/evidence/received", by="bryn")
    (mine,) = [each for each in came if made["reference"] in each["what"].split()]
    client.told["copy"] = mine["exhibit"]
    client.post("take", f"/evidence/received/{mine['id']}/take", {}, key=key, by="bryn")
    client.told["taken"] = True


WORKS: Final[dict[str, Work]] = {
    "upload": upload,
    "transfer": transfer,
    "disposal": disposal,
    "redaction": redaction,
    "copy": copy,
}
