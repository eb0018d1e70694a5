"""A note on an original."""

from typing import Any

from django import forms

from crossforce.evidence.rules.annotating import ASKED, Form


class NoteGiven(forms.Form):
    """What is noted, and where in the original."""

    text = forms.CharField(
        label="Note",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What there is to see or hear. It stays beside the original, and goes into no link, pack or bundle.",
        error_messages={"required": "Write what there is to note"},
    )
    place = forms.CharField(label="Where", max_length=100, required=False)

    def __init__(self, *given: Any, form: Form, **more: Any) -> None:
        super().__init__(*given, **more)
        said = ASKED[form]
        self.fields["place"].help_text = f"{said[0].upper()}{said[1:]}. Empty: all of it."
        if form is Form.OTHER:
            del self.fields["place"]


class NoteReworded(forms.Form):
    """The same in other words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Note",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What it said before stays in its history.",
        error_messages={"required": "Write what there is to note"},
    )
