"""What people write in a record, checked by the fields of its model."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from django.core.exceptions import ValidationError

from crossforce.kernel.refusals import NotUnderstood
from crossforce.kernel.registry import RecordKind
from crossforce.records import queries
from crossforce.records.choices import Purpose

SOURCE: Final = ("source_system", "source_reference")
PURPOSES: Final = "purposes"


class Unsound(NotUnderstood):
    """Some of what was written cannot be kept; the message says what."""


def checked(kind: RecordKind, given: Mapping[str, Any], *, is_whole: bool) -> dict[str, Any]:
    """The values as the table holds them; `is_whole` asks for every field. Raises Unsound."""
    asked = (*kind.fields, *SOURCE, PURPOSES)
    known = (*asked, *kind.inner)
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise Unsound(f"A {kind.title.lower()} has no field {', '.join(unknown)}.")
    wanted = [name for name in known if name in given or (is_whole and name in asked)]
    faults: list[str] = []
    values = {name: _checked(kind, name, given.get(name), faults) for name in wanted}
    if faults:
        raise Unsound(" ".join(faults))
    return values


def _checked(kind: RecordKind, name: str, value: Any, faults: list[str]) -> Any:
    if name == PURPOSES:
        return _purposes(value, faults)
    model_field = queries.model_of(kind.name)._meta.get_field(name)
    try:
        found = _judge_of(model_field).clean(value)
    except ValidationError as fault:
        faults.append(
            f"{str(model_field.verbose_name).capitalize()}: {' '.join(fault.messages)}"
        )
        return None
    if found is None and not model_field.null and model_field.has_default():
        return (
            model_field.get_default()
        )  # nothing is written there, which a list or an object says by being empty
    return found


@cache
def _judge_of(model_field: Any) -> Any:
    """The field of a form that judges what is written there; judging changes nothing in it."""
    return model_field.formfield()


def _purposes(value: Any, faults: list[str]) -> list[str]:
    listed = sorted({str(each) for each in value}) if isinstance(value, Iterable) else []
    if not listed or set(listed) - set(Purpose):
        faults.append("Policing purpose: choose one or more of " + ", ".join(Purpose) + ".")
    return listed
