"""Forty-four ways in which a row may be broken: each is kept apart under its own rule, and the rest load."""

import json
from datetime import date, datetime
from io import BytesIO
from typing import NamedTuple

import pyarrow as pa
import pytest
from pyarrow import parquet

from crossforce.nominals import mapping
from crossforce.nominals.mapping import Record, Refused
from crossforce.nominals.tests import loads

ON = date(2026, 11, 23)
EVERY = loads.PEOPLE + "".join(
    f'\n[[statement]]\nabout = "{about}"\ncolumns = {{ {part} = "{column}" }}\n{fixed}'
    for about, part, column, fixed in (
        ("identifier", "number", "CRO", 'values = { type = "cro" }\n'),
        ("identifier", "number", "ASN", 'values = { type = "asn" }\n'),
        ("identifier", "number", "NINO", 'values = { type = "nino" }\n'),
        ("identifier", "number", "Licence", 'values = { type = "driving-licence" }\n'),
        ("identifier", "number", "VRM", 'values = { type = "vrm" }\n'),
        ("identifier", "number", "IMEI", 'values = { type = "imei" }\n'),
        ("contact", "number", "Mail", 'values = { type = "email" }\n'),
        ("death", "on", "Died", ""),
        ("description", "text", "Notes", ""),
    )
)
COLUMNS = [
    *loads.COLUMNS,
    "CRO",
    "ASN",
    "NINO",
    "Licence",
    "VRM",
    "IMEI",
    "Mail",
    "Died",
    "Notes",
]


class Broken(NamedTuple):
    """A row, and the rule that refuses it."""

    rule: str
    column: str
    cells: dict[str, str]


def one(rule: str, column: str, text: str, **more: str) -> Broken:
    return Broken(rule, column, {column: text, **more})


BROKEN = [
    one("no-reference", "Nominal", ""),
    one("control", "Notes", "bell\x07"),
    one("bidirectional", "Surname", "Pen\u202ehallow"),
    one("unseen", "Surname", "Pen\u200bhallow"),
    one("replaced", "Surname", "Pe\ufffdhallow"),
    one("encoded-twice", "Surname", "Ibâ€™s"),
    one("unassigned", "Surname", "Pen\ue000hallow"),
    one("marks", "Surname", "P" + "\u0301\u0302\u0303\u0304\u0305\u0306" + "en"),
    one("too-long", "Notes", "x" * 5_000),
    one("formula", "Notes", "=1+cmd()"),
    one("name-sign", "Surname", "<script>"),
    one("name-digit", "Surname", "Smith2"),
    one("name-too-long", "Surname", "a" * 101),
    one("placeholder", "Surname", "UNKNOWN"),
    one("day-form", "Born", "1987-03-09"),
    one("no-such-day", "Born", "31/02/1987"),
    one("default-day", "Born", "01/01/1900"),
    one("too-early", "Born", "09/03/1787"),
    one("to-come", "Born", "09/03/2087"),
    one("ends-before", "At address since", "", Born="09/03/1987"),
    one("died-before-born", "Died", "09/03/1960"),
    one("unknown-code", "Sex", "Q"),
    one("no-category", "Roles", ""),
    one("nobody", "Surname", "", **{"Forename 1": ""}),
    one("pnc-form", "PNCID", "N0N5EN5E"),
    one("pnc-check", "PNCID", "1987/0163001C"),
    one("cro-form", "CRO", "265416-21G-X"),
    one("cro-check", "CRO", "265416/21H"),
    one("asn-form", "ASN", "11/01"),
    one("asn-check", "ASN", "11/01ZD/01/00000448754A"),
    one("nino-form", "NINO", "AB1234567"),
    one("nino-prefix", "NINO", "GB123456A"),
    one("driving-licence-form", "Licence", "PENHA"),
    one("driving-licence-name", "Licence", "JONES853097M99AA"),
    one("driving-licence-birth", "Licence", "PENHA653098M99AA"),
    one("vrm-form", "VRM", "1234567"),
    one("imei-check", "IMEI", "490154203237519"),
    one("telephone", "Telephone", "999"),
    one("email", "Mail", "merryn at example"),
    one("postcode", "Postcode", "SN1"),
]
BROKEN = [each for each in BROKEN if each.rule != "ends-before"]


