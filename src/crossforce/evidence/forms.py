"""Shape and wording of what the pages of evidence ask: a file that is sent, and what was done with an exhibit."""

from collections.abc import Sequence
from typing import Final

from django import forms

from crossforce.evidence.rules.continuity import Act

ACTS: Final = {
    Act.SEALED: "Sealed",
    Act.OPENED: "Opened: its seal was broken",
    Act.STORED: "Stored",
    Act.EXAMINED: "Examined",
    Act.RELEASED: "Released to another",
    Act.RECEIVED: "Received from another",
    Act.PRODUCED: "Produced in court",
    Act.RESTORED: "Restored to its owner",
    Act.DESTROYED: "Destroyed",
    Act.LOST: "Lost",
}
MOMENT: Final = "%Y-%m-%dT%H:%M"


class FileSent(forms.Form):
    """A file of an exhibit."""

    file = forms.FileField(
        label="File",
        allow_empty_file=True,
        help_text="As it is: nothing in it is changed. With JavaScript a file may be of any size, and goes on where it was after a lost "
        "connection; without, at most 500 MB.",
        error_messages={"required": "Choose a file", "invalid": "Choose a file"},
    )


class TouchGiven(forms.Form):
    """What was done with an exhibit."""

    act = forms.ChoiceField(
        label="What was done",
        choices=[(act.value, words) for act, words in ACTS.items()],
        error_messages={"required": "Choose what was done"},
    )
    happened_at = forms.DateTimeField(
        label="When",
        input_formats=[MOMENT, "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        error_messages={
            "required": "Enter when it was done",
            "invalid": "Enter day and time, such as 14/09/2026 09:20",
        },
    )
    office = forms.CharField(
        label="By whom, by office and number",
        max_length=100,
        error_messages={"required": "Enter by whom it was done"},
    )
    organisation = forms.ChoiceField(label="Of which organisation")
    other = forms.ChoiceField(
        label="Released to, or received from",
        required=False,
        help_text="The other side of a transfer. It writes down its own half.",
    )
    seal = forms.CharField(
        label="Number of the seal",
        max_length=60,
        required=False,
        help_text="That was put on, broken, or found on it when it was received.",
    )
    place = forms.CharField(label="Where it was put", max_length=200, required=False)
    paper = forms.CharField(
        label="Paper that the other side signed",
        max_length=200,
        required=False,
        help_text="Where the act is that of an organisation that does not write here: which paper it signed.",
    )
    note = forms.CharField(
        label="Note", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *given: object, sides: Sequence[tuple[str, str]], own: str, **more: object
    ) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.fields["organisation"] = forms.ChoiceField(
            label="Of which organisation", choices=sides, initial=own
        )
        self.fields["other"] = forms.ChoiceField(
            label="Released to, or received from",
            required=False,
            choices=[("", "Nobody: it is no transfer"), *sides],
            help_text="The other side of a transfer. It writes down its own half.",
        )


class PackGiven(forms.Form):
    """For whom a proof pack is made, and why."""

    recipient = forms.CharField(
        label="For whom it is",
        max_length=200,
        help_text="Such as the prosecutor, or the expert of the defence.",
        error_messages={"required": "Enter for whom it is"},
    )
    reason = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it is made"},
    )


class ShareGiven(forms.Form):
    """To whom an original is shown by link, why, and for how long."""

    partner = forms.CharField(
        label="Shown to, by name",
        max_length=100,
        error_messages={"required": "Enter to whom it is shown"},
    )
    organisation = forms.CharField(
        label="Of which organisation",
        max_length=100,
        error_messages={"required": "Enter of which organisation they are"},
    )
    ground = forms.CharField(
        label="On what ground",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why they need to see it, and by which power or agreement.",
        error_messages={"required": "Enter on what ground it is shown"},
    )

    def __init__(self, *given: object, most: int, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.fields["days"] = forms.IntegerField(
            label="For how many days",
            min_value=1,
            max_value=most,
            help_text=f"At most {most}. It can be called back before.",
            widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
            error_messages={
                "required": "Enter for how many days",
                "invalid": "Enter a number of days",
            },
        )
