"""Shape and wording of what boards, hours and lists ahead are asked for."""

from datetime import date, datetime, time
from typing import Any, Final

from django import forms

from crossforce.duty.choices import EARLIEST_DAY, LATEST_DAY
from crossforce.duty.rules import clocks
from crossforce.kernel import civil

LONGEST: Final = 80
SHOWS: Final = ("table", "timeline", "map")
FARTHEST: Final = 10_000
MOST_DAYS: Final = 366


class Asked(forms.Form):
    """What a board is asked for: an instant, conditions, and how to draw it. Every field may be left out."""

    on = forms.DateField(
        required=False,
        error_messages={"invalid": "Day: write a real day, such as 2026-03-27"},
    )
    time = forms.TimeField(
        required=False,
        error_messages={"invalid": "Time: write a time of day, such as 07:30"},
    )
    which = forms.ChoiceField(
        required=False,
        choices=((clocks.FIRST, ""), (clocks.SECOND, "")),
        error_messages={"invalid_choice": "Which of the two: choose the first or the second"},
    )
    force = forms.CharField(required=False, max_length=LONGEST)
    unit = forms.CharField(required=False, max_length=LONGEST)
    function = forms.CharField(required=False, max_length=LONGEST)
    skill = forms.CharField(required=False, max_length=LONGEST)
    authority = forms.CharField(required=False, max_length=LONGEST)
    availability = forms.CharField(required=False, max_length=20)
    show = forms.CharField(required=False, max_length=20)
    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=FARTHEST,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            f"Page: write a number from 1 to {FARTHEST:,}",
        ),
    )

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on and not EARLIEST_DAY <= on <= LATEST_DAY:
            raise forms.ValidationError(
                f"Day: write a day from {EARLIEST_DAY.year} to {LATEST_DAY.year}"
            )
        return on

    def clean_show(self) -> str:
        show = str(self.cleaned_data["show"])
        return show if show in SHOWS else SHOWS[0]


def instant_of(cleaned: dict[str, Any], now: datetime) -> datetime | None:
    """The instant that is asked for; None when it is now. What is left out is as it is now.

    Of a time that happens twice it is the first, unless the second is asked for. Raises NoSuchTime.
    """
    on, at = cleaned.get("on"), cleaned.get("time")
    if on is None and at is None:
        return None
    local = now.astimezone(civil.LONDON)
    wanted_at: time = at or local.time().replace(second=0, microsecond=0)
    found = datetime.combine(on or local.date(), wanted_at)
    return clocks.instant(found, cleaned.get("which") or clocks.FIRST)


class HoursAsked(forms.Form):
    """Which months, and of whom, hours are asked for. Every field may be left out."""

    since = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$",
        required=False,
        error_messages={"invalid": "From month: write a month as 2026-03"},
    )
    months = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=36,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            "Months: write a number from 1 to 36",
        ),
    )
    force = forms.CharField(required=False, max_length=LONGEST)
    unit = forms.CharField(required=False, max_length=LONGEST)
    function = forms.CharField(required=False, max_length=LONGEST)

    def clean_since(self) -> str:
        since = str(self.cleaned_data["since"])
        if since and not EARLIEST_DAY.year <= int(since[:4]) <= LATEST_DAY.year:
            raise forms.ValidationError(
                f"From month: write a month from {EARLIEST_DAY.year} to {LATEST_DAY.year}"
            )
        return since


class DaysAsked(forms.Form):
    """How many days ahead, `most` at most, and of whom. Every field may be left out."""

    force = forms.CharField(required=False, max_length=LONGEST)
    unit = forms.CharField(required=False, max_length=LONGEST)
    function = forms.CharField(required=False, max_length=LONGEST)
    skill = forms.CharField(required=False, max_length=LONGEST)
    authority = forms.CharField(required=False, max_length=LONGEST)

    def __init__(self, *args: Any, most: int = MOST_DAYS, **more: Any) -> None:
        super().__init__(*args, **more)
        wrong = f"Days ahead: write a number from 1 to {most}"
        self.fields["days"] = forms.IntegerField(
            required=False,
            min_value=1,
            max_value=most,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
        )
