"""What people write about a benefit, and what they report of it."""

from typing import Any, Final

from django import forms

from crossforce.benefits.choices import BenefitClass, Confidence, Light, ShareRule
from crossforce.benefits.forms.promise import PromiseGiven
from crossforce.benefits.rules import keeping
from crossforce.kernel.web.dateparts import DateField
from crossforce.kernel.web.numbers import Number, Pounds

CLASSES: Final = {
    BenefitClass.CASH_RELEASING: "Frees cash",
    BenefitClass.NON_CASH: "Worth money, frees no cash",
    BenefitClass.QUANTIFIABLE: "Counted, not in money",
    BenefitClass.QUALITATIVE: "Judged, not counted",
    BenefitClass.DISBENEFIT: "A disbenefit: a loss that is expected",
}
SHARES: Final = {
    ShareRule.COST_SHARES: "By the shares of cost",
    ShareRule.WHERE_IT_FALLS: "Where it falls",
    ShareRule.EFFORT: "By effort",
}
SURE: Final = {Confidence.HIGH: "High", Confidence.MEDIUM: "Medium", Confidence.LOW: "Low"}
LIGHTS: Final = {
    Light.RED: "Red",
    Light.AMBER: "Amber",
    Light.GREEN: "Green",
    Light.BLUE: "Blue",
    Light.NONE: "None",
}


def words(of: Any) -> list[tuple[str, str]]:
    """The choices of an enumeration, in words."""
    return [(each.value, said) for each, said in of.items()]


class WordsGiven(forms.Form):
    """What may be edited at any time."""

    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Enter a title"}
    )
    description = forms.CharField(
        label="Description",
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.CharField(
        label="Owner",
        max_length=120,
        required=False,
        help_text="An office, not a person: it answers for the benefit.",
    )
    beneficiaries = forms.CharField(
        label="Who benefits",
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text="One code of an organisation a line, or public.",
    )
    share_rule = forms.ChoiceField(label="Divided among forces", choices=words(SHARES))
    effort = forms.CharField(
        label="Effort of each force",
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text="Where it is divided by effort: a force and a whole number a line, for example wiltshire 120.",
    )
    counted_in = forms.CharField(
        label="Counted in",
        max_length=120,
        required=False,
        help_text="The reference of the benefit in whose figures this one is counted already.",
    )
    reinvestment = forms.CharField(
        label="What freed cash is for", max_length=400, required=False
    )
    confidence = forms.ChoiceField(label="How sure it is", choices=words(SURE))

    def clean_effort(self) -> str:
        try:
            return keeping.effort_kept(keeping.effort_written(self.cleaned_data["effort"]))
        except keeping.NotRead as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class BenefitGiven(PromiseGiven, WordsGiven):
    """A benefit to be."""

    reference = forms.RegexField(
        r"^[a-z0-9][a-z0-9.-]{0,119}$",
        label="Reference",
        help_text="Small letters, digits and hyphens, for example forensics-1.",
        error_messages={
            "required": "Enter a reference",
            "invalid": "Enter small letters, digits and hyphens, for example forensics-1",
        },
    )
    benefit_class = forms.ChoiceField(label="Class", choices=words(CLASSES))
    agreement = forms.ChoiceField(label="Agreement", required=False)
    function = forms.ChoiceField(label="Function", required=False)
    field_order = ("reference", "title", "benefit_class", "agreement", "function")


class MoveGiven(forms.Form):
    """Another status, and why."""

    to = forms.ChoiceField(
        label="Move to",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a status"},
    )
    reason = forms.CharField(
        label="Why", max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class FigureGiven(forms.Form):
    """What the measure was, and what shows it."""

    value = Number(label="Figure", places=4, error_messages={"required": "Enter the figure"})
    evidence = forms.CharField(
        label="What shows it",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="A report, a count or a system, so that somebody else can look.",
        error_messages={"required": "Say what shows the figure"},
    )


class ReadingGiven(FigureGiven):
    """The same, of a period."""

    period = forms.ChoiceField(label="Period", error_messages={"required": "Choose a period"})
    force = forms.ChoiceField(label="Force", required=False)
    field_order = ("period", "force")


class UseGiven(forms.Form):
    """Freed cash put to a use."""

    pounds = Pounds(
        label="Pounds",
        may_be_negative=False,
        error_messages={"required": "Enter how much, in pounds"},
    )
    destination = forms.CharField(
        label="Where it goes",
        max_length=200,
        error_messages={"required": "Say where the cash goes"},
    )
    posts = forms.IntegerField(label="Posts that it pays", min_value=0, initial=0)
    on = DateField(label="Day")
