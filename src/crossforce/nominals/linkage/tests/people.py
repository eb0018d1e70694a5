"""A few invented people for tests, recorded more than once and not always rightly."""

import random
from typing import Any, Final

from crossforce.nominals.linkage.columns import Column, Records, Role, records

COLUMNS: Final = (
    Column("forename", Role.FORENAME),
    Column("surname", Role.SURNAME),
    Column("born", Role.BORN),
    Column("postcode", Role.POSTCODE),
    Column("address", Role.ADDRESS),
    Column("telephone", Role.NUMBER),
)
FORENAMES: Final = "Alan Beth Carol Dafydd Elin Frank Gwen Hugh Iris Jack Karen Leo Megan Neil Olive Paul Rhys Sara Tom Una".split()  # noqa: SIM905
SYLLABLES: Final = (
    "bar",
    "cott",
    "den",
    "ford",
    "gar",
    "hurst",
    "ing",
    "kel",
    "lang",
    "mor",
    "nor",
    "pen",
)


def table(number: int, seed: int = 7) -> dict[str, list[Any]]:
    """About so many records, with the person's number under `person`."""
    chance = random.Random(seed)
    rows: list[tuple[Any, ...]] = []
    person = 0
    while len(rows) < number:
        true = _person(chance)
        for _ in range(chance.choice((1, 1, 2, 3))):
            rows.append((f"r{len(rows)}", person, *_written(chance, true)))
        person += 1
    names = ("id", "person", *(each.name for each in COLUMNS))
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def people(number: int, seed: int = 7) -> Records:
    return records(table(number, seed), COLUMNS, ids="id")


def _person(chance: random.Random) -> list[str]:
    surname = "".join(chance.choices(SYLLABLES, k=3)).title()
    born = f"{chance.randint(1950, 2005)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    street = "".join(chance.choices(SYLLABLES, k=2)).title()
    return [
        chance.choice(FORENAMES),
        surname,
        born,
        f"BS{chance.randint(1, 9)} {chance.randint(1, 9)}{''.join(chance.choices('ABDEF', k=2))}",
        f"{chance.randint(1, 99)} {street} Road",
        f"07{chance.randint(10**8, 10**9 - 1)}",
    ]


def _written(chance: random.Random, true: list[str]) -> list[str | None]:
    found: list[str | None] = []
    for text in true:
        drawn = chance.random()
        at = chance.randrange(len(text) - 1)
        if drawn < 0.06:
            found.append(None)
        elif drawn < 0.14:
            found.append(text[:at] + text[at + 1] + text[at] + text[at + 2 :])
        else:
            found.append(text)
    if chance.random() < 0.03:
        found[0], found[1] = found[1], found[0]
    return found