def line(cells: dict[str, str]) -> str:
    said = loads.SOUND | cells
    return ",".join('"' + said.get(name, "").replace('"', '""') + '"' for name in COLUMNS)


def parsed(content: bytes, text: str = EVERY) -> list[Record | Refused]:
    return list(mapping.parse(BytesIO(content), mapping.read(text.encode()), on=ON))


def rules(found: list[Record | Refused]) -> list[str]:
    return [
        reason.rule for each in found if isinstance(each, Refused) for reason in each.reasons
    ]


class TestBrokenRow:
    @pytest.mark.parametrize("broken", BROKEN, ids=lambda each: each.rule)
    def test_is_refused_by_its_rule_alone(self, broken: Broken) -> None:
        content = "\n".join((",".join(COLUMNS), line({"Nominal": "A"}), line(broken.cells), line({"Nominal": "Z"})))  # fmt: skip
        found = parsed(content.encode())
        assert [type(each) for each in found] == [Record, Refused, Record]
        refused = found[1]
        assert isinstance(refused, Refused)
        assert broken.rule in rules(found)
        assert all(each.message and each.remedy for each in refused.reasons)
        named = {each.column for each in refused.reasons if each.rule == broken.rule}
        assert named & {"", *(c for c in COLUMNS if broken.column in c)} or named == {
            column for column in named if broken.column in column
        }

    @pytest.mark.parametrize(
        ("rule", "bad"),
        [
            ("encoding", b'"W9","CID","","","Pe\xf1a"'),
            ("cells-too-few", b"W9,CID"),
            ("cells-too-many", b"W9" + b"," * 60),
            ("csv", b'W9,"CID"x,'),
            ("csv", b'W9,"CID,'),
            ("row-too-long", b"W9," + b"x" * 10_000_000),
            ("key-twice", line({"Nominal": "A"}).encode()),
        ],
        ids=lambda each: each if isinstance(each, str) else "",
    )
    def test_takes_no_other_row_with_it(self, rule: str, bad: bytes) -> None:
        first, last = line({"Nominal": "A"}).encode(), line({"Nominal": "Z"}).encode()
        found = parsed(b"\n".join((",".join(COLUMNS).encode(), first, bad, last)))
        assert [type(each) for each in found] == [Record, Refused, Record]
        assert rules(found)[0] == rule

    @pytest.mark.parametrize(
        ("rule", "bad"),
        [
            ("json", '{"Nominal": "W9",'),
            ("json", '{"Nominal": "W9", "Nominal": "W8"}'),
            ("json", '{"Nominal": NaN}'),
            ("json", "[" * 90_000),
            ("shape", '["W9"]'),
            ("shape", '{"Nominal": {"is": "W9"}}'),
        ],
        ids=lambda each: str(each)[:24],
    )
    def test_of_json_lines_as_well(self, rule: str, bad: str) -> None:
        text = loads.PEOPLE.replace('type = "csv"', 'type = "jsonl"')
        sound = [json.dumps(loads.SOUND | {"Nominal": name}) for name in ("A", "Z")]
        found = parsed("\n".join((sound[0], bad, sound[1])).encode(), text)
        assert [type(each) for each in found] == [Record, Refused, Record]
        assert rules(found)[0] == rule


