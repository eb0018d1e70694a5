"""Records of invented lives, as the platform compares them: written down by eight forces with the slips of the trade, exported in
each force's own shape, read by its mapping as a load reads it. Who is who stands beside, and no engine sees it.
"""

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pyarrow as pa
from pyarrow import feather

from crossforce.nominals.mapping import Record, parse
from crossforce.nominals.rules.columns import NAMES, also, table
from crossforce.world.operations.people import everybody, exported, lists, truth
from crossforce.world.rules.lives.held import Held

TABLE: Final = pa.schema([(name, pa.string()) for name in NAMES])


def laid_down(first: str, besides: str, lives: str) -> int:
    """Write what each record says first, with who it is of, and what it says besides; answers how many records that are."""
    held = everybody(int(lives))
    who = {(force, number): life for force, number, life, _ in truth(held)}
    people, said = [], []
    for force, of in held.items():
        for record in _records(force, of):
            people.append(who[force, record.reference])
            more = {**record.values, "statements": json.loads(record.statements)}
            said.append((f"{force} {record.reference}", more))
    whole = pa.table(table(said), TABLE).append_column("person", pa.array(people))
    feather.write_feather(whole, first, compression="uncompressed")
    feather.write_feather(pa.table(also(said), TABLE), besides, compression="uncompressed")
    return len(said)


def _records(force: str, held: Held) -> Iterator[Record]:
    """What a force's export says of people, as its mapping reads it."""
    later = lists().settings["today"] + timedelta(days=31)
    for sent in exported(force, held):
        if sent.kind == "people":
            for found in parse(io.BytesIO(sent.file), sent.mapping, on=later):
                assert isinstance(found, Record), found
                yield found
