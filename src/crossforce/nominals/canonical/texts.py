"""Texts as they may be kept: what cannot be seen, or was decoded wrong, is refused with its name."""

import re
import unicodedata
from typing import Any, Final

from crossforce.records.mapping.findings import Wrong

LONGEST: Final = 2_000
LONGEST_NAME: Final = 100
BIDI: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
UNSEEN: Final = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0]")  # fmt: skip
JOINERS: Final = re.compile("(?<![^\\W\\d_\u0300-\u0dff])[\u200c\u200d]|[\u200c\u200d](?!\\w)")
"""Joiners stand between the letters of some scripts, and nowhere else."""
HIDDEN: Final = re.compile(
    f"{BIDI.pattern}|{UNSEEN.pattern}|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200c\u200d\u2028\u2029]"
)
NUMBERED: Final = re.compile("⟨U\\+([0-9A-F]{4})⟩")
TWICE: Final = re.compile("[ÃÂ][\u0080-\u00bf\u0192\u201a\u201e]|â€")
"""What UTF-8 looks like that was read as something else and written again."""
MARKS: Final = 4
"""So many marks may stand on one letter; what has more is no writing of anybody's."""
NAME: Final = re.compile('[^\\W\\d_][^\\d_<>{}\\[\\]|\\\\/^~`@#$%&*+=;:"!?()]*')
PLACEHOLDERS: Final = frozenset({
    "unknown", "not known", "n/a", "na", "none", "null", "nil", "test", "tba", "tbc", "xxx", "asdf",
    "not given", "refused", "no name", "anon", "anonymous", "nfn", "fnu", "lnu", "unk", "undefined",
})  # fmt: skip
FORMULA: Final = frozenset("=+-@\t\r")
PRINTED: Final = re.compile(r"[+-]?[\d .,:()/-]*")


def shown(text: str) -> str:
    """The text for whoever mends it: what cannot be seen, or turns what is seen, by its number."""
    return HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def meant(text: str) -> str:
    """A text that was shown so, as it came."""
    return NUMBERED.sub(lambda found: chr(int(found[1], 16)), text)


def clean(text: str, column: str = "", *, longest: int = LONGEST) -> str:
    """The text, in its composed form. Raises Wrong for what nobody can read or nobody should run."""
    if not text:
        return text
    if text.isascii() and text.isprintable() and len(text) <= longest:
        if text[0] in FORMULA and not PRINTED.fullmatch(text):
            raise _formula(column)
        return text
    if len(text) > longest:
        raise Wrong(
            "too-long",
            f"The cell has {len(text):,} characters; {longest:,} is the most.",
            "Shorten it where the export is made; a document is no field.",
            column=column,
        )
    composed = unicodedata.normalize("NFC", text)
    _refuse_unseen(composed, column)
    if composed[:1] in FORMULA and not PRINTED.fullmatch(composed):
        raise _formula(column)
    return composed


def _refuse_unseen(text: str, column: str) -> None:
    if BIDI.search(text):
        raise _bad("bidirectional", "marks that turn the direction of the text", column)
    if UNSEEN.search(text) or JOINERS.search(text):
        raise _bad("unseen", "characters that cannot be seen", column)
    if "\ufffd" in text:
        raise _bad("replaced", "a mark for a letter that was lost when it was decoded", column)
    if TWICE.search(text):
        raise _bad("encoded-twice", "letters that were decoded in the wrong encoding", column)
    _refuse_signs(text, column)


def _refuse_signs(text: str, column: str) -> None:
    run = 0
    for each in text:
        sort = unicodedata.category(each)
        if sort == "Cc" and each not in "\n\t":
            raise _bad("control", f"the control character U+{ord(each):04X}", column)
        if sort in ("Co", "Cn", "Cs"):
            raise _bad("unassigned", f"U+{ord(each):04X}, which is no letter", column)
        run = run + 1 if sort in ("Mn", "Me") else 0
        if run > MARKS:
            raise _bad("marks", f"more than {MARKS} marks on one letter", column)


def _bad(rule: str, what: str, column: str) -> Wrong:
    return Wrong(
        rule,
        f"The cell holds {what}.",
        "Correct it where it was written, or export it anew in its own encoding.",
        column=column,
    )


def _formula(column: str) -> Wrong:
    return Wrong(
        "formula",
        "The cell begins like a formula, which a spreadsheet would run.",
        "Take the sign away where the export is made.",
        column=column,
    )


def name(text: str, column: str = "") -> str:
    """One name of somebody, or none. Raises Wrong for what nobody is called."""
    if not text:
        return ""
    if len(text) > LONGEST_NAME:
        raise Wrong(
            "name-too-long",
            f"The name has {len(text):,} characters; {LONGEST_NAME} is the most.",
            "Write each name into its own column.",
            column=column,
        )
    if text.casefold() in PLACEHOLDERS:
        raise Wrong(
            "placeholder",
            f"{text!r} stands for a name that is not known.",
            "Leave the cell empty: what is not known is not written.",
            column=column,
        )
    if not NAME.fullmatch(text):
        rule = "name-digit" if any(map(str.isdigit, text)) else "name-sign"
        what = "a digit" if rule == "name-digit" else "a sign"
        raise Wrong(
            rule,
            f"{text[:40]!r} holds {what} that no name has.",
            "Correct the name, or map the column to what it is.",
            column=column,
        )
    return text


def whole_name(parts: dict[str, Any]) -> dict[str, Any]:
    """The parts of a name, where it stands in one: `Family, Given Given`, or the family last."""
    full = parts.pop("full", "")
    if not full or parts.get("family"):
        return parts
    family, comma, given = full.partition(",")
    if not comma:
        *first, family = full.split()
        given = " ".join(first)
    return {**parts, "family": family.strip(), "given": given.split()}
