"""Forms made of the fields of a model, as people write them: sums in pounds, days in three boxes."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models

from crossforce.kernel.web.dateparts import DateField
from crossforce.programme.reading.cells import MOST_POUNDS, POUNDS

IN_PENCE = " in pence"


class Pounds(forms.CharField):
    """A sum in pounds, which becomes pence."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(
            label=label, max_length=20, help_text="In pounds, for example 1,234.56", **more
        )

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).replace("£", "").replace(" ", "")
        if not text:
            return None
        if not POUNDS.fullmatch(text) or abs(Decimal(text.replace(",", ""))) > MOST_POUNDS:
            raise forms.ValidationError("Enter a sum in pounds, such as 1,234.56")
        return int(Decimal(text.replace(",", "")) * 100)


def asked(model: type[models.Model], names: Iterable[str]) -> dict[str, forms.Field]:
    """The fields of a form, in order."""
    return {name: _field(model._meta.get_field(name)) for name in names}


def _field(of: Any) -> forms.Field:
    label = str(of.verbose_name)
    if isinstance(of, models.BigIntegerField):
        return Pounds(label.replace(IN_PENCE, ""), required=not of.blank)
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
    return f"{value // 100}.{value % 100:02d}"


def choose(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Let one of these be chosen in a field that holds a code."""
    field = form.fields[name]
    form.fields[name] = forms.ChoiceField(
        label=field.label,
        required=field.required,
        help_text=field.help_text,
        choices=[("", ""), *choices],
    )
