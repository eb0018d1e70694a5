"""Shape and wording of single duties."""

from datetime import datetime
from typing import Any, Final

from django import forms

from crossforce.duty.rules import clocks

TIME: Final = dict.fromkeys(("required", "invalid"), "Enter a time, such as 07:00")
WHICH: Final = (
    ("", "Choose one"),
    (clocks.FIRST, "The first, before the clocks go back (summer time)"),
    (clocks.SECOND, "The second, after the clocks went back"),
)
DAY: Final = dict.fromkeys(("required", "invalid"), "Enter a day, such as 2026-03-27")


PLACE: Final = dict.fromkeys(
    ("invalid", "min_value", "max_value"), "Enter degrees as a number, such as 51.4719"
)
TWICE: Final = dict.fromkeys(
    ("required", "invalid_choice"),
    "This time happens twice, because the clocks go back: choose which",
)
ENDS: Final = ("start", "end")
TITLES: Final = {"start": "From", "end": "Until"}


class EntryGiven(forms.Form):
    """One person's duty, on-call or absence.

    Which of two is meant is asked only of a time that happens twice, when the clocks go back.
    """

    what = forms.ChoiceField(
        label="What",
        choices=(("duty", "Duty"), ("on-call", "On call"), ("absence", "Away")),
        error_messages={"required": "Choose what it is"},
    )
    absence = forms.ChoiceField(
        label="Why away",
        required=False,
        help_text="Only for somebody who is away. Health is simply away.",
        choices=(
            ("", ""),
            ("leave", "Leave"),
            ("training", "Training"),
            ("court", "Court"),
            ("away", "Away"),
        ),
    )
    start_day = forms.DateField(
        label="First day", help_text="For example 2026-03-27", error_messages=DAY
    )
    start_time = forms.TimeField(
        label="From", help_text="For example 07:00", error_messages=TIME
    )
    start_which = forms.ChoiceField(
        label="From: which of the two", choices=WHICH, error_messages=TWICE
    )
    end_day = forms.DateField(label="Last day", error_messages=DAY)
    end_time = forms.TimeField(label="Until", error_messages=TIME)
    end_which = forms.ChoiceField(
        label="Until: which of the two", choices=WHICH, error_messages=TWICE
    )
    unit = forms.ChoiceField(label="Unit", required=False)
    function = forms.ChoiceField(label="Function", required=False)
    call_sign = forms.CharField(label="Call sign", required=False, max_length=120)
    location = forms.CharField(label="Where", required=False, max_length=120)
    latitude = forms.FloatField(
        label="Latitude",
        required=False,
        min_value=-90,
        max_value=90,
        help_text="If you know it, for example 51.4719: it can decide who commands. When you change where, change it too, or it is emptied.",
        error_messages=PLACE,
    )
    longitude = forms.FloatField(
        label="Longitude",
        required=False,
        min_value=-180,
        max_value=180,
        help_text="For example -2.0958",
        error_messages=PLACE,
    )
    status = forms.ChoiceField(label="Status", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for end in ENDS:
            if not self._is_twice(end):
                del self.fields[f"{end}_which"]

    def clean(self) -> dict[str, Any]:
        """Both are times that there are, and the end is after the beginning: said where it is mended."""
        given = super().clean() or self.cleaned_data
        for end in ENDS:
            self._place(end, given)
        starts_at, ends_at = given.get("starts_at"), given.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            is_day = given["end_day"] < given["start_day"]
            field = "end_day" if is_day else "end_time"
            self.add_error(field, "Until: give an end that is after the beginning")
        return given

    def _is_twice(self, end: str) -> bool:
        """Whether what is sent, or shown first, is a time that London's clock shows twice."""
        source: Any = self.data if self.is_bound else self.initial
        try:
            day = self.fields[f"{end}_day"].clean(source.get(f"{end}_day"))
            time_of_day = self.fields[f"{end}_time"].clean(source.get(f"{end}_time"))
        except forms.ValidationError:
            return False
        return clocks.is_twice(datetime.combine(day, time_of_day))

    def _place(self, end: str, given: dict[str, Any]) -> None:
        day, time_of_day = given.get(f"{end}_day"), given.get(f"{end}_time")
        which = given.get(f"{end}_which", "")
        if day is None or time_of_day is None or f"{end}_which" in self.errors:
            return
        try:
            given[f"{end}s_at"] = clocks.instant(datetime.combine(day, time_of_day), which)
        except clocks.NoSuchTime as wrong:
            self.add_error(f"{end}_time", f"{TITLES[end]}: {wrong.message}")


class StatusGiven(forms.Form):
    """Where somebody on duty is in their work."""

    status = forms.ChoiceField(label="Status", error_messages={"required": "Choose a status"})
