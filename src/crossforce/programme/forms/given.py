"""Forms made of the fields of a model, as people write them: sums in pounds, days in three boxes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models

from crossforce.kernel.web.dateparts import DateField
from crossforce.kernel.web.numbers import Pounds
from crossforce.kernel.written import digits

IN_PENCE = " in pence"


def asked(model: type[models.Model], names: Iterable[str]) -> dict[str, forms.Field]:
    """The fields of a form, in order."""
    return {name: _field(model._meta.get_field(name)) for name in names}


def _field(of: Any) -> forms.Field:
    label = str(of.verbose_name)
    if isinstance(of, models.BigIntegerField):
        return Pounds(label=label.replace(IN_PENCE, ""), required=not of.blank)
    if isinstance(of, models.DateField):
        return DateField(label=label, required=not of.blank, help_text=of.help_text)
    made = of.formfield(label=label)
    assert isinstance(made, forms.Field)
    made.error_messages["required"] = f"Enter {label[:1].lower()}{label[1:]}"
    return made


class Given(forms.Form):
    """What a record says, field by field."""

    def __init__(
        self, *given: Any, model: type[models.Model], names: Iterable[str], **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.fields = asked(model, names)


def typed(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """What a row says, as the form shows it."""
    return {name: _typed(getattr(row, name), row._meta.get_field(name)) for name in names}


def _typed(value: Any, of: Any) -> Any:
    if value is None or not isinstance(of, models.BigIntegerField):
        return value
    return digits(value)


def choose(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Let one of these be chosen in a field that holds a code."""
    field = form.fields[name]
    form.fields[name] = forms.ChoiceField(
        label=field.label,
        required=field.required,
        help_text=field.help_text,
        choices=[("", ""), *choices],
    )
