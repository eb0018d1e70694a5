"""What is answered to somebody who asks for what is held about them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from crossforce.evidence.choices import ANSWERS, GROUNDS, Answer


class AnswerGiven(forms.Form):
    """What is answered of some of the originals that were found."""

    items = forms.MultipleChoiceField(
        label="Of which",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose of what it is answered"},
    )
    answer = forms.ChoiceField(
        label="What is answered",
        choices=list(ANSWERS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is answered"},
    )
    is_alone = forms.BooleanField(
        label="Each is about nobody but who asks",
        required=False,
        help_text="An original goes as it is only then. What is about others too goes as its approved redacted copy.",
    )
    ground = forms.ChoiceField(
        label="On what ground it is withheld",
        choices=[("", "It is not withheld"), *GROUNDS.items()],
        required=False,
    )
    why = forms.CharField(
        label="Why",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Where it is withheld: why that is necessary and proportionate. The Commissioner may ask for it.",
    )
    is_told = forms.BooleanField(
        label="Tell who asks that something is withheld, and on what ground",
        required=False,
        help_text="Leave it out only where to tell would itself defeat the ground.",
    )

    def __init__(self, *given: Any, found: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["items"].choices = list(found)  # type: ignore[attr-defined]  # declared above as one of choices

    def clean_answer(self) -> Answer:
        return Answer(self.cleaned_data["answer"])
