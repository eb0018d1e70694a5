"""Changes in words for people, in English and in short Welsh."""

from collections.abc import Callable, Mapping
from typing import Any

from crossforce.agreements.diff.labels import (
    CHANGES,
    FIELDS,
    STATUSES,
    TERMS,
    Pair,
    label,
)
from crossforce.agreements.document.values import CivilDate
from crossforce.agreements.wording.dates import date_in_words
from crossforce.agreements.wording.names import lowered
from crossforce.kernel.words import Words

Names = Callable[[str], Words | None]
"""Words for the code of an organisation, function or unit; None where it has none."""

Plain = dict[str, Any]
Path = tuple[str, ...]

_LONGEST = 60


class Telling:
    """Tells one change after the other between two documents."""

    def __init__(self, before: Plain, after: Plain, names: Names | None) -> None:
        self._names = names
        self._functions = {**_by(before, "function", "code"), **_by(after, "function", "code")}

    def of(self, path: Path, old: Any, new: Any) -> tuple[str | None, Words]:
        """The clause that a change touches, and the change in words."""
        clause = self._clause(path)
        said = self._said(path, old, new)
        if clause and path[0] != "clause":
            said = (f"Clause {clause}: {said[0]}", f"Cymal {clause}: {said[1]}")
        return clause, Words(
            en=said[0][:1].upper() + said[0][1:], cy=said[1][:1].upper() + said[1][1:]
        )

    def _clause(self, path: Path) -> str | None:
        if path[0] == "clause" and len(path) > 1:
            return path[1][1:]
        if path[0] == "designation" and len(path) > 1:
            return path[1].split("#")[0].split(" ")[1]
        if path[0] == "function" and len(path) > 1:
            clause = self._functions.get(path[1][1:], {}).get("clause")
            return str(clause) if clause else None
        return None

    def _said(self, path: Path, old: Any, new: Any) -> Pair:
        if path[0] == "function" and len(path) >= 4 and path[2] == "participation":
            return self._participation(path, old, new)
        if path[0] == "clause" and len(path) >= 2:
            return self._of_clause(path, old, new)
        if len(path) >= 2 and path[1][0] == "=":
            return self._of_row(path, old, new)
        return self._field((), path, old, new)

    def _of_clause(self, path: Path, old: Any, new: Any) -> Pair:
        number = path[1][1:]
        start = (f"Clause {number}", f"Cymal {number}")
        if len(path) == 2:
            heading = (new or old).get("heading", {})
            words = heading.get("en", ""), heading.get("cy") or heading.get("en", "")
            return _joined([start, (f"({words[0]})", f"({words[1]})"), _done(old, new)], " ")
        if path[2] != "term":
            return _joined([start, self._field((), path[2:], old, new)], ": ")
        term = TERMS.get(path[3][1:].split("#")[0], label(path[3][1:]))
        if len(path) == 4:
            rest = [term, _done(old, new)]
            what = self._summary(new if new is not None else old)
            return _joined([start, _joined([_joined(rest, " "), what], ": ")], ": ")
        return _joined([start, self._field(term, path[4:], old, new)], ": ")

    def _summary(self, term: Plain) -> Pair:
        """The leading facts of a term that is added or taken out."""
        parts = [
            _joined([FIELDS.get(key, label(key)), self._shown(each)], " ")
            for key, each in term.items()
            if key not in ("type", "assumed", "source") and not isinstance(each, dict)
        ]
        return _joined(parts[:4], ", ") if parts else ("no conditions", "dim amodau")

    def _of_row(self, path: Path, old: Any, new: Any) -> Pair:
        table = FIELDS.get(path[0], label(path[0]))
        name = self._name(path[1][1:].split("#")[0].split(" ")[0])
        start = _joined([table, name], " ")
        if len(path) == 2:
            said = _joined([start, _done(old, new)], " ")
            rows = (new if new is not None else old).get("participation", ())
            forces = [self._name(row["forces"][0]) for row in rows]
            return _joined([said, _joined(forces, ", ")], ": ")
        return self._field(start, path[2:], old, new)

    def _participation(self, path: Path, old: Any, new: Any) -> Pair:
        force = self._name(path[3][1:].split("#")[0])
        function = _lowered(self._name(path[1][1:].split("#")[0]))
        if len(path) > 4:
            return self._field(_joined([force, function], ", "), path[4:], old, new)
        row: Plain = new if new is not None else old
        phrase = STATUSES[row.get("status", "in")]
        dates = [
            _joined([CHANGES[key], self._shown(row[key])], " ")
            for key in ("from", "until")
            if key in row
        ]
        said = _joined([_joined([force, phrase, function], " "), *dates], " ")
        return said if new is not None else _joined([said, CHANGES["no longer"]], ": ")

    def _field(self, start: Pair | tuple[()], path: Path, old: Any, new: Any) -> Pair:
        keys = [FIELDS.get(step, label(step.lstrip("=+"))) for step in path if step[0] != "+"]
        subject = _joined([*([start] if start else []), _joined(keys, ", ")], ", ")
        if path[-1][0] == "+":
            verb = CHANGES["gains"] if new is not None else CHANGES["loses"]
            return _joined([subject, verb, self._name(path[-1][1:])], " ")
        if isinstance(old, dict) and isinstance(new, dict) and "en" in old:
            return _joined([subject, CHANGES["reworded"], self._shown(new)], " ")
        if old is None or new is None:
            shown = self._shown(new if old is None else old)
            return _joined([_joined([subject, _done(old, new)], " "), shown], ": ")
        return _joined(
            [
                subject,
                CHANGES["changes from"],
                self._shown(old),
                CHANGES["to"],
                self._shown(new),
            ],
            " ",
        )

    def _shown(self, value: Any) -> Pair:
        if isinstance(value, dict) and "date" in value and "en" not in value:
            return self._date(value)
        if isinstance(value, dict) and "en" in value:
            return _short(value["en"]), _short(value.get("cy") or value["en"])
        if isinstance(value, bool):
            return ("yes", "ie") if value else ("no", "na")
        if isinstance(value, list):
            return _joined([self._shown(each) for each in value], ", ")
        if isinstance(value, dict):
            parts = [_joined([self._name(key), self._shown(value[key])], " ") for key in value]
            return _joined(parts, ", ")
        return self._name(value) if isinstance(value, str) else (str(value), str(value))

    def _date(self, value: Plain) -> Pair:
        try:
            day = CivilDate.model_validate(value)
        except ValueError:
            return str(value["date"]), str(value["date"])
        return date_in_words(day, "en"), date_in_words(day, "cy")

    def _name(self, code: str) -> Pair:
        found = self._names(code) if self._names else None
        if found is None:
            title = self._functions.get(code, {}).get("title")
            found = Words.model_validate(title) if title else None
        if found:
            return found.en, found.cy or found.en
        return label(code) if code in self._functions else _of_code(code)


def _by(document: Plain, table: str, key: str) -> Mapping[str, Plain]:
    return {row[key]: row for row in document.get(table, ())}


_SMALL = frozenset({"and", "of", "the", "for"})
_INITIALS = frozenset({"pcc", "pfcc", "it", "ict", "nhs", "dna", "sw", "acpo", "npcc"})


def _of_code(code: str) -> Pair:
    """`avon-and-somerset` as `Avon and Somerset`; anything that is no such code as it is."""
    if not code.replace("-", "").isalpha() or not code.islower():
        return _short(code), _short(code)
    words = " ".join(_word(word) for word in code.split("-"))
    return words, words


def _word(word: str) -> str:
    if word in _INITIALS:
        return word.upper()
    return word if word in _SMALL else word.capitalize()


def _lowered(title: Pair) -> Pair:
    """A title within a sentence; initials such as DNA stay as they are."""
    return lowered(title[0]), lowered(title[1])


def _done(old: Any, new: Any) -> Pair:
    return CHANGES["added"] if old is None else CHANGES["removed"]


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _joined(parts: list[Any], between: str) -> Pair:
    pairs: list[Pair] = [part for part in parts if part and part[0]]
    return between.join(part[0] for part in pairs), between.join(part[1] for part in pairs)
