"""Inside the installation of bench_kills: exhibits are made for the trials, and what stands after each is judged.

It works on while all else is killed: a line of JSON asks, a line answers.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connections, transaction

from crossforce.access import api as access
from crossforce.evidence import queries
from crossforce.evidence.choices import (
    CASE,
    CERTIFIED,
    COPY,
    EXHIBIT,
    ITEM,
    RECEIVED,
    SHARE,
    TOUCH,
    UNUSED,
)
from crossforce.evidence.models import Exhibit, Item, Touch
from crossforce.evidence.operations import continuing, opening, receiving
from crossforce.evidence.operations.continuing import Done
from crossforce.evidence.operations.opening import NotWhole
from crossforce.evidence.operations.receiving import Sent
from crossforce.evidence.rules.continuity import Act
from crossforce.kernel import clock, database, guarded
from crossforce.kernel.files import fixity, keeping, looking_after, standing
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.periods import Period
from crossforce.people import api as people
from crossforce.people import operations as staffing
from crossforce.people.choices import Actor
from crossforce.people.signin import tokens
from crossforce.people.tests import factories
from crossforce.records import api as records

KINDS: Final = (CASE, CERTIFIED, COPY, EXHIBIT, ITEM, RECEIVED, SHARE, TOUCH, UNUSED)
CAST: Final = {"asha": "wiltshire", "dee": "wiltshire", "bryn": "gloucestershire"}
OLD: Final = datetime(1999, 5, 4, tzinfo=UTC)
TEXT: Final = b"The lock was open.\nMorgan Lee said so.\nNobody else was there.\n"
actors: dict[str, Actor] = {}


def prepared() -> dict[str, str]:
    """People of two forces, what they may do, and a token of each."""
    now, found = clock.now(), {}
    grants = [_grant(kind, "wiltshire", access.ACTIONS) for kind in KINDS]
    grants += [
        _grant(kind, "gloucestershire", ("find", "read", "add")) for kind in (EXHIBIT, TOUCH)
    ]
    theirs = "gloucestershire"
    grants += [_grant(kind, theirs, access.ACTIONS, holder=theirs) for kind in KINDS]
    grants += [_grant(RECEIVED, "wiltshire", ("add",), holder=theirs)]
    for name, force in CAST.items():
        holder = factories.staff(force, name=f"{name.title()} Rees")
        factories.posting(holder, "investigator")
        staffing.open_account(
            actor=factories.loader(),
            staff=holder.pk,
            credentials=staffing.Credentials(f"kills.{name}"),
            at=factories.AT,
        )
        actor = people.actor_named(f"kills.{name}", now)
        actors[name] = actor
        found[name] = tokens.issue(actor=actor, title="kills", days=9, at=now).secret
    with transaction.atomic():
        access.put_grants("kills", grants)
    return found


def made(work: str, number: int) -> dict[str, str]:
    """An exhibit for one trial, with what its work begins on."""
    at = OLD if work == "disposal" else clock.now() - timedelta(minutes=1)
    values = {
        "exhibit_reference": f"JAS/{number}",
        "description": "Film of a camera at lock 31",
        "case_reference": f"op-heron-{work}",
        "seized_at": at,
        "seized_by": "PC 1234",
        "purposes": ["bring-offenders-to-justice"],
    }
    place = records.Place("wiltshire")
    new = records.NewRecord(EXHIBIT, place, values, "2" if work == "disposal" else "")
    row = records.create(actor=actors["asha"], new=new, at=at)
    told = {"exhibit": str(row.pk), "reference": f"JAS/{number}"}
    if work in {"disposal", "redaction", "copy"}:
        item = _kept(row.pk, TEXT + os.urandom(8).hex().encode(), at)
        told |= {"item": str(item.pk), "sha256": item.sha256}
    if work == "disposal":
        done = Done(row.pk, Act.STORED, "Store 1", at)
        continuing.note(actor=actors["asha"], done=done, at=at)
        StoredFile.objects.filter(pk=item.file).update(examined_at=None)
        told["file"] = str(item.file)
    return told


def looked(work: str, made: dict[str, str], told: dict[str, Any]) -> list[str]:
    """What is not as it must be, whatever was killed when; `told` is what was acknowledged."""
    connections.close_all()
    with guarded.acting(actors["asha"]):
        found = [*_faults(UUID(made["exhibit"]), work, made, told)]
    if "copy" in told and work == "copy":
        with guarded.acting(actors["bryn"]):
            found += _of_copy(UUID(told["copy"]), made["sha256"], told)
    return found


def whole() -> list[str]:
    """What is not as it must be once all is done: every file read, nothing left lying about."""
    connections.close_all()
    faults = [fault for found in fixity.examine() for fault in found.faults]
    looking_after.drop_strays(clock.now() + 2 * looking_after.LEFT)
    looking_after.give_up_left(clock.now() + 2 * looking_after.LEFT)
    list(fixity.examine())
    known = {row.name for row in StoredFile.objects.filter(kept_at__isnull=False)}
    folder = standing.folder()
    assert folder
    lie = {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}
    faults += [f"{name} is left lying" for name in sorted(lie - known)]
    faults += [f"{name} is not there" for name in sorted(known - lie) if not _is_gone(name)]
    return [*faults, *_entries()]


def _grant(
    kind: str, recipient: str, actions: tuple[str, ...], holder: str = "wiltshire"
) -> Any:
    return access.Grant(
        version=1, clause="2", term="2/1", holder=holder, recipient=recipient, kind=kind,
        actions=actions, holds=Period(factories.JOINED), marking="OFFICIAL-SENSITIVE",
    )  # fmt: skip


def _kept(exhibit: UUID, content: bytes, at: datetime) -> Item:
    sent = Sent(exhibit, "statement.txt", len(content))
    item = receiving.begin(actor=actors["asha"], sent=sent, at=at)
    return receiving.receive(
        actor=actors["asha"], item=item.pk, offset=0, parts=[content], at=at
    )


def _faults(
    exhibit: UUID, work: str, made: dict[str, str], told: dict[str, Any]
) -> Iterator[str]:
    row = Exhibit.objects.filter(pk=exhibit).first()
    items = list(Item.objects.filter(exhibit=exhibit))
    touches = list(Touch.objects.filter(exhibit=exhibit).order_by("number"))
    if row is None:
        yield from _gone(work, made, items, touches)
        return
    if told.get("gone"):
        yield "its disposal was acknowledged, and it is there"
    for item in items:
        yield from _of_item(item)
    breaks = queries.continuity_of(actors["asha"], exhibit).breaks
    yield from (f"continuity is broken: {each.why}" for each in breaks)
    acts = [each.act for each in touches]
    yield from _of_work(work, made, told, items, acts)


def _of_copy(copy: UUID, sha256: str, told: dict[str, Any]) -> Iterator[str]:
    """Of a copy nothing is seen, or all of it."""
    items = list(Item.objects.filter(exhibit=copy))
    acts = list(
        Touch.objects.filter(exhibit=copy).order_by("number").values_list("act", flat=True)
    )
    if not Exhibit.objects.filter(pk=copy).exists():
        if told.get("taken"):
            yield "a copy was acknowledged, and is not there"
        if items or acts:
            yield "a copy is not there, and some of it is"
        return
    if [each.sha256 for each in items] != [sha256]:
        yield "a copy is there, and not the same files"
    if acts[-1:] != ["received"]:
        yield f"a copy is there, and its continuity ends with {acts}"
    breaks = queries.continuity_of(actors["bryn"], copy).breaks
    yield from (f"continuity of the copy is broken: {each.why}" for each in breaks)


def _gone(
    work: str, made: dict[str, str], items: list[Item], touches: list[Touch]
) -> Iterator[str]:
    if work != "disposal":
        yield "the exhibit is gone"
    if items or touches:
        yield "the exhibit is gone, and some of it is there"
    if StoredFile.objects.get(pk=made["file"]).sealed is not None:
        yield "the exhibit is gone, and the key of its file is there"


def _of_item(item: Item) -> Iterator[str]:
    if not item.is_kept:
        try:
            opening.read_content(
                actor=actors["asha"], item=item.pk, asked="judged", at=clock.now()
            )
        except NotWhole:
            return
        yield "what has not come whole can be read"
        return
    file = StoredFile.objects.get(pk=item.file)
    if file.kept_at is None or file.destroyed_at is not None:
        yield "an original is kept, and its file is not"
    elif Reading(file).found().sha256 != item.sha256:
        yield "an original is not what was kept"


def _of_work(
    work: str, made: dict[str, str], told: dict[str, Any], items: list[Item], acts: list[str]
) -> Iterator[str]:
    match work:
        case "upload":
            yield from _of_upload(told, items)
        case "transfer":
            acknowledged = told.get("acts", [])
            if acts[: len(acknowledged)] != acknowledged:
                yield f"{acknowledged} were acknowledged, {acts} are there"
        case "disposal":
            if (len(items), acts) != (1, ["stored"]):
                yield "the exhibit is there, and not all of it"
        case "copy":
            if len(items) != 1 or acts.count("copied") > 1:
                yield f"{len(items)} originals, and {acts} after one copy was given"
        case _:
            yield from _of_redaction(made, told, items, acts)


def _of_redaction(
    made: dict[str, str], told: dict[str, Any], items: list[Item], acts: list[str]
) -> Iterator[str]:
    copies = [each for each in items if each.is_derived]
    if len(copies) != acts.count("redacted") or len(copies) > 1:
        yield f"{len(copies)} copies, and {acts.count('redacted')} entries of redaction"
    if told.get("copy") not in {None, *(each.sha256 for each in copies)}:
        yield "a copy was acknowledged, and is not there"
    if told.get("approved") and not all(each.may_leave for each in copies):
        yield "an approval was acknowledged, and is not there"
    if made["sha256"] not in {each.sha256 for each in items}:
        yield "the original is not what it was"


def _of_upload(told: dict[str, Any], items: list[Item]) -> Iterator[str]:
    if "lost" in told:
        yield told["lost"]
    if len(items) > 1:
        yield f"{len(items)} originals came of one"
    if "item" in told and told["item"] not in {str(each.pk) for each in items}:
        yield "an upload was acknowledged, and is not there"
    if "kept" in told and told["kept"] not in {each.sha256 for each in items}:
        yield "it was acknowledged that the original is kept, and it is not"
    for item in items:
        if not item.is_kept and told.get("offset"):
            with keeping.coming(item.file) as came:
                if came.offset < told["offset"]:
                    yield f"{told['offset']} bytes were acknowledged, {came.offset} are there"


def _is_gone(name: str) -> bool:
    return StoredFile.objects.get(pk=name.rpartition("/")[2]).destroyed_at is not None


def _entries() -> Iterator[str]:
    """Every entry of continuity that is there was entered in the ledger, once; and none that is not was, but those that went."""
    with database.plan().owner_login().connect(autocommit=True) as owner:
        entered = owner.execute(
            "SELECT subject, count(*) FILTER (WHERE operation = 'record.collected'),"
            " count(*) FILTER (WHERE operation = 'record.erased') FROM ledger_entry"
            " WHERE subject LIKE 'evidence.touch:%' GROUP BY subject"
        ).fetchall()
        there = {row[0] for row in owner.execute("SELECT id::text FROM evidence_touch")}
    for subject, collected, disposed in entered:
        if collected != 1 or ((subject.rpartition(":")[2] in there) == bool(disposed)):
            yield f"{subject} was entered {collected} times, and went {disposed} times"
        there.discard(subject.rpartition(":")[2])
    yield from (f"evidence.touch:{key} was never entered" for key in sorted(there))


ASKED: Final[dict[str, Any]] = {
    "prepared": prepared,
    "made": made,
    "looked": looked,
    "whole": whole,
}


def answering() -> str:
    """Answer until nobody asks any more."""
    for line in sys.stdin:
        name, words = json.loads(line)
        connections.close_all()
        sys.stdout.write(json.dumps(ASKED[name](*words)) + "\n")
        sys.stdout.flush()
    return "nobody asks"
