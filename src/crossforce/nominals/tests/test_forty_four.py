"""A row that is broken in each of forty-four ways, loaded among sound ones: each waits with its reason, and no row is lost."""

import pytest

from crossforce.kernel import guarded
from crossforce.nominals import models
from crossforce.nominals.tests import loads
from crossforce.nominals.tests.test_bad_rows import (
    BROKEN,
    COLUMNS,
    EVENT,
    EVERY,
    PLACE,
    TIED,
    line,
)
from crossforce.people.choices import Actor
from crossforce.records.tests.factories import HERE

TIED_HEAD = "id,one,one_kind,other,other_kind,role,since,until"
EVENT_HEAD = "id,what,happened_from,happened_to,force"
TIED_ROWS = "1,A,person,A,person,associate of,,\n2,A,person,,event,suspect in,,\n3,A,person,Q9,person,associate of,,"
EVENT_ROWS = (
    "1,crime,2026-03-29 01:30,,\n2,crime,2025-10-26 01:30,,\n3,crime,yesterday,,\n"
    "4,crime,2026-03-02 10:00,2026-03-01 10:00,\n5,crime,,,dorset\n6,crime,2026-03-02 10:00,,"
)
BAD_BYTES = {
    "encoding": b'"W9","CID","","","Pe\xf1a"',
    "cells-too-few": b"W9,CID",
    "cells-too-many": b"W9" + b"," * 60,
    "csv": b'W9,"CID"x,',
    "row-too-long": b"W9," + b"x" * 10_000_000,
    "key-twice": line({"Nominal": "A"}).encode(),
}


EXPECTED = {each.rule for each in BROKEN} | set(BAD_BYTES) | {
    "tie-to-itself", "no-end", "unknown-end", "time-never", "time-twice", "time-form", "ends-before",
    "other-force", "degrees", "half-a-place",
}  # fmt: skip


def named(mapping: str, name: str) -> str:
    """A source of this force's own, by another name."""
    return mapping.replace("wiltshire", HERE).replace('name = "t"', f'name = "{name}"')


def files() -> list[tuple[str, bytes, int]]:
    """Mappings and files, and how many rows of each are sound."""
    bad = [line({"Nominal": f"W{n}"} | each.cells).encode() for n, each in enumerate(BROKEN)]
    one, two, last = (line({"Nominal": name}).encode() for name in ("A", "M", "Z"))
    people = [",".join(COLUMNS).encode(), one, *bad, two, *BAD_BYTES.values(), last]
    return [
        (EVERY, b"\n".join(people), 3),
        (named(TIED, "ties"), f"{TIED_HEAD}\n{TIED_ROWS}\n".encode(), 0),
        (named(EVENT, "events"), f"{EVENT_HEAD}\n{EVENT_ROWS}\n".encode(), 1),
        (named(PLACE, "places"), b"id,latitude,longitude\n1,north,-2\n2,51,\n", 0),
    ]


@pytest.mark.django_db
class TestEveryKind:
    @pytest.fixture
    def asha(self) -> Actor:
        loads.policy()
        return loads.analyst()

    def test_forty_four_kinds_of_broken_row_wait_each_with_its_reason(
        self, asha: Actor
    ) -> None:
        """A row of every kind among sound ones: these go in, those wait, and no row is lost."""
        refused = 0
        for mapping, file, sound in files():
            counts = loads.loaded(asha, file, mapping).counts
            assert (counts["new"], counts["read"]) == (sound, sound + counts["refused"])
            refused += counts["refused"]
        with guarded.acting(asha):
            waiting = list(models.Quarantine.objects.filter(state="waiting"))
            people = {each.number for each in models.Person.objects.all()}
        assert (people, len(waiting)) == ({"A", "M", "Z"}, refused)
        reasons = [each for row in waiting for each in row.reasons]
        assert all(each["message"] and each["remedy"] for each in reasons)
        assert {each["rule"] for each in reasons} >= EXPECTED
        assert len(EXPECTED) >= 44

    def test_every_rule_is_documented(self) -> None:
        named = {rule for rule in EXPECTED if f"`{rule}`" not in loads.DOCUMENT and "-" in rule}
        assert named <= {
            f"{scheme}-{what}"
            for scheme in ("pnc", "cro", "asn", "nino", "driving-licence", "vrm", "imei")
            for what in ("form", "check")
        }
