"""Shape and wording of what is sent about the ledger and about access."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django import forms

from crossforce.kernel import civil, clock
from crossforce.kernel.web.dateparts import DateField
from crossforce.ledger.choices import Part
from crossforce.oversight.choices import EARLIEST_DAY, LATEST_DAY
from crossforce.sharing import api as sharing

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


ACTIONS = [
    ("find", "Find that it exists"),
    ("read", "Read"),
    ("edit", "Change"),
    ("task", "Task"),
    ("disclose", "Disclose"),
]
ORIGINS = {
    "request": "On request",
    "break-glass": "By breaking the glass",
    "share": "By its holder",
}


class Opened(forms.Form):
    """What a single record is to be open for, why, and until the end of which day: as far as the rule pack allows."""

    limit: ClassVar[str]

    actions = forms.MultipleChoiceField(
        label="To do what",
        choices=ACTIONS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one"},
    )
    reason = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Enter the reason"},
    )
    last_day = DateField(label="Last day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = sharing.limit(self.limit, clock.now())
        self.fields["last_day"].help_text = f"At most {self.days} days from now"

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if not EARLIEST_DAY <= day <= LATEST_DAY:
            raise forms.ValidationError("Enter a day that can be")
        now = clock.now()
        if not now < civil.instant(civil.next_day(day)) <= now + timedelta(days=self.days):
            raise forms.ValidationError(
                f"Enter a day that ends within {self.days} days from now"
            )
        return day

    @property
    def until(self) -> datetime:
        return civil.instant(civil.next_day(self.cleaned_data["last_day"]))

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["actions"])

    @property
    def why(self) -> str:
        return str(self.cleaned_data["reason"])


class Ask(Opened):
    """A request to the holder."""

    limit = "request-days"


class Open(Opened):
    """An opening by the holder."""

    limit = "opening-days"

    posting = forms.UUIDField(
        label="Posting",
        widget=forms.HiddenInput,
        error_messages={
            "required": "Enter the identifier of a posting",
            "invalid": "Enter the whole identifier, 36 characters",
        },
    )
    field_order = ["posting", "actions", "reason", "last_day"]


class BreakGlass(forms.Form):
    """An emergency."""

    reason = forms.CharField(
        label="What the emergency is",
        max_length=2000,
        widget=forms.Textarea,
        help_text="The holder reads it at once.",
        error_messages={"required": "Enter what the emergency is"},
    )
    sure = forms.BooleanField(
        label="It cannot wait for the holder",
        error_messages={"required": "Tick the box, or ask the holder instead"},
    )


class Decide(forms.Form):
    """The holder's decision on a request."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("grant", "Grant it, as asked"), ("refuse", "Refuse it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one"},
    )
    answer = forms.CharField(
        label="Your answer",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text="Needed when you refuse. Whoever asked reads it.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("decision") == "refuse" and not given.get("answer", "").strip():
            self.add_error("answer", "Say why not")
        return given


class Review(forms.Form):
    """What the holder found of a broken glass."""

    finding = forms.ChoiceField(
        label="Breaking the glass was",
        choices=[("justified", "Justified"), ("not-justified", "Not justified")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one"},
    )
    words = forms.CharField(
        label="What you found",
        max_length=2000,
        widget=forms.Textarea,
        help_text="It stays with the opening for good, and whoever broke the glass reads it.",
        error_messages={"required": "Enter what you found"},
    )
