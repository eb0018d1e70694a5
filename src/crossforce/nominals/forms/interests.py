"""What is asked of whoever registers an interest, or decides about one."""

from datetime import date
from typing import Any, Final

from django import forms

from crossforce.kernel.web.dateparts import DateField
from crossforce.nominals.choices import Decision
from crossforce.nominals.rules import interests as rules
from crossforce.records.mapping.findings import Wrong

DECISIONS: Final = {
    Decision.WAITING: "Nothing yet: I decide once I see that somebody else is interested",
    Decision.CONTACTED: "Whom to contact here",
    Decision.CONTACTS: "That I ask to be put in contact with them",
    Decision.SILENT: "Nothing",
}
SAID: Final = {
    Decision.WAITING: "Nothing: you have not decided",
    Decision.CONTACTED: "Whom to contact here",
    Decision.CONTACTS: "That you ask for contact",
    Decision.SILENT: "Nothing",
}


def schemes() -> dict[str, str]:
    """What an interest may be known by, as a list says it."""
    return {name: words[:1].upper() + words[1:] for name, words in rules.schemes().items()}


class Decide(forms.Form):
    """What another may know who is interested too."""

    decision = forms.ChoiceField(
        label="What another who is interested too may know",
        choices=[(each.value, words) for each, words in DECISIONS.items()],
        widget=forms.RadioSelect,
        initial=Decision.WAITING.value,
        error_messages={"required": "Choose what another may know"},
    )
    contact = forms.CharField(
        label="Whom to contact here",
        max_length=200,
        help_text="Asked for at once, and told to nobody unless you choose so. An office rather than a person, such as: Major Crime Team, incident room 3, ext. 4410.",
        error_messages={"required": "Enter whom another may contact"},
    )


class Day(forms.Form):
    """To which day an interest counts."""

    until = DateField(label="Last day")

    def __init__(self, *given: Any, today: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.today = today
        most = rules.figure("longest", today)
        self.fields["until"].help_text = f"Today or later, at most {most} days from now."

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        _hold(rules.refusal_of_day(until, today=self.today))
        return until


class Register(Day, Decide):
    """A new interest."""

    name = forms.CharField(
        label="Operation or case",
        max_length=120,
        help_text="As you call it. Nobody else reads it.",
        error_messages={"required": "Enter the operation or case"},
    )
    scheme = forms.ChoiceField(
        label="What it is known by",
        error_messages={"required": "Choose what it is known by"},
    )
    said = forms.CharField(
        label="The number or address",
        max_length=200,
        help_text="Compared whole: a street with house and postcode, or every character of a number.",
        error_messages={"required": "Enter the number or address"},
    )
    reason = forms.CharField(
        label="Why you are interested",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In a few words. It stays with the interest; nobody of another force reads it.",
        error_messages={"required": "Enter why you are interested"},
    )
    field_order = ["scheme", "said", "name", "reason", "until", "decision", "contact"]

    def __init__(self, *given: Any, today: date, record: str = "", **more: Any) -> None:
        super().__init__(*given, today=today, **more)
        field: Any = self.fields["scheme"]
        field.choices = [("", "Choose one"), *schemes().items()]
        if record:
            del self.fields["scheme"], self.fields["said"]

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        _hold(rules.refusal_of_reason(reason, today=self.today))
        return reason

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if given.get("scheme") and given.get("said"):
            try:
                rules.normal(given["scheme"], given["said"])
            except Wrong as wrong:
                self.add_error("said", wrong.message)
        return given


def _hold(refusal: str | None) -> None:
    """Say beside the field what the rules refuse, with whatever else is wrong."""
    if refusal:
        raise forms.ValidationError(refusal)
