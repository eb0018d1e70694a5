"""A model and records as files: JSON for what somebody may read, arrays beside it for the rest.

`model.json` says the columns, what each level is worth, the rules, and on what it was learnt; how common values are lies in
arrays, since there may be a million of them, by numbers: no value stands there that anybody says.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from crossforce.nominals.linkage.columns import Column, Records, Role, Words, words_of
from crossforce.nominals.linkage.keys import Part, words_of_rule
from crossforce.nominals.linkage.model import Common, Figures, Model
from crossforce.nominals.linkage.others import Others
from crossforce.nominals.searching.tables import read, write

Arrays = Mapping[str, Any]
TOLD: Final = "model.json"


def save(model: Model, folder: Path) -> None:
    """Write a model into a new folder."""
    write(folder, _shares(model))
    (folder / TOLD).write_text(json.dumps(told(model), indent=1), "utf-8")


def load(folder: Path) -> Model:
    """The model in a folder."""
    said = json.loads((folder / TOLD).read_text("utf-8"))
    return model_of(said, read(folder).arrays)


def told(model: Model) -> dict[str, Any]:
    """All of a model but how common each value is."""
    return {
        "columns": [asdict(each) for each in model.columns],
        "levels": [
            [level.label for level in reversed(each.levels)] for each in model.comparisons
        ],
        "m": model.m,
        "u": model.u,
        "prior": model.prior,
        "follows": model.follows,
        "shared": model.shared,
        "rules": [[asdict(part) for part in rule] for rule in model.rules],
        "rules in words": [words_of_rule(rule, model.columns) for rule in model.rules],
        "barred": [keys.tolist() for keys in model.barred],
        "proposed above": model.proposed_above,
        "reviewed above": model.reviewed_above,
        "figures": None if model.figures is None else asdict(model.figures),
    }


def model_of(said: Mapping[str, Any], arrays: Arrays) -> Model:
    """The model that was told so, with how common values are from arrays."""
    figures = said["figures"]
    return Model(
        columns=tuple(
            Column(each["name"], Role(each["role"]), tuple(each["of"]))
            for each in said["columns"]
        ),
        m=_rows(said["m"]),
        u=_rows(said["u"]),
        prior=said["prior"],
        common=_common(arrays),
        follows=_rows(said["follows"]),
        shared=_rows(said["shared"]),
        rules=tuple(tuple(Part(**part) for part in rule) for rule in said["rules"]),
        barred=tuple(np.array(keys, np.uint64) for keys in said["barred"]),
        proposed_above=said["proposed above"],
        reviewed_above=said["reviewed above"],
        figures=None
        if figures is None
        else Figures(**{k: _tuple(v) for k, v in figures.items()}),
    )


def model_arrays(model: Model) -> dict[str, Any]:
    """A model as arrays alone, to lie among others."""
    return {"model": laid_json(told(model)), **_shares(model)}


def model_from(arrays: Arrays) -> Model:
    return model_of(json_from(arrays["model"]), arrays)


def laid_json(said: Any) -> Any:
    """Something as JSON in an array of its bytes."""
    return np.frombuffer(json.dumps(said).encode(), np.uint8)


def json_from(array: Any) -> Any:
    return json.loads(array.tobytes())


def record_arrays(records: Records) -> dict[str, Any]:
    """Records as arrays; those of two files that are only linked with each other are not kept."""
    found = {
        "codes": records.codes,
        **_laid("ids", words_of(pa.array(records.ids, pa.string()))),
    }
    places = _places([id(each) for each in records.words])
    for column, place in enumerate(places):
        if places.index(place) == column:
            found |= _laid(f"words_{place}", records.words[column])
    if records.others is not None:
        said = records.others
        found |= {"others": said.codes, "others_of": said.bundle, "others_begin": said.begin}
    return found | {"places": np.array(places)}


def records_from(arrays: Arrays, columns: Sequence[Column]) -> Records:
    words = {place: _words(f"words_{place}", arrays) for place in arrays["places"].tolist()}
    return Records(
        ids=tuple(_words("ids", arrays).values.to_pylist()),
        columns=tuple(columns),
        codes=arrays["codes"],
        words=tuple(words[place] for place in arrays["places"].tolist()),
        others=_others(arrays),
    )


def _others(arrays: Arrays) -> Others | None:
    if "others" not in arrays:
        return None
    return Others(arrays["others"], arrays["others_of"], arrays["others_begin"])


def _shares(model: Model) -> dict[str, Any]:
    """How common values are: by their numbers, and no value itself."""
    found: dict[str, Any] = {"rarest": np.array([each.rarest for each in model.common])}
    for column, each in enumerate(model.common):
        found[f"seen_{column}"], found[f"shares_{column}"] = each.numbers, each.shares
    return found


def _common(arrays: Arrays) -> tuple[Common, ...]:
    return tuple(
        Common(np.asarray(arrays[f"seen_{c}"]), np.asarray(arrays[f"shares_{c}"]), rarest)
        for c, rarest in enumerate(arrays["rarest"].tolist())
    )


def _places(things: list[int]) -> list[int]:
    """A number for each thing, the same for one that stands there twice."""
    known = {each: number for number, each in enumerate(dict.fromkeys(things))}
    return [known[each] for each in things]


def _laid(name: str, words: Words) -> dict[str, Any]:
    first, last = int(words.starts[0]), int(words.starts[-1])
    starts = (words.starts - first).astype(np.int32)
    return {f"{name}_text": words.text[first:last], f"{name}_starts": starts}


def _words(name: str, arrays: Arrays) -> Words:
    text, starts = (
        np.ascontiguousarray(arrays[f"{name}_{part}"]) for part in ("text", "starts")
    )
    buffers = (pa.py_buffer(starts), pa.py_buffer(text))
    return words_of(pa.StringArray.from_buffers(len(starts) - 1, *buffers))


def _rows(rows: Any) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(row) for row in rows)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
