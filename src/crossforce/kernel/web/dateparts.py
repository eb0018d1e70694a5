"""A date asked for in three boxes: day, month, year."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

PARTS: Final = ("day", "month", "year")


class DateParts(forms.Widget):
    """Reads `<name>-day`, `<name>-month`, `<name>-year`; the macro draws it."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> tuple[str, ...] | None:
        parts = tuple(str(data.get(f"{name}-{part}", "")).strip() for part in PARTS)
        return parts if any(parts) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in PARTS)

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}-day" if id_ else ""


class DateField(forms.Field):
    """A civil date."""

    widget = DateParts
    default_error_messages = {
        "required": _("Enter a date"),
        "invalid": _("Enter a real date, such as 27 3 2026"),
    }

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        try:
            day, month, year = (int(part) for part in value)
            return date(year, month, day)
        except (TypeError, ValueError):
            raise forms.ValidationError(
                self.error_messages["invalid"], code="invalid"
            ) from None


def parts_of(value: Any) -> dict[str, str]:
    """What stands in each box: as typed, or the parts of the date there was."""
    if isinstance(value, date):
        return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
    if isinstance(value, tuple):
        return dict(zip(PARTS, value, strict=True))
    return dict.fromkeys(PARTS, "")
