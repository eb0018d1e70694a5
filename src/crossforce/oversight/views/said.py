"""What an entry of the ledger says in its detail and private parts, as people read it."""

from collections.abc import Mapping
from typing import Any

from crossforce.records import api as records
from crossforce.transparency.entry import Entry

Lines = list[tuple[str, str]]


def detail(entry: Entry) -> Lines:
    """The members of the detail."""
    return [(called(name, {}), value(said)) for name, said in entry.detail.items()]


def private(entry: Entry, part: Mapping[str, Any]) -> Lines:
    """The members of a private part; of an alteration, what each field was and what it became."""
    kind = entry.subject.partition(":")[0]
    labels = records.labels_of(kind) if kind in records.models_by_kind() else {}
    altered: Any = entry.detail.get("fields") or ()
    return [
        (called(name, labels), _became(said) if name in altered else value(said))
        for name, said in part.items()
    ]


def called(name: str, labels: Mapping[str, str]) -> str:
    """A member's name: as the form has it, else read out."""
    words = name.replace("_", " ").replace("-", " ")
    return labels.get(name) or words[:1].upper() + words[1:]


def value(said: Any) -> str:
    """One value: a list as its parts, nothing as “none”."""
    if isinstance(said, bool):
        return "yes" if said else "no"
    if said is None or said in ("", [], {}):
        return "none"
    if isinstance(said, Mapping):
        return "; ".join(f"{called(name, {})}: {value(each)}" for name, each in said.items())
    if isinstance(said, list | tuple):
        return ", ".join(value(each) for each in said)
    return str(said)


def _became(said: Any) -> str:
    before, after = said if isinstance(said, list) and len(said) == 2 else (None, said)
    return f"{value(before)} → {value(after)}"
