"""Shape and wording of what the pages of duty ask."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, Final

from django import forms

from crossforce.duty.choices import EARLIEST_DAY, LATEST_DAY
from crossforce.duty.rules import clocks
from crossforce.kernel import civil

LONGEST: Final = 80
SHOWS: Final = ("table", "timeline", "map")
FARTHEST: Final = 10_000
WEEKDAYS: Final = (
    ("1", "Monday"),
    ("2", "Tuesday"),
    ("3", "Wednesday"),
    ("4", "Thursday"),
    ("5", "Friday"),
    ("6", "Saturday"),
    ("7", "Sunday"),
)


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
    """How many days ahead, and of whom. Every field may be left out."""

    days = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=366,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Days ahead: write a number from 1 to 366"
        ),
    )
    force = forms.CharField(required=False, max_length=LONGEST)
    unit = forms.CharField(required=False, max_length=LONGEST)
    function = forms.CharField(required=False, max_length=LONGEST)
    skill = forms.CharField(required=False, max_length=LONGEST)
    authority = forms.CharField(required=False, max_length=LONGEST)


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


class Upload(forms.Form):
    """An export that is to be brought in."""

    mapping = forms.ChoiceField(
        label="Mapping",
        help_text="What describes the export. Its force is whose duties the file brings.",
        error_messages={"required": "Choose a mapping"},
    )
    file = forms.FileField(
        label="File",
        help_text="As your duty system writes it. Nothing is brought in before you have seen what it would do.",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty",
            "invalid": "Choose a file",
        },
    )
    accept_losses = forms.BooleanField(
        label="Cancel what the file no longer has, even if it is most of what is held",
        required=False,
        help_text="Only when the check refused the file for it, and that many are to be cancelled.",
    )


class MappingGiven(forms.Form):
    """A mapping, pasted or sent as a file, and a sample to try it on."""

    text = forms.CharField(
        label="Mapping file",
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 25, "spellcheck": "false", "class": "cf-code"}),
        help_text="TOML, as the page on the format describes it. Write it here, or send it as a file below.",
    )
    file = forms.FileField(
        label="Or a mapping file from your computer", required=False, allow_empty_file=True
    )
    sample = forms.FileField(
        label="A sample of the export",
        required=False,
        allow_empty_file=True,
        help_text="To try the mapping on. It is read and forgotten; at most 10 MB.",
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        sent = given.get("file")
        if sent:
            try:
                given["text"] = sent.read(200_001).decode("utf-8")
            except UnicodeDecodeError:
                self.add_error("file", "The mapping file is not UTF-8. Save it as UTF-8")
        if not str(given.get("text") or "").strip() and not self.errors:
            self.add_error("text", "Write the mapping, or choose its file")
        return given


class ExportAsked(forms.Form):
    """Which duties are to be written, and in which form."""

    mapping = forms.ChoiceField(
        label="Mapping", error_messages={"required": "Choose a mapping"}
    )
    first_day = forms.DateField(
        label="First day",
        help_text="For example 2026-03-27",
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Enter a day, such as 2026-03-27"
        ),
    )
    last_day = forms.DateField(
        label="Last day",
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Enter a day, such as 2026-04-02"
        ),
    )


TIME: Final = dict.fromkeys(("required", "invalid"), "Enter a time, such as 07:00")
WHICH: Final = (
    ("", "Choose one"),
    (clocks.FIRST, "The first, before the clocks go back (summer time)"),
    (clocks.SECOND, "The second, after the clocks went back"),
)
DAY: Final = dict.fromkeys(("required", "invalid"), "Enter a day, such as 2026-03-27")


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


def choose(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Give a select its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
