"""For whom a proof pack is made, and to whom an original is shown by link."""

from collections.abc import Sequence
from typing import Any

from django import forms

from crossforce.evidence.choices import Lasts


class PackGiven(forms.Form):
    """For whom a proof pack is made, and why."""

    recipient = forms.CharField(
        label="For whom it is",
        max_length=200,
        help_text="Such as the prosecutor, or the expert of the defence.",
        error_messages={"required": "Enter for whom it is"},
    )
    reason = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it is made"},
    )
    is_redacted = forms.BooleanField(
        label="Redacted copies in place of their originals, where there are approved ones",
        required=False,
    )


class ExportGiven(PackGiven):
    """In which form exhibits are exported, for whom, and why. A package has the originals: it asks for no copies."""

    is_redacted = None  # type: ignore[assignment]  # so Django leaves out a field of the form above
    form = forms.ChoiceField(
        label="Form",
        choices=[
            ("bagit", "BagIt 1.0: one bag, such as archives and courts take"),
            ("ocfl", "OCFL 1.1: a storage root, one object for each exhibit"),
        ],
        initial="bagit",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a form"},
    )


class ShareGiven(forms.Form):
    """To whom an original is shown by link, why, and for how long."""

    partner = forms.CharField(
        label="Shown to, by name",
        max_length=100,
        error_messages={"required": "Enter to whom it is shown"},
    )
    organisation = forms.CharField(
        label="Of which organisation",
        max_length=100,
        error_messages={"required": "Enter of which organisation they are"},
    )
    ground = forms.CharField(
        label="On what ground",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why they need to see it, and by which power or agreement.",
        error_messages={"required": "Enter on what ground it is shown"},
    )

    lasts = forms.ChoiceField(
        label="For how long",
        choices=[
            (Lasts.DAY.value, "For some days"),
            (Lasts.CASE.value, "Until its case is closed"),
            (Lasts.AGREEMENT.value, "Until an agreement ends for you"),
        ],
        initial=Lasts.DAY.value,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self, *given: Any, most: int, agreements: Sequence[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.fields["agreement"] = forms.ChoiceField(
            label="Which agreement", choices=[("", "None"), *agreements], required=False
        )
        self.fields["days"] = forms.IntegerField(
            label="For how many days",
            min_value=1,
            max_value=most,
            required=False,
            help_text=f"At most {most}. It can be called back before.",
            widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
            error_messages={"invalid": "Enter a number of days"},
        )

    def clean(self) -> dict[str, Any]:
        """Days, where it is for some days."""
        said = dict(super().clean() or {})
        said["lasts"] = Lasts(said.get("lasts") or Lasts.DAY)
        if said["lasts"] is Lasts.DAY and not said.get("days") and "days" not in self.errors:
            self.add_error("days", "Enter for how many days")
        said["days"] = said.get("days") or 0
        return said
