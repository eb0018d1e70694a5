"""A manifest: a CSV file that says of each file of a folder or archive which exhibit it is of, and what that is."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from crossforce.evidence.choices import KEPT_AS
from crossforce.evidence.rules.members import misnamed, plain
from crossforce.kernel.civil import LONDON

NAME: Final = "manifest.csv"
"""Under this name it lies at the top of a folder or archive."""
COLUMNS: Final = (
    "path", "exhibit_reference", "case_reference", "description", "seized_at", "seized_where", "seized_by", "power",
    "marking", "kept_as", "sha256",
)  # fmt: skip
NEEDED: Final = ("path", "exhibit_reference", "case_reference")
OF_EXHIBIT: Final = (
    "description",
    "seized_at",
    "seized_where",
    "seized_by",
    "power",
    "marking",
    "kept_as",
)
MOST_ROWS: Final = 50_000
LARGEST: Final = 32 * 1024 * 1024
FORMS: Final = ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")
SUM: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a manifest: its line (0 where it is the whole), its column, what, and how to mend it."""

    line: int
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Named:
    """An exhibit that a manifest names. What of it is empty stands elsewhere, or on a later line."""

    exhibit_reference: str
    case_reference: str
    description: str = ""
    seized_at: datetime | None = None
    seized_where: str = ""
    seized_by: str = ""
    power: str = ""
    marking: str = ""
    kept_as: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by within its holder."""
        return self.case_reference, self.exhibit_reference


@dataclass(frozen=True, slots=True)
class Row:
    """A file: on which line, of which exhibit, and its SHA-256 where that is stated."""

    line: int
    path: str
    exhibit: tuple[str, str]
    sha256: str = ""


@dataclass(slots=True)
class Listing:
    """A manifest as it was read: files by path, exhibits, and all that is wrong with it."""

    rows: dict[str, Row] = field(default_factory=dict)
    exhibits: dict[tuple[str, str], Named] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read(content: bytes) -> Listing:
    """All of a manifest. Its faults are told, every one; where there is any, nothing is taken in by it."""
    found = Listing()
    try:
        text = content[:LARGEST].decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        found.faults.append(Fault(line, "", "It is not in UTF-8. Save it as “CSV UTF-8”."))
        return found
    lines = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        heads = [each.strip().lower() for each in next(lines, [])]
        if faults := list(_wrong_heads(heads)):
            found.faults.extend(faults)
            return found
        for cells in lines:
            _take(found, lines.line_num, heads, cells)
    except csv.Error as fault:
        found.faults.append(Fault(lines.line_num, "", f"It is no CSV from here on ({fault})."))
    return found


def of_rows(rows: Iterable[Mapping[str, str]]) -> Listing:
    """The same of what is said of each file elsewhere than in a table. Its faults bear the number of the file."""
    found = Listing()
    for number, said in enumerate(rows, 1):
        heads = list(said)
        if faults := list(_wrong_heads(heads)):
            found.faults.extend(replace(each, line=number) for each in faults)
        else:
            _take(found, number, heads, [said[each] for each in heads])
    return found


def is_one(content: bytes) -> bool:
    """Whether a file that bears the name of a manifest has its columns; else it is a file like any other."""
    heads = content[:4096].decode("utf-8-sig", "replace").split("\n")[0].lower()
    return all(each in heads for each in NEEDED)


def _wrong_heads(heads: list[str]) -> Iterator[Fault]:
    for each in NEEDED:
        if each not in heads:
            yield Fault(1, each, "This column is missing.")
    for each in heads:
        if each not in COLUMNS:
            yield Fault(1, each, f"No column is called so. There are: {', '.join(COLUMNS)}.")
        elif heads.count(each) > 1:
            yield Fault(1, each, "This column stands there twice.")


def _take(found: Listing, line: int, heads: list[str], cells: list[str]) -> None:
    said = {name: cell.strip() for name, cell in zip(heads, cells, strict=False)}
    if not any(said.values()):
        return
    if len(cells) > len(heads):
        found.faults.append(Fault(line, "", "It has more cells than there are columns."))
        return
    if len(found.rows) >= MOST_ROWS:
        raise csv.Error(f"more than {MOST_ROWS:,} files")
    faults = list(_wrong(found, line, said))
    found.faults.extend(faults)
    if not faults:
        named = _named(said)
        path = plain(said["path"])
        found.rows[path] = Row(line, path, named.key, said.get("sha256", "").lower())
        _join(found, line, named)


def _wrong(found: Listing, line: int, said: Mapping[str, str]) -> Iterator[Fault]:
    for each in NEEDED:
        if not said.get(each):
            yield Fault(line, each, "Nothing stands there.")
    path = plain(said.get("path", ""))
    if path and (why := misnamed(path)):
        yield Fault(line, "path", why)
    if path in found.rows:
        yield Fault(line, "path", f"Line {found.rows[path].line} names the same file.")
    if said.get("seized_at") and instant(said["seized_at"]) is None:
        yield Fault(line, "seized_at", "Write it as 2026-09-14 09:20 or 14/09/2026 09:20.")
    if said.get("kept_as") and said["kept_as"] not in KEPT_AS:
        kinds = " or ".join(each for each in KEPT_AS if each)
        yield Fault(line, "kept_as", f"Write {kinds}, or nothing.")
    if said.get("sha256") and not SUM.fullmatch(said["sha256"].lower()):
        yield Fault(line, "sha256", "A SHA-256 is 64 letters and digits.")


def _named(said: Mapping[str, str]) -> Named:
    texts = {each: said.get(each, "") for each in OF_EXHIBIT if each != "seized_at"}
    at = instant(said.get("seized_at", ""))
    return Named(said["exhibit_reference"], said["case_reference"], seized_at=at, **texts)


def _join(found: Listing, line: int, named: Named) -> None:
    """What later lines add to an exhibit; what they say otherwise is a fault."""
    known = found.exhibits.setdefault(named.key, named)
    added = {}
    for each in OF_EXHIBIT:
        before, now = getattr(known, each), getattr(named, each)
        if now and before and now != before:
            why = "An earlier line says otherwise of this exhibit."
            found.faults.append(Fault(line, each, why))
        elif now and not before:
            added[each] = now
    found.exhibits[named.key] = replace(known, **added)


def instant(said: str) -> datetime | None:
    """When that was: with its offset, or by London's clock; nothing where it cannot be read."""
    read = _iso(said) or next((at for form in FORMS if (at := _formed(said, form))), None)
    if read is None:
        return None
    return read if read.tzinfo else read.replace(tzinfo=LONDON)


def _iso(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said) if len(said) > 10 else None
    except ValueError:
        return None


def _formed(said: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(said, form)  # noqa: DTZ007 - by London's clock
    except ValueError:
        return None
