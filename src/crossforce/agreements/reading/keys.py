"""What may stand where in a document, asked of the models themselves."""

import types
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from crossforce.agreements.document import AgreementDocument

TERM_TYPES = (
    "LEAD", "DIRECTION_CONTROL", "COST_SHARE", "GOVERNANCE", "APPROVAL", "ROUTING", "TASKING",
    "ACCESS", "CONTROLLER", "RETENTION", "PUBLICATION", "KPI", "EXIT",
)  # fmt: skip


def keys_at(path: tuple[str | int, ...]) -> list[str]:
    """The keys a table at this path may have."""
    found = _models(AgreementDocument)
    for step in path:
        found = [model for each in found for model in _step(each, step)]
    names = {name for model in found for name in _keys(model)}
    return sorted(names)


def nearest(word: str, words: list[str]) -> str | None:
    """The most alike of the words, if one is like it at all."""
    by_plain = {_plain(each): each for each in words}
    found = get_close_matches(_plain(word), by_plain, n=1, cutoff=0.6)
    return by_plain[found[0]] if found else None


def _plain(word: str) -> str:
    return word.lower().replace("-", "_")


@cache
def _keys(model: type[BaseModel]) -> tuple[str, ...]:
    names = [field.alias or name for name, field in model.model_fields.items()]
    return tuple([*names, "in"] if model.__name__ == "Function" else names)


def _step(model: type[BaseModel], step: str | int) -> list[type[BaseModel]]:
    if isinstance(step, int):
        return [model]
    if step in TERM_TYPES:
        return [model] if step in get_args(model.model_fields["type"].annotation) else []
    for name, field in model.model_fields.items():
        if step in (name, field.alias):
            return _models(field.annotation)
    return []


def _models(annotation: Any) -> list[type[BaseModel]]:
    return list(dict.fromkeys(_walk(annotation)))


def _walk(annotation: Any) -> Iterator[type[BaseModel]]:
    origin = get_origin(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif origin is Literal:
        return
    elif origin in (Annotated, Union, types.UnionType, tuple, dict):
        for each in get_args(annotation):
            yield from _walk(each)