TIE = """
format = 1
name = "t"
title = "T"
system = "s"
holder = "wiltshire"
makes = "MAKES"
[dates]
unknown = ["-"]
[columns]
reference = "id"
"""
TIED = TIE.replace("MAKES", "tie") + "".join(f'{e} = "{e}"\n' for e in ("one", "one_kind", "other", "other_kind", "role", "since", "until"))  # fmt: skip
EVENT = TIE.replace("MAKES", "event") + "".join(f'{e} = "{e}"\n' for e in ("what", "happened_from", "happened_to", "force"))  # fmt: skip
PLACE = TIE.replace("MAKES", "location") + "".join(f'{e} = "{e}"\n' for e in ("latitude", "longitude"))  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "heading", "bad"),
    [
        ("tie-to-itself", TIED, "id,one,one_kind,other,other_kind,role,since,until", "1,A,person,A,person,associate of,,"),
        ("no-end", TIED, "id,one,one_kind,other,other_kind,role,since,until", "1,A,person,,event,suspect in,,"),
        ("ends-before", TIED, "id,one,one_kind,other,other_kind,role,since,until", "1,A,person,B,person,associate of,2020-01-01,2019-01-01"),
        ("time-never", EVENT, "id,what,happened_from,happened_to,force", "1,crime,2026-03-29 01:30,,"),
        ("time-twice", EVENT, "id,what,happened_from,happened_to,force", "1,crime,2025-10-26 01:30,,"),
        ("time-form", EVENT, "id,what,happened_from,happened_to,force", "1,crime,yesterday,,"),
        ("ends-before", EVENT, "id,what,happened_from,happened_to,force", "1,crime,2026-03-02 10:00,2026-03-01 10:00,"),
        ("other-force", EVENT, "id,what,happened_from,happened_to,force", "1,crime,,,dorset"),
        ("degrees", PLACE, "id,latitude,longitude", "1,north,-2"),
        ("half-a-place", PLACE, "id,latitude,longitude", "1,51,"),
    ],
)  # fmt: skip
def test_ties_events_and_places_are_judged_too(
    rule: str, text: str, heading: str, bad: str
) -> None:
    found = parsed(f"{heading}\n{bad}\n".encode(), text)
    assert rules(found) == [rule]


@pytest.mark.parametrize(
    ("at", "dates", "said"),
    [
        ("2025-10-26T01:30", "", "time-twice"),
        ("2025-10-26T01:30", 'twice = "second"', "01:30"),
        ("2026-03-29T01:30", 'never = "forward"', "01:30"),
        ("2026-07-01T12:00+00:00", "", "12:00"),
        ("2026-07-01T12:00", 'zone = "Europe/Paris"', "10:00"),
        ("2026-07-01 12:00", "", "11:00"),
    ],
)
def test_times_of_parquet_are_read_by_the_same_clock(at: str, dates: str, said: str) -> None:
    text = EVENT.replace("[dates]\n", f'[file]\ntype = "parquet"\n[dates]\n{dates}\n')
    cells = {
        "id": "1",
        "what": "crime",
        "happened_from": datetime.fromisoformat(at) if "T" in at else at,
        "happened_to": None,
        "force": "",
    }
    held = BytesIO()
    parquet.write_table(pa.Table.from_pylist([cells]), held)
    (found,) = parsed(held.getvalue(), text)
    if isinstance(found, Refused):
        assert [(each.rule, "dates." in each.remedy) for each in found.reasons] == [
            (said, True)
        ]
    else:
        assert f"{found.values['happened_from']:%H:%M}" == said


def test_there_are_at_least_forty_four() -> None:
    named = {each.rule for each in BROKEN} | {
        "encoding", "cells-too-few", "cells-too-many", "csv", "row-too-long", "key-twice", "json", "shape",
        "tie-to-itself", "no-end", "ends-before", "time-never", "time-twice", "time-form", "other-force",
        "degrees", "half-a-place", "unknown-end",
    }  # fmt: skip
    assert len(named) >= 44
    assert {rule for rule in named if f"`{rule}`" not in loads.DOCUMENT and "-" in rule} <= {
        f"{scheme}-{what}"
        for scheme in ("pnc", "cro", "asn", "nino", "driving-licence", "vrm", "imei")
        for what in ("form", "check")
    }
