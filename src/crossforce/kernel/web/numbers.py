"""Numbers asked for in a form, as people write them: `1,234.50`."""

from decimal import Decimal
from typing import Any, Final

from django import forms

from crossforce.kernel.written import LONGEST, NotANumber, number, pence

MOST_PENCE: Final = 10**14
MOST: Final = 10**14


class Pounds(forms.CharField):
    """A sum in pounds, which becomes pence; None where it is left empty."""

    def __init__(
        self, *, most: int = MOST_PENCE, may_be_negative: bool = True, **more: Any
    ) -> None:
        more.setdefault("help_text", "In pounds, for example 1,234.56")
        super().__init__(max_length=LONGEST, **more)
        self.most, self.may_be_negative = most, may_be_negative

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = pence(text)
        except NotANumber:
            raise forms.ValidationError(
                "Enter a sum in pounds, such as 1,234.56: a comma stands between thousands only"
            ) from None
        if found < 0 and not self.may_be_negative:
            raise forms.ValidationError("Enter a sum that is not less than nothing")
        if abs(found) > self.most:
            raise forms.ValidationError(f"Enter no more than {self.most // 100:,} pounds")
        return found


class Number(forms.CharField):
    """A number with so many decimals at most; None where it is left empty."""

    def __init__(self, *, places: int, **more: Any) -> None:
        super().__init__(max_length=LONGEST, **more)
        self.places = places

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return self._read(text) if text else None
        except NotANumber:
            raise forms.ValidationError(
                "Enter a number, such as 1,234.5: a comma stands between thousands only"
            ) from None

    def _read(self, text: str) -> Decimal:
        found = number(text)
        if round(found, self.places) != found:
            raise forms.ValidationError(f"Enter no more than {self.places} decimals")
        if abs(found) >= MOST:
            raise forms.ValidationError(f"Enter a number below {MOST:,}")
        return found
