"""Django forms drawn with the GOV.UK macros: labels, hints, errors, the key and the version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.middleware.csrf import get_token

from crossforce.kernel import refusals
from crossforce.kernel.web import dateparts, idempotency

VERSION: Final = "version"

KINDS: Final[tuple[tuple[type[forms.Widget], str], ...]] = (
    (dateparts.DateParts, "date"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.SelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.Widget, "input"),
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field as the macros want it."""

    kind: str
    name: str
    id: str
    label: str
    hint: str
    value: Any
    errors: tuple[str, ...]
    attributes: Mapping[str, Any]
    items: tuple[dict[str, Any], ...] = ()

    @property
    def error(self) -> str:
        return " ".join(self.errors)

    @property
    def anchor(self) -> str:
        """Where the error summary leads: the first thing in the field that takes the focus."""
        return f"{self.id}-day" if self.kind == "date" else self.id


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form, ready for `kernel/macros/forms.html`."""

    fields: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...]
    errors: tuple[dict[str, str], ...]
    is_multipart: bool
    by_name: Mapping[str, Field] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)


def adapt(request: HttpRequest, form: forms.BaseForm, *, version: int | None = None) -> Drawn:
    """Draw the form: with the CSRF token, a fresh idempotency key and, if given, the row's version."""
    visible = form.visible_fields()
    fields = tuple(_field(bound) for bound in visible)
    hidden = [
        ("csrfmiddlewaretoken", get_token(request)),
        (idempotency.FIELD, idempotency.new_key()),
    ]
    if version is not None:
        hidden.append((VERSION, str(version)))
    hidden += [(bound.html_name, _text(bound.value())) for bound in form.hidden_fields()]
    errors = [{"text": str(text)} for text in form.non_field_errors()]
    errors += [
        {"text": text, "href": f"#{one.anchor}"}
        for bound, one in zip(visible, fields, strict=True)
        for text in _summed_up(bound)
    ]
    return Drawn(
        fields,
        tuple(hidden),
        tuple(errors),
        form.is_multipart(),
        {bound.name: one for bound, one in zip(visible, fields, strict=True)},
    )


def bare(request: HttpRequest, *, version: int | None = None, **values: str) -> Drawn:
    """A form of hidden fields alone, for one button."""
    drawn = adapt(request, forms.Form(), version=version)
    return Drawn((), (*drawn.hidden, *values.items()), (), False)


def version_sent(request: HttpRequest) -> int:
    """The version of the row that the user had before them. Raises NotUnderstood."""
    text = request.POST.get(VERSION, "")
    if not text.isascii() or not text.isdecimal():
        raise refusals.NotUnderstood
    return int(text)


def _field(bound: BoundField) -> Field:
    widget = bound.field.widget
    kind = next(kind for of, kind in KINDS if isinstance(widget, of))
    identity = bound.id_for_label or bound.auto_id or f"id_{bound.html_name}"
    if kind in {"radios", "checkboxes", "date"}:
        identity = f"id_{bound.html_name}"
    return Field(
        kind=kind,
        name=bound.html_name,
        id=identity,
        label=str(bound.label),
        hint=str(bound.help_text),
        value=_value(kind, bound),
        errors=tuple(str(text) for text in bound.errors),
        attributes=_attributes(bound),
        items=_items(kind, bound),
    )


def _summed_up(bound: BoundField) -> list[str]:
    """The errors of a field as the summary has them, far from it: what any field may say names this one."""
    own: Any = bound.field.error_messages
    common = {
        code: text
        for each in reversed(type(bound.field).__mro__)
        for code, text in getattr(each, "default_error_messages", {}).items()
    }
    said = []
    for wrong in bound.errors.as_data():
        text = " ".join(wrong.messages)
        is_common = wrong.code in common and own.get(wrong.code) == common[wrong.code]
        label = str(bound.label).rstrip("?:")
        said.append(f"{label}: {text[:1].lower()}{text[1:]}" if is_common else text)
    return said


def _value(kind: str, bound: BoundField) -> Any:
    value = bound.value()
    if kind in {"password", "file"}:
        return ""
    if kind == "date":
        return dateparts.parts_of(value)
    return value if kind in {"radios", "checkboxes", "select", "checkbox"} else _text(value)


def _items(kind: str, bound: BoundField) -> tuple[dict[str, Any], ...]:
    if kind not in {"radios", "checkboxes", "select"}:
        return ()
    value = bound.value()
    chosen = {_text(one) for one in (value if isinstance(value, list | tuple) else [value])}
    items = []
    for code, title in getattr(bound.field.widget, "choices", ()):
        is_chosen = _text(code) in chosen
        items.append(
            {
                "value": _text(code),
                "text": str(title),
                "checked": is_chosen,
                "selected": is_chosen,
            }
        )
    return tuple(items)


def _attributes(bound: BoundField) -> dict[str, Any]:
    """What the widget says of itself, as the macros name it."""
    widget = bound.field.widget
    attributes = {**widget.attrs, "type": getattr(widget, "input_type", "text")}
    if isinstance(bound.field, forms.IntegerField | forms.DecimalField):
        attributes |= {"type": "text", "inputmode": "numeric"}
    return attributes


def _text(value: Any) -> str:
    return "" if value is None else str(value)
