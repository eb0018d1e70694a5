"""Shape and wording of papers."""

from typing import Any

from django import forms

from crossforce.kernel.web.dateparts import DateField
from crossforce.kernel.web.numbers import Pounds


class PaperGiven(forms.Form):
    """What a paper asks for."""

    title = forms.CharField(label="Title", max_length=200)
    agreement = forms.ChoiceField(label="Agreement")
    functions = forms.MultipleChoiceField(
        label="Functions",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Of the agreement. Choose none for all of them.",
    )
    heading = forms.ChoiceField(label="Heading of the agenda")
    body = forms.CharField(
        label="What is asked for, and why",
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    decision = forms.ChoiceField(
        label="Kind of decision",
        required=False,
        help_text="Where no approval clause of the agreement covers it, every party must agree.",
    )
    pounds = Pounds(
        label="Value in pounds",
        required=False,
        may_be_negative=False,
        help_text="For example 1,234.56. Leave empty where there is none.",
    )
    effect = forms.ChoiceField(label="What the decision does", required=False)
    effect_of = forms.CharField(label="To what", required=False, max_length=160)
    effect_on = DateField(label="With effect from", required=False)
    due_on = DateField(label="Due by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        agreements, functions, headings, kinds, effects, hints = kwargs.pop("choices")
        super().__init__(*args, **kwargs)
        self.fields["effect_of"].help_text = hints
        for name, chosen in (
            ("agreement", agreements),
            ("functions", functions),
            ("heading", headings),
            ("decision", [("", "To note: nobody is bound"), *kinds]),
            ("effect", [("", "Nothing of itself"), *effects]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = chosen
