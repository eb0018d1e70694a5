"""Shape and wording of a board, its meetings and its actions."""

import re
from datetime import date
from typing import Any, Final

from django import forms

from crossforce.boards.choices import Cycle
from crossforce.boards.rules.motions import Delegation
from crossforce.boards.rules.seats import SeatRule
from crossforce.kernel.web.dateparts import DateField
from crossforce.kernel.written import NotANumber, digits, pence

SEAT: Final = re.compile(r"[a-z0-9-]+:[a-z0-9-]+\Z")
KIND: Final = re.compile(r"[\w-]+\Z", re.ASCII)
MOST_PENCE: Final = 10**17
PRACTICE: Final = "practice"
"""In place of pounds: as much as practice gives."""


class BoardGiven(forms.Form):
    """A board as its secretary sets it up."""

    title = forms.CharField(label="Name of the board", max_length=200)
    code = forms.SlugField(
        label="Code",
        max_length=100,
        help_text="The code of a board that the directory knows, or a new one in small letters and hyphens.",
    )
    agreement = forms.ChoiceField(
        label="Agreement that it governs",
        required=False,
        help_text="Without a board of its own, those who govern it jointly sit.",
    )
    reports_to = forms.CharField(
        label="Reports to", required=False, max_length=100, help_text="The code of a board."
    )
    cycle = forms.ChoiceField(label="Meets")
    week = forms.ChoiceField(label="In which week of the month")
    weekday = forms.ChoiceField(label="On which day")
    month = forms.IntegerField(
        label="In which month of the quarter, half-year or year",
        min_value=1,
        max_value=12,
        initial=1,
    )
    begins = forms.TimeField(label="Begins at", initial="10:00", help_text="For example 10:00")
    seats = forms.CharField(
        label="Seats by its own rules",
        required=False,
        max_length=20_000,
        widget=forms.Textarea,
        help_text="Leave empty where the agreement or the directory says who sits. Else one a line: an office, or"
        " an office and whose it is, such as force-representative: dorset, wiltshire. Without a name it is of"
        " each force that takes part on the day. Put “advises” before an office that does not vote.",
    )
    chair = forms.CharField(
        label="Seat that chairs",
        required=False,
        max_length=120,
        help_text="As office:organisation, such as chief-officer:gloucestershire.",
    )
    chair_casts = forms.BooleanField(label="The chair has a casting vote", required=False)
    delegations = forms.CharField(
        label="What a seat may decide alone when it cannot wait",
        required=False,
        max_length=5_000,
        widget=forms.Textarea,
        help_text="One a line: the seat, up to how many pounds, and of which kinds where it is not of any, such as"
        " chief-officer:gloucestershire 50000 spending. “practice” in place of pounds is as much as practice gives."
        " A kind that has no sum, such as variation, is delegated by naming it, whatever the pounds.",
    )
    closed = forms.CharField(
        label="Days on which it does not meet",
        required=False,
        max_length=20_000,
        widget=forms.Textarea,
        help_text="Besides weekends and bank holidays. One a line, with why: 2027-08-02 recess.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        agreements, cycles, weeks, days = kwargs.pop("choices")
        super().__init__(*args, **kwargs)
        for name, chosen in (
            ("agreement", [("", "None"), *agreements]),
            ("cycle", cycles),
            ("week", weeks),
            ("weekday", days),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = chosen

    def clean_cycle(self) -> Cycle:
        """As the rules know it."""
        return Cycle(self.cleaned_data["cycle"])

    def clean_seats(self) -> list[tuple[str, tuple[str, ...], bool]]:
        """Office, whose, and whether it votes."""
        return [seat_line(line) for line in lines(self.cleaned_data["seats"])]

    def clean_delegations(self) -> list[Delegation]:
        """What each seat may decide alone."""
        return [delegation_line(line) for line in lines(self.cleaned_data["delegations"])]

    def clean_closed(self) -> dict[date, str]:
        """Day and why."""
        found = {}
        for line in lines(self.cleaned_data["closed"]):
            day, _, why = line.partition(" ")
            try:
                found[date.fromisoformat(day)] = why.strip() or "closed"
            except ValueError:
                raise forms.ValidationError(
                    f"“{line}”: write a day and why, such as 2027-08-02 recess"
                ) from None
        return found


def lines(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def seat_line(line: str) -> tuple[str, tuple[str, ...], bool]:
    """`advises programme-officer: dorset` in its parts."""
    office, _, of = line.partition(":")
    advises, is_advising = office.strip(), False
    if advises.startswith("advises "):
        advises, is_advising = advises.removeprefix("advises ").strip(), True
    codes = tuple(code.strip() for code in of.split(",") if code.strip())
    return advises, codes, not is_advising


def delegation_line(line: str) -> Delegation:
    """`chief-officer:dorset 50,000.50 spending` as the rules know it."""
    seat, limit, *kinds = [*line.split(), "", ""]
    codes = tuple(kind.strip(",") for kind in kinds if kind.strip(","))
    try:
        up_to = None if limit == PRACTICE else pence(limit)
        is_sound = up_to is None or 0 <= up_to < MOST_PENCE
    except NotANumber:
        is_sound = False
    if not is_sound or not SEAT.match(seat) or not all(map(KIND.match, codes)):
        raise forms.ValidationError(
            f"“{line}”: write a seat and pounds, such as chief-officer:dorset 50,000, with commas"
            " between thousands only"
        )
    return Delegation(seat, codes, up_to)


def delegation_words(given: Delegation) -> str:
    """The same as it is written."""
    up_to = given.up_to_pence
    limit = PRACTICE if up_to is None else digits(up_to).removesuffix(".00")
    return " ".join((given.seat, limit, *given.decisions))


def seat_words(rule: SeatRule) -> str:
    """The rule of a seat as it is written."""
    of = f": {', '.join(rule.of)}" if rule.of else ""
    return f"{'' if rule.votes else 'advises '}{rule.office}{of}"


class MeetingAdded(forms.Form):
    """A meeting on a day and at an hour of the secretary's choice."""

    on = DateField(label="Day")
    begins = forms.TimeField(
        label="Begins at",
        required=False,
        help_text="For example 10:00. Empty: as the board does.",
    )
    place = forms.CharField(label="Where", required=False, max_length=200)


class Reasoned(forms.Form):
    """Why something is done."""

    why = forms.CharField(label="Why", max_length=200)


class ActionSet(forms.Form):
    """What a board sets an office to do."""

    what = forms.CharField(label="What is to be done", max_length=300)
    owner = forms.ChoiceField(label="By which office")
    due_on = DateField(label="By when")
    item = forms.ChoiceField(label="Of which item", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        owners, items = kwargs.pop("choices")
        super().__init__(*args, **kwargs)
        for name, chosen in (("owner", owners), ("item", [("", "None"), *items])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = chosen


class ActionEnded(forms.Form):
    """What became of an action."""

    state = forms.ChoiceField(
        label="What became of it",
        choices=[("done", "It is done"), ("dropped", "It is dropped")],
        widget=forms.RadioSelect,
    )
    said = forms.CharField(
        label="What was done, or why it is dropped", max_length=500, widget=forms.Textarea
    )


class MinutesGiven(forms.Form):
    """The minutes that are kept when a meeting is over."""

    minutes = forms.CharField(
        label="Minutes",
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text="Written from what was recorded. Change them as you need.",
    )
