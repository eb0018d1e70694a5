"""Whether a file of a folder or archive is taken in: by its name, its kind, and how much it says to hold."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MOST_FILES: Final = 50_000
MOST_BYTES: Final = 2**40
DEEPEST: Final = 32
LONGEST: Final = 255
RATIO: Final = 200
"""So many times its packed length a file or archive may be: film, pictures and logs are less, what is made to fill a disk is more."""
ALWAYS: Final = 64 * 1024 * 1024
"""So much may come of any archive, however small."""
DRIVE: Final = re.compile(r"[A-Za-z]:")
STEERS: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Characters that turn the direction of a text: with them a name reads as another."""
UNFIT: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


class Kind(StrEnum):
    """What a member is."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    DEVICE = "device"
    HOLES = "holes"
    LOCKED = "locked"
    STRANGE = "strange"


REFUSED: Final = {
    Kind.LINK: "It is a link, and no file: what it leads to is not here.",
    Kind.DEVICE: "It is a device or a line between programs, and no file.",
    Kind.HOLES: "It is a file with holes: unpack it, and send it as a file.",
    Kind.LOCKED: "It is encrypted: unpack it with its password, and send it as a file.",
    Kind.STRANGE: "It is packed in a way that is not read here: unpack it, and send it as a file.",
}


class Beyond(ValueError):
    """It holds more than is taken in at once."""


@dataclass(frozen=True, slots=True)
class Member:
    """One thing in a folder or archive: its name with its folders, its length, how long it is packed (0: nobody says), what it is.

    What hangs on a letter that itself hangs on one lies `within` that: its name begins with that letter's.
    """

    name: str
    size: int
    packed: int = 0
    kind: Kind = Kind.FILE
    within: str = ""

    @property
    def own_name(self) -> str:
        """What it is called where it lies."""
        return self.name[len(self.within) + 1 :] if self.within else self.name

    @property
    def is_named_within(self) -> bool:
        """Whether its name is that of what it lies in, and its own."""
        return not self.within or self.name.startswith(f"{self.within}/")


@dataclass(slots=True)
class Judge:
    """Judges one member after the other. `whole` is how long the archive is; of a folder nothing."""

    whole: int | None = None
    number: int = 0
    total: int = 0
    _names: set[str] = field(default_factory=set)
    _alike: set[str] = field(default_factory=set)

    def why_not(self, member: Member) -> str:
        """Why it is not taken in; nothing where it is. Raises Beyond, after which nothing more is."""
        self.number += 1
        if self.number > MOST_FILES:
            raise Beyond(f"It holds more than {MOST_FILES:,} files. Send it in parts.")
        why = misnamed(member.name) or REFUSED.get(member.kind, "")
        if why or member.kind == Kind.FOLDER:
            return why
        return self._twice(member.name) or self._too_much(member)

    def _twice(self, name: str) -> str:
        alike = unicodedata.normalize("NFC", name).casefold()
        if name in self._names:
            return (
                "Another file of this name stands before it: nobody could tell which is meant."
            )
        if alike in self._alike:
            return "Its name differs from another’s by capitals alone: many machines take them for one."
        self._names.add(name)
        self._alike.add(alike)
        return ""

    def _too_much(self, member: Member) -> str:
        if member.size > ALWAYS // 8 and member.packed and member.size > RATIO * member.packed:
            return f"It says to be more than {RATIO} times as long as it is packed: it is made to fill a disk, or is better sent by itself."
        self.total += member.size
        if self.total > MOST_BYTES:
            raise Beyond("It holds more than a terabyte. Send it in parts.")
        if self.whole is not None and self.total > max(ALWAYS, RATIO * self.whole):
            raise Beyond(
                f"Its files are more than {RATIO} times as long as it is: it is made to fill a disk."
            )
        return ""


def misnamed(name: str) -> str:
    """What is wrong with a name, with its folders; nothing where it is sound."""
    parts = name.rstrip("/").split("/")
    if any(unicodedata.category(each) in UNFIT for each in name):
        return "Its name holds characters that are no text."
    if STEERS & set(name):
        return "Its name holds characters that make it read as another."
    if name.startswith("/") or DRIVE.match(name):
        return "Its name begins at the root of a disk."
    if ".." in parts:
        return "Its name leads out of its folder."
    if not name.strip("/. ") or "" in parts or "." in parts:
        return "It has no name."
    if len(name) > LONGEST:
        return f"Its name with its folders is longer than {LONGEST} characters."
    if len(parts) > DEEPEST:
        return f"It lies more than {DEEPEST} folders deep."
    return ""


def plain(name: str) -> str:
    """The name with the folders of other systems as ours, and without a leading “./”."""
    said = name.replace("\\", "/")
    while said.startswith("./") and len(said) > 2:
        said = said[2:]
    return said
