"""What a dock says of a film: in a sidecar beside it, in the film's name, or once for all of its films."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from crossforce.evidence.choices import KeptAs
from crossforce.evidence.rules.listing import COLUMNS, OF_EXHIBIT

SAID: Final = frozenset({"exhibit_reference", "case_reference", "sha256", *OF_EXHIBIT})
LARGEST: Final = 1024 * 1024
"""No sidecar is longer."""
CLOCK: Final = {12: "{}-{}-{} {}:{}", 14: "{}-{}-{} {}:{}:{}"}
"""How a time is written in a name, without what stands between: year, month, day, hour, minute, and the second where it has one."""
FILM: Final = "Body-worn video"


class NoSidecar(ValueError):
    """What lies beside the film cannot be read as JSON in UTF-8 that names each thing once."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How the films of a dock say what they are.

    `sidecar` is the ending of the file beside each; `named` finds columns in a film's name; `fields` says what they are called in
    the sidecar; `says` holds for all; `case` is the reference under which those stand that name no case.
    """

    sidecar: str = ""
    named: re.Pattern[str] | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    says: Mapping[str, str] = field(default_factory=dict)
    case: str = "body-worn"

    def sidecars_of(self, name: str) -> list[str]:
        """What the file beside a film may be called: the ending is added, or put in place of the film's own."""
        return [f"{name}{self.sidecar}", f"{name.rpartition('.')[0] or name}{self.sidecar}"]

    def is_sidecar(self, name: str) -> bool:
        """Whether it only says something of another file."""
        return bool(self.sidecar) and name.lower().endswith(self.sidecar.lower())


def said_of(name: str, sidecar: bytes, habits: Habits) -> dict[str, str]:
    """What is said of a film, column by column: its sidecar goes before its name, its name before what holds for all.

    What names no case is body-worn video that is no evidence, until somebody says otherwise. Raises NoSidecar.
    """
    own = _in_name(name, habits) | _in_sidecar(sidecar, habits)
    if not own.get("case_reference"):
        own = {"kept_as": KeptAs.BODY_WORN.value} | own | {"case_reference": habits.case}
    stem = name.rpartition(".")[0] or name
    return {"exhibit_reference": stem, "description": FILM} | dict(habits.says) | own


def _in_name(name: str, habits: Habits) -> dict[str, str]:
    found = habits.named.search(name) if habits.named else None
    said = {key: value for key, value in (found.groupdict() if found else {}).items() if value}
    if "seized_at" in said:
        said["seized_at"] = _instant(said["seized_at"])
    return said


def _instant(said: str) -> str:
    digits = re.sub("[^0-9]", "", said)
    if len(digits) not in CLOCK:
        return said
    return CLOCK[len(digits)].format(digits[:4], *re.findall("..", digits[4:]))


def _in_sidecar(content: bytes, habits: Habits) -> dict[str, str]:
    if not content.strip():
        return {}
    try:
        said: Any = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as fault:
        raise NoSidecar from fault
    if not isinstance(said, dict):
        raise NoSidecar
    called = {column: habits.fields.get(column, column) for column in COLUMNS if column in SAID}
    return {
        column: str(said[name])
        for column, name in called.items()
        if isinstance(said.get(name), str | int) and str(said[name]).strip()
    }


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("named twice")
    return dict(pairs)
