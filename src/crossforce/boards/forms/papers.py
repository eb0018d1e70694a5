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
    effect = forms.ChoiceField(
        label="What the decision does",
        required=False,
        help_text="Listed is what is ready for a decision, with its agreement. It follows from a decision of its own kind.",
    )
    effect_on = DateField(label="With effect from", required=False)
    due_on = DateField(label="Due by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        agreements, functions, headings, kinds, effects = kwargs.pop("choices")
        super().__init__(*args, **kwargs)
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

    def clean(self) -> dict[str, Any]:
        """What the decision does belongs to the agreement of the paper."""
        given: dict[str, Any] = self.cleaned_data
        effect, of, what = parted(given.get("effect", ""))
        if of and given.get("agreement") and of != given["agreement"]:
            self.add_error(
                "effect",
                "This belongs to another agreement than the paper: choose either anew.",
            )
        return given | {"effect": effect, "effect_of": what}


def joined(effect: str, agreement: str, what: str) -> str:
    """What a decision does and to what, as one choice."""
    return f"{effect} {agreement} {what}" if effect else ""


def parted(chosen: str) -> tuple[str, str, str]:
    """The effect, the agreement and the thing of a choice."""
    effect, _, rest = chosen.partition(" ")
    agreement, _, what = rest.partition(" ")
    return effect, agreement, what
