"""The invented people, as their forces would send them: read from the lists beside, made, and written out."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from crossforce.nominals import mapping as nominals
from crossforce.world.rules.lives import exports, holdings, sources
from crossforce.world.rules.lives.held import Held

MAPPINGS: Final[Path] = settings.PROJECT / "examples" / "nominals"
FOLDER: Final = Path(__file__).resolve().parents[1] / "data" / "people"
LISTS: Final = (
    "surnames.txt",
    "given-names.txt",
    "postcodes.txt",
    "streets.csv",
    "crimes.csv",
)
TABLES: Final = ("people", "customs")


@cache
def lists() -> sources.Sources:
    """What people are made of."""
    texts = {Path(name).stem: (FOLDER / name).read_text(encoding="utf-8") for name in LISTS}
    return sources.read(texts, {name: _table(name) for name in TABLES})


def everybody(lives: int, made: Callable[[int], None] = lambda _: None) -> dict[str, Held]:
    """What each force holds of the first so many lives, rounded up to whole blocks; `made` is told of each."""
    found: dict[str, Held] = {}
    for number, block in enumerate(holdings.world(lists(), lives), 1):
        made(number * lists().settings["block"])
        for force, held in block.items():
            found.setdefault(force, Held()).add(held)
    return found


def shapes() -> Mapping[str, exports.Shape]:
    """How each force's system writes its exports."""
    return exports.shapes(_table("exports"))


@dataclass(frozen=True)
class Sent:
    """One file of a force's export, and the mapping by which it is read."""

    kind: str
    name: str
    file: bytes
    text: str

    @property
    def mapping(self) -> nominals.Mapping:
        return nominals.read(self.text.encode(), self.name)


def exported(force: str, held: Held) -> Iterator[Sent]:
    """What a force's system exports, file by file in the order in which they are to be loaded."""
    shape = shapes()[force]
    for kind, file in exports.files(shape, held):
        text = (MAPPINGS / force / f"{kind}.toml").read_text(encoding="utf-8")
        yield Sent(kind, f"{force}-{kind}.{shape.ending}", file, text)


def truth(held: Mapping[str, Held]) -> Iterator[tuple[str, str, int, str]]:
    """Who is who, for measuring only: force, its number of the record, the life, the slips made."""
    for force, shape in shapes().items():
        for each in held[force].people if force in held else ():
            number = shape.numbers["person"].format(each.number)
            yield force, number, each.life, " ".join(each.slips)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
