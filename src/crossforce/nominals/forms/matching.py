"""What somebody who reviews says of two records."""

from typing import Any, Final

from django import forms

from crossforce.nominals.choices import Act
from crossforce.nominals.models.match import LONGEST_REASON

NEED_A_REASON: Final = (Act.REFUSE, Act.WITHDRAW)


class Judging(forms.Form):
    """Why; which button was pressed says what."""

    reason = forms.CharField(
        label="Why",
        max_length=LONGEST_REASON,
        required=False,
        help_text="Needed to refuse or to withdraw. It stays in the history of the match.",
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_REASON}),
    )

    def __init__(self, *args: Any, act: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.act not in set(Act):
            raise forms.ValidationError("Choose what to do with the two.")
        if self.act in NEED_A_REASON and not given.get("reason", "").strip():
            self.add_error("reason", "Say why")
        return given
