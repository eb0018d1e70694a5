"""What would still go out in clear of what is redacted: the same bytes elsewhere, what it lay in, and what lay in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """An original: its name and SHA-256, that of the archive or e-mail it was taken out of, and whether there are redacted copies of it."""

    name: str
    sha256: str
    out_of: str = ""
    is_redacted: bool = False


def why_not(in_clear: Iterable[File], known: Sequence[File]) -> str:
    """Why these do not go as they are, given what is known of other files; empty where they may."""
    same = {each.sha256 for each in known if each.is_redacted}
    around, within = _around(same, known), _within(same, known)
    for each in in_clear:
        if each.is_redacted:
            return f"“{each.name}” has redacted copies, and none of them is approved. Have one approved first."
        if each.sha256 in same:
            return f"“{each.name}” is the same as a file that is redacted, byte for byte. Redact it as well."
        if each.sha256 in around:
            return f"“{each.name}” holds a file that is redacted. Redact it as well, or put what may go into another exhibit."
        if each.out_of in within:
            return f"“{each.name}” lies in a file that is redacted. Redact it as well, or put it by itself into another exhibit."
    return ""


def _around(redacted: Iterable[str], known: Sequence[File]) -> set[str]:
    """All that they, or the same bytes, were taken out of, and what that was taken out of, and so on."""
    found, new = set[str](), set(redacted)
    while new:
        new = {each.out_of for each in known if each.sha256 in new} - {""} - found
        found |= new
    return found


def _within(redacted: Iterable[str], known: Sequence[File]) -> set[str]:
    """Them, with the archives and e-mails that were taken out of them, and so on."""
    found, new = set[str](), set(redacted)
    while new:
        found |= new
        new = {each.sha256 for each in known if each.out_of in new} - found
    return found
