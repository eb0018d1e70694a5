"""Shape and wording of minimum cover."""

from typing import Final

from django import forms

WEEKDAYS: Final = (
    ("1", "Monday"),
    ("2", "Tuesday"),
    ("3", "Wednesday"),
    ("4", "Thursday"),
    ("5", "Friday"),
    ("6", "Saturday"),
    ("7", "Sunday"),
)


class CoverGiven(forms.Form):
    """How many a unit needs, and when."""

    unit = forms.ChoiceField(label="Unit", error_messages={"required": "Choose a unit"})
    function = forms.ChoiceField(
        label="Function", required=False, help_text="Leave empty for the unit as a whole."
    )
    weekdays = forms.MultipleChoiceField(
        label="Days",
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one day or more"},
    )
    begins = forms.TimeField(
        label="From",
        help_text="For example 07:00",
        error_messages={"required": "Enter a time", "invalid": "Enter a time, such as 07:00"},
    )
    ends = forms.TimeField(
        label="To",
        help_text="A time that is not after the first is the next day's.",
        error_messages={"required": "Enter a time", "invalid": "Enter a time, such as 15:00"},
    )
    skill = forms.ChoiceField(
        label="Skill",
        required=False,
        help_text="Only people in whom it is in date count.",
    )
    authority = forms.ChoiceField(
        label="Authority",
        required=False,
        help_text="Only people whose authority is valid count: not suspended, and no skill that it requires lapsed.",
    )
    minimum = forms.IntegerField(
        label="At least",
        min_value=1,
        max_value=9_999,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "Enter how many people, at least 1",
        ),
    )
