"""Fields that several forms of finance have alike."""

from collections.abc import Iterable
from typing import Any

from django import forms

from crossforce.finance.rules.pounds import LONGEST, NoSuchSum, pence_of


class Pounds(forms.CharField):
    """A sum in pounds, which becomes pence."""

    def __init__(self, label: str, **more: Any) -> None:
        more.setdefault("help_text", "In pounds, for example 1,234.56")
        messages = {"required": f"Enter {label[:1].lower()}{label[1:]}"}
        super().__init__(label=label, max_length=LONGEST, error_messages=messages, **more)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return pence_of(text) if text else None
        except NoSuchSum as wrong:
            raise forms.ValidationError(str(wrong)) from None


def pounds(pence: int | None) -> str:
    """Pence as the field shows them."""
    if pence is None:
        return ""
    sign, whole = ("-" if pence < 0 else ""), abs(pence)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def choose(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """What may be chosen in a field of the form."""
    field: Any = form.fields[name]
    field.choices = list(choices)


def choice(label: str, wanting: str, **more: Any) -> forms.ChoiceField:
    """One of several, with the words for none chosen."""
    return forms.ChoiceField(label=label, error_messages={"required": wanting}, **more)
