"""What is asked about copies: to whom one is given and for how long, why it is asked back, what is answered."""

from collections.abc import Sequence
from typing import Any

from django import forms

from crossforce.evidence.choices import LASTS, ON_RECALL, Lasts, OnRecall


class CopyGiven(forms.Form):
    """To whom a copy is given, on what ground, for how long."""

    receiver = forms.ChoiceField(
        label="To whom",
        help_text="Whoever a clause of an agreement in force has copies go to. One outside: choose it below.",
        required=False,
    )
    outside = forms.ChoiceField(
        label="Or to one that is not on this platform",
        help_text="You hand the copy over yourself, such as by proof pack; its receipts come on paper.",
        required=False,
    )
    paper = forms.CharField(
        label="Number of the paper that it goes with", max_length=100, required=False
    )
    ground = forms.CharField(
        label="On what ground",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why they need a copy of their own, and not only to look at it here.",
        error_messages={"required": "Enter on what ground it is given"},
    )
    lasts = forms.ChoiceField(
        label="For how long",
        choices=list(LASTS.items()),
        initial=Lasts.AGREEMENT.value,
        widget=forms.RadioSelect,
        help_text="It is asked back by itself then, and when the agreement ends between the two in any case.",
        error_messages={"required": "Choose for how long"},
    )
    until_on = forms.DateField(
        label="Until which day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Enter a day"},
    )

    def __init__(
        self,
        *given: Any,
        takers: Sequence[tuple[str, str]],
        sides: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        nobody = [("", "Choose")]
        self.fields["receiver"].choices = [*nobody, *takers]  # type: ignore[attr-defined]  # declared above as one of choices
        self.fields["outside"].choices = [*nobody, *sides]  # type: ignore[attr-defined]  # declared above as one of choices

    def clean(self) -> dict[str, Any]:
        """One of the two, and a paper with the second."""
        said = dict(super().clean() or {})
        if bool(said.get("receiver")) == bool(said.get("outside")):
            self.add_error("receiver", "Choose to whom it is given, here or outside")
        elif said.get("outside") and not said.get("paper"):
            self.add_error("paper", "Enter the number of the paper that it goes with")
        return said


def _words(label: str, missing: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=300,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


class RecallGiven(forms.Form):
    """Why a copy is asked back."""

    why = _words("Why it is asked back", "Enter why it is asked back", "The receiver is told.")


class TriedGiven(forms.Form):
    """What was tried to reach a receiver."""

    how = _words(
        "What was tried, and what came of it",
        "Enter what was tried",
        "Such as a letter with its number, or whom you telephoned.",
    )


class ReceiptGiven(forms.Form):
    """The receipt of a receiver that cannot answer here."""

    paper = _words(
        "The receipt: its number, who signed it, and what it says",
        "Enter what the receipt says",
    )


class DeclineGiven(forms.Form):
    """Why a copy is not taken."""

    why = _words("Why it is not taken", "Enter why it is not taken", "The giver is told.")


class AnswerGiven(forms.Form):
    """What is answered to a giver that asks a copy back."""

    answer = forms.ChoiceField(
        label="Your answer",
        choices=list(ON_RECALL.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    why = forms.CharField(
        label="Why it is kept",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Which case of yours needs it, or what holds it. The giver is told.",
    )

    def clean(self) -> dict[str, Any]:
        """What is kept is kept for a reason."""
        said = dict(super().clean() or {})
        if said.get("answer") == OnRecall.KEEPS and not said.get("why"):
            self.add_error("why", "Enter why it is kept")
        return said
