"""Shape and wording of what the pages of duty ask."""

from datetime import date, datetime, time
from typing import Any, Final

from django import forms

from crossforce.duty.choices import EARLIEST_DAY, LATEST_DAY
from crossforce.kernel import civil

LONGEST: Final = 80
SHOWS: Final = ("table", "timeline", "map")
FARTHEST: Final = 10_000


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
    force = forms.CharField(required=False, max_length=LONGEST)
    unit = forms.CharField(required=False, max_length=LONGEST)
    function = forms.CharField(required=False, max_length=LONGEST)
    skill = forms.CharField(required=False, max_length=LONGEST)
    authority = forms.CharField(required=False, max_length=LONGEST)
    availability = forms.CharField(required=False, max_length=20)
    show = forms.CharField(required=False, max_length=20)
    page = forms.IntegerField(required=False, min_value=1, max_value=FARTHEST)

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
    """The instant that is asked for; None when it is now. What is left out is as it is now."""
    on, at = cleaned.get("on"), cleaned.get("time")
    if on is None and at is None:
        return None
    local = now.astimezone(civil.LONDON)
    wanted_at: time = at or local.time().replace(second=0, microsecond=0)
    found = datetime.combine(on or local.date(), wanted_at, civil.LONDON)
    return found.astimezone(now.tzinfo)
