"""What was done with an exhibit."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from crossforce.evidence.rules.continuity import OF_A_COPY, Act

ACTS: Final = {
    Act.SEALED: "Sealed",
    Act.OPENED: "Opened: its seal was broken",
    Act.STORED: "Stored",
    Act.EXAMINED: "Examined",
    Act.REDACTED: "Redacted: a copy was made for disclosure",
    Act.CUT: "Cut: a still or clip was made of a film or sound",
    Act.COPIED: "Copied: a copy was given to another",
    Act.RELEASED: "Released to another",
    Act.RECEIVED: "Received from another",
    Act.PRODUCED: "Produced in court",
    Act.RESTORED: "Restored to its owner",
    Act.DESTROYED: "Destroyed",
    Act.LOST: "Lost",
}
MOMENT: Final = "%Y-%m-%dT%H:%M"


class TouchGiven(forms.Form):
    """What was done with an exhibit."""

    act = forms.ChoiceField(
        label="What was done",
        choices=[(act.value, words) for act, words in ACTS.items() if act not in OF_A_COPY],
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
        self, *given: Any, sides: Sequence[tuple[str, str]], own: str, **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.fields["organisation"] = forms.ChoiceField(
            label="Of which organisation", choices=sides, initial=own
        )
        self.fields["other"] = forms.ChoiceField(
            label="Released to, or received from",
            required=False,
            choices=[("", "Nobody: it is no transfer"), *sides],
            help_text="The other side of a transfer. It writes down its own half.",
        )
