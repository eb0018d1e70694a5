"""How a word sounds in the British Isles, as a short key: words that may be heard as one another share it.

`Catherine` and `Kathryn`, `Shaughnessy` and `Shawnessy`, `Philips` and `Fillips`, `Mohammed` and `Muhammad`.
Vowels count as a beginning, and in short words the first one by its class; 1 is `sh` and 2 is `ch`. The key has at
most eight letters, which are one number for the computer.
"""

import re
from functools import lru_cache
from typing import Final

RULES: Final[tuple[tuple[str, str], ...]] = (
    (r"^(kn|gn|pn)", "n"),
    (r"^wr", "r"),
    (r"^wh", "w"),
    (r"^ps", "s"),
    (r"^x", "s"),
    (r"^mac|^mc", "mk"),
    (r"ough$", "o"),
    (r"augh(?=[nt])|ough(?=[nt])|aw", "o"),
    (r"igh", "i"),
    (r"tch", "2"),
    (r"sch|sh|[cst]i(?=on|an|ous)", "1"),
    (r"ch(?=r|l)", "k"),
    (r"ch", "2"),
    (r"ph|gh(?=$)", "f"),
    (r"gh", ""),
    (r"th", "t"),
    (r"dg(?=[eiy])|g(?=[eiy](?!l|b|r))|j|dj", "j"),
    (r"c(?=[eiy])|z|ts(?=$)", "s"),
    (r"ck|c|q", "k"),
    (r"x", "ks"),
    (r"mp(?=[st])", "m"),
    (r"mb$", "m"),
    (r"v", "f"),
    (r"(?<=[aeiou])h|h(?![aeiou])", ""),
    (r"(?<=[aeiouy])[wy](?![aeiou])", ""),
    (r"dt$", "t"),
    (r"es$", "s"),
    (r"son$|sen$|ssen$", "sn"),
    (r"(.)\1+", r"\1"),
)
SHORT: Final = 2
"""Consonants that alone say too little."""
_RULES: Final = tuple((re.compile(pattern), to) for pattern, to in RULES)
_VOWELS: Final = str.maketrans("", "", "aeiouyw")
_VOWEL: Final = re.compile("[aeiouy]")
_CLASSES: Final = {"a": "a", "e": "i", "i": "i", "y": "i", "o": "o", "u": "o"}
_BEGINS: Final = {"w": "w", **dict.fromkeys("aeiouy", "a")}


def key(word: str) -> str:
    """Letters of the sound, at most eight; nothing for words of fewer than three letters, other alphabets and numbers."""
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return ""
    heard = word
    for pattern, to in _RULES:
        heard = pattern.sub(to, heard)
    begins = _BEGINS.get(heard[:1], "")
    body = begins + re.sub(r"(.)\1+", r"\1", heard.translate(_VOWELS))
    if len(body) > SHORT:
        return body[:8]
    vowel = _VOWEL.search(heard, len(begins))
    return body + _CLASSES[vowel[0]] if vowel and body else ""


@lru_cache(maxsize=65_536)
def number(word: str) -> int:
    """The key as one number; 0 when there is none."""
    return int.from_bytes(key(word).encode(), "big")
