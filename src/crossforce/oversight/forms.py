"""Shape and wording of what is sent about the ledger."""

from django import forms

from crossforce.ledger.choices import Part

PARTS = {Part.ACTOR: "Who acted", Part.PRIVATE: "The personal data that the entry commits to"}


class Erase(forms.Form):
    """Which private part goes, and why."""

    part = forms.ChoiceField(
        label="What is erased",
        choices=[(part.value, title) for part, title in PARTS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is erased"},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea,
        help_text="Stays in the ledger for good. Put no personal data in it.",
        error_messages={"required": "Enter the reason"},
    )
