"""A force of sixty thousand people, and files of its records system loaded."""

import io
import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from bench import governed
from bench.measure import Measure
from crossforce.access import api as access
from crossforce.access.choices import ACTIONS
from crossforce.kernel import database
from crossforce.kernel.periods import Period
from crossforce.nominals.canonical.identifiers import letter
from crossforce.nominals.mapping import starters
from crossforce.nominals.operations import loading
from crossforce.organisations.api import Organisation
from crossforce.people.choices import Actor

PEOPLE: Final = 60_000
FORCE: Final = "wiltshire"
AT: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONG_AGO: Final = datetime(2015, 1, 1, tzinfo=UTC)
ANALYST: Final = uuid5(UUID("6c1b4f43-0c4e-4c8e-9f0c-2f4c5e0e7a02"), "analyst")
KINDS: Final = ("nominals.person", "nominals.load", "nominals.quarantine", "nominals.tie")
PEER: Final = "COPY of what came of it into a plain table with its indexes"
HEADING: Final = "Nominal,Team,Entered,Surname,Forename 1,Forename 2,Born,Sex,Street,Town,Postcode,PNCID,Roles"
SURNAMES: Final = (
    "Smith",
    "Jones",
    "Évans",
    "O'Brien",
    "Patel",
    "Nguyen",
    "Llewellyn-Price",
    "Khan",
)
FORENAMES: Final = ("Ann", "Bryn", "Ceri", "Dafydd", "Eve", "Farid", "Gwen", "Hari")


def build() -> None:
    """The force, who loads for it, and the policy by which they do."""
    with database.as_owner():
        Organisation.objects.get_or_create(
            code=FORCE,
            defaults={
                "kind": "force", "name_en": FORCE.title(), "confidence": "D", "source": "bench",
            },
        )  # fmt: skip
    with database.plan().owner_login().connect(autocommit=True) as owner:
        owner.execute(governed.STAFF, [ANALYST, FORCE, LONG_AGO, LONG_AGO])
        owner.execute(governed.POSTING, [ANALYST, ANALYST, FORCE, *[LONG_AGO] * 3])
        owner.execute("VACUUM ANALYZE")
    grants = [
        access.Grant(
            version=1, clause="2", term=f"2/{kind}", holder=FORCE, recipient=FORCE, kind=kind,
            actions=tuple(ACTIONS), holds=Period(LONG_AGO), marking="OFFICIAL-SENSITIVE",
        )
        for kind in KINDS
    ]  # fmt: skip
    with transaction.atomic():
        access.put_grants("bench-policy", grants)


def measures() -> Iterator[Measure]:
    """New people, beside a plain COPY of the same rows; the same file again; and one with corrections."""
    build()
    content = exported(int(os.environ.get("BENCH_PEOPLE", PEOPLE)))
    ours = loaded("load of new people", content)
    yield Measure(
        "load of new people", ours, "rows/s", more_is_better=True, peer=PEER, theirs=copied()
    )
    again = "the same file again, nothing new"
    yield Measure(again, loaded(again, content), "rows/s", more_is_better=True)
    corrected = content.replace(b",Swindon,", b",Devizes,")
    towns = "the same file, every town corrected"
    yield Measure(towns, loaded(towns, corrected), "rows/s", more_is_better=True)


def exported(people: int) -> bytes:
    """What the records system sends, drawn from a seed."""
    rng, lines = random.Random(1), [HEADING]  # noqa: S311 - people who are none
    for n in range(people):
        year, month, day = rng.randint(1950, 2003), rng.randint(1, 12), rng.randint(1, 28)
        serial = f"{n:07}"
        pnc = f"{year}/{serial}{letter(f'{year % 100:02}{serial}')}"
        second = rng.choice(FORENAMES) if n % 2 else ""
        lines.append(
            f"N{serial},T{n % 20},03/04/2024,{rng.choice(SURNAMES)},{rng.choice(FORENAMES)},{second},"
            f"{day:02}/{month:02}/{year},{rng.choice('MF')},{n % 200} High Street,Swindon,SN1 1AA,{pnc},"
            f"{'S;W' if n % 3 else 'V'}"
        )
    return "\n".join(lines).encode()


def loaded(what: str, content: bytes) -> float:
    """Rows a second of one load."""
    actor = Actor(None, ANALYST, ANALYST, FORCE, "investigator", "investigation")
    sent = loading.Sent(starters.starter("people", FORCE), io.BytesIO(content), "people.csv")
    steps: dict[str, float] = {}
    began, used = time.perf_counter(), time.process_time()
    outcome = loading.load(
        actor=actor, sent=sent, at=AT,
        progress=lambda step: steps.update({step.doing: time.perf_counter() - began}),
    )  # fmt: skip
    took, used = time.perf_counter() - began, time.process_time() - used
    assert not outcome.findings, outcome.findings[:3]
    assert not outcome.counts["refused"], outcome.refused[:3]
    ends = ", ".join(f"{doing} to {at:.2f}" for doing, at in steps.items())
    sys.stderr.write(
        f"{what}: {outcome.counts}, {took:.2f} s ({ends}); {used:.2f} s of Python\n"
    )
    return outcome.counts["read"] / took


def copied() -> float:
    """Rows a second: what was loaded, from memory into a table with the same indexes and nothing else."""
    with database.plan().owner_login().connect() as owner:
        owner.execute("CREATE TABLE bench_plain (LIKE nominals_person INCLUDING INDEXES)")
        with owner.cursor().copy("COPY nominals_person TO STDOUT") as source:
            rows = [bytes(each) for each in source]
        owner.commit()
        began = time.perf_counter()
        with owner.cursor().copy("COPY bench_plain FROM STDIN") as target:
            target.write(b"".join(rows))
        owner.commit()
        return len(rows) / (time.perf_counter() - began)
