"""Numbers by which people and things are known everywhere, brought to one form and held to their check characters."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from crossforce.kernel import rulepacks
from crossforce.records.mapping.findings import Wrong

PACK: Final = "nominals-identifiers"
GAPS: Final = re.compile(r"[\s.\-]+")
UK_NUMBER: Final = re.compile(r"\+44([1235789]\d{8,9})", re.ASCII)
ANY_NUMBER: Final = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")  # fmt: skip
POSTCODE: Final = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[ABD-HJLNP-UW-Z]{2})")


@cache
def scheme(name: str) -> Mapping[str, Any]:
    """What the rule pack says of a scheme; empty for one that it does not know."""
    found: Mapping[str, Mapping[str, Any]] = rulepacks.load(PACK).under("scheme", date.max)
    return found.get(name, {})


@cache
def schemes() -> tuple[str, ...]:
    """Every scheme that is known."""
    return tuple(rulepacks.load(PACK).under("scheme", date.max))


@cache
def _form(name: str) -> re.Pattern[str]:
    return re.compile(scheme(name)["form"], re.ASCII)


@cache
def _letters() -> str:
    return str(rulepacks.load(PACK).value("check-letters", date.max))


def checked(sort: str, number: str, column: str = "") -> str:
    """The number in the form of its scheme. Raises Wrong."""
    if not scheme(sort):
        known = ", ".join(schemes())
        raise Wrong(
            "unknown-code",
            f"{sort[:40]!r} is no scheme of identifiers that is known.",
            f"Map it to one of: {known}.",
            column=column,
        )
    bare = GAPS.sub("", number).upper()
    match = _form(sort).fullmatch(bare)
    if match is None:
        raise Wrong(
            f"{sort}-form",
            f"{number[:40]!r} has not the form of {scheme(sort)['title']}, such as {scheme(sort)['example']}.",
            "Correct it, or leave it empty.",
            column=column,
        )
    return SHAPED.get(sort, _whole)(match, number, column)


def _whole(match: re.Match[str], _number: str, _column: str) -> str:
    return match[0]


def letter(figures: str) -> str:
    """The check letter of figures: their remainder by the number of letters."""
    letters = _letters()
    return letters[int(figures) % len(letters)]


def _require(sort: str, said: str, wanted: str, number: str, column: str) -> None:
    if said != wanted:
        raise Wrong(
            f"{sort}-check",
            f"The check character of {number[:40]!r} is wrong: a figure of it is, too, or was exchanged.",
            "Correct the number at its source.",
            column=column,
        )


def _pnc(match: re.Match[str], number: str, column: str) -> str:
    year, serial, check = match["year"], match["serial"].zfill(7), match["check"]
    _require("pnc", check, letter(year[-2:] + serial), number, column)
    if len(year) == 2:
        year = ("19" if int(year) > 40 else "20") + year
    return f"{year}/{serial}{check}"


def _cro(match: re.Match[str], number: str, column: str) -> str:
    year, serial, check = match["year"], match["serial"], match["check"]
    if year is None:
        year, serial = match["sf_year"], match["sf_serial"]
        _require("cro", check, letter(f"{year}{serial}"), number, column)
        return f"SF{year}/{serial}{check}"
    _require("cro", check, letter(f"{year}{serial.zfill(6)}"), number, column)
    return f"{serial.zfill(6)}/{year}{check}"


def _asn(match: re.Match[str], number: str, column: str) -> str:
    force, unit, system = match["force"], match["unit"], match["system"]
    year, serial = match["year"], match["serial"].zfill(11)
    figures = "".join(each for each in (force, system) if each.isdigit()) + year + serial
    _require("asn", match["check"], letter(figures), number, column)
    return f"{year}/{force}{unit}/{system}/{serial}{match['check']}"


def _nino(match: re.Match[str], number: str, column: str) -> str:
    if match[0][:2] in scheme("nino")["never"]:
        raise Wrong(
            "nino-prefix",
            f"No number of National Insurance begins as {number[:40]!r} does.",
            "Correct it, or leave it empty.",
            column=column,
        )
    return match[0]


def _imei(match: re.Match[str], number: str, column: str) -> str:
    doubled = (int(each) * (1 + at % 2) for at, each in enumerate(match[0]))
    if sum(each // 10 + each % 10 for each in doubled) % 10:
        _require("imei", match[0][-1], "", number, column)
    return match[0]


SHAPED: Final[dict[str, Callable[[re.Match[str], str, str], str]]] = {
    "pnc": _pnc,
    "cro": _cro,
    "asn": _asn,
    "nino": _nino,
    "imei": _imei,
}


def telephone(number: str, column: str = "") -> str:
    """The number as E.164 writes it; one that begins with a nought is of the United Kingdom. Raises Wrong."""
    bare = re.sub(r"[\s().\-/]+", "", number).replace("+440", "+44")
    if bare.startswith("00"):
        bare = "+" + bare[2:]
    elif bare.startswith("0"):
        bare = "+44" + bare[1:]
    is_ours = bare.startswith("+44")
    if not (UK_NUMBER if is_ours else ANY_NUMBER).fullmatch(bare):
        raise Wrong(
            "telephone",
            f"{number[:40]!r} is no telephone number.",
            "Write it with its code, as 01632 960123 or +353 1 234 5678.",
            column=column,
        )
    return bare


def email(address: str, column: str = "") -> str:
    """An address of electronic mail. Raises Wrong."""
    if len(address) > 254 or not EMAIL.fullmatch(address):
        raise Wrong("email", f"{address[:40]!r} is no address.", "Correct it.", column=column)
    return address.lower()


def postcode(text: str, column: str = "") -> str:
    """A postcode with its one space. Raises Wrong."""
    found = POSTCODE.fullmatch(GAPS.sub("", text).upper())
    if found is None:
        raise Wrong(
            "postcode",
            f"{text[:40]!r} is no postcode.",
            "Correct it, or leave it empty.",
            column=column,
        )
    return f"{found[1]} {found[2]}"


def licence_fits(number: str, family: str, born: str) -> str:
    """Which part of a driver number belongs to another name or birth: `name`, `birth`, or neither."""
    letters = re.sub(r"[^A-Z]", "", family.upper())
    if letters.startswith("MAC") and number[:3] != "MAC":
        letters = "MC" + letters[3:]
    if letters and number[:5] != letters[:5].ljust(5, "9"):
        return "name"
    if len(born) == 10:
        month = f"{int(number[6]) % 5}{number[7]}"
        if (number[5] + number[10], month, number[8:10]) != (
            born[2] + born[3],
            born[5:7],
            born[8:],
        ):
            return "birth"
    return ""
