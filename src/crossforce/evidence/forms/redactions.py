"""What is taken out of an original for disclosure, and what a second person says of the copy."""

from typing import Any, Final

from django import forms

from crossforce.evidence.choices import Verdict
from crossforce.evidence.rules.redacting import ASKED, Method

LONGEST: Final = 200_000


class RedactionAsked(forms.Form):
    """What goes, and why."""

    ground = forms.CharField(
        label="On what ground",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What goes, why, and by which rule: such as names of third parties that have no part in the case.",
    )

    def __init__(self, *given: Any, method: Method, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["places"] = forms.CharField(
            label="What is taken out, one place a line",
            max_length=LONGEST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=f"{ASKED[method][0].upper()}{ASKED[method][1:]}.",
        )
        if method in (Method.PAPER, Method.TEXT):
            self.fields["words"] = forms.CharField(
                label="Words to find, one name or phrase a line",
                max_length=5_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="Where they stand is added to the places above. Look for yourself too: what is written otherwise is not found.",
            )
        if method in (Method.PAPER, Method.TEXT):
            self.fields["page"] = forms.IntegerField(
                label="Page that is shown" if method is Method.PAPER else "Part that is shown",
                min_value=1,
                required=False,
                initial=1,
                widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
            )
        if method is Method.FILM:
            self.fields["page"] = forms.FloatField(
                label="Moment that is shown, in seconds",
                min_value=0,
                required=False,
                initial=0,
                widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
                help_text="A box that begins at this moment can be followed to the second that its line names.",
            )
        self.order_fields(["places", "words", "page", "ground"])


class DecisionGiven(forms.Form):
    """What a second person says of a redacted copy."""

    decision = forms.ChoiceField(
        label="This copy",
        choices=[
            (Verdict.APPROVED.value, "Shows nothing that has to go: it may be disclosed"),
            (Verdict.REFUSED.value, "Is not right: it goes to nobody"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it may be disclosed"},
    )
    why = forms.CharField(
        label="Why",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
