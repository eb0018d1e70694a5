"""What is asked about unused material: what it is, how the test came out, what was decided, who certifies, for whom a bundle is."""

from typing import Any

from django import forms

from crossforce.evidence.choices import (
    DECISIONS,
    TESTS,
    TRIGGERS,
    Decision,
    Side,
    Test,
    Trigger,
)
from crossforce.evidence.operations.scheduling import Decided, Described
from crossforce.kernel.web.dateparts import DateField

SIDES = {Side.PROSECUTOR: "The prosecutor", Side.DEFENCE: "The defence"}


def _words(
    label: str, missing: str, help_text: str = "", *, most: int = 500
) -> forms.CharField:
    """A text of some lines that is needed."""
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


def _office(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=100, error_messages={"required": "Enter the office and number"}
    )


class UnusedGiven(forms.Form):
    """An item of unused material."""

    description = _words(
        "What it is",
        "Enter what it is",
        "In enough detail for the prosecutor to decide whether to look at it.",
    )
    location = forms.CharField(
        label="Where it is", max_length=200, error_messages={"required": "Enter where it is"}
    )
    exhibit = forms.CharField(
        label="Exhibit reference",
        max_length=40,
        required=False,
        help_text="Where it is an exhibit of this case, such as JAS/1.",
    )
    why_sensitive = forms.CharField(
        label="Why it is sensitive",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Puts it on MG6D, which the defence is not given. Leave it empty for MG6C.",
    )
    is_presumed = forms.BooleanField(
        label="Material that is presumed to meet the test",
        required=False,
        help_text="Such as crime reports, incident logs, custody records, notebooks, inconsistent statements, convictions of witnesses.",
    )

    def __init__(self, *args: Any, has_sensitive: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        if not has_sensitive:
            del self.fields["why_sensitive"]

    @property
    def described(self) -> Described:
        return Described(**self.cleaned_data)


class MendGiven(UnusedGiven):
    """What an item says of itself, mended where it stands."""

    def __init__(self, *args: Any, has_sensitive: bool, **more: Any) -> None:
        super().__init__(*args, has_sensitive=has_sensitive, **more)
        if has_sensitive:
            why = self.fields["why_sensitive"]
            why.required, why.help_text = True, ""
            why.error_messages["required"] = "Enter why it is sensitive"


class TestGiven(forms.Form):
    """How the disclosure test came out."""

    test = forms.ChoiceField(
        label="Might it undermine the case for the prosecution, or assist the case for the accused?",
        choices=list(TESTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the test came out"},
    )
    officer = _office("Disclosure officer, by office and number")
    reason = _words("Why", "Enter why")

    def clean_test(self) -> Test:
        return Test(self.cleaned_data["test"])


class DecisionGiven(forms.Form):
    """What the prosecutor decided."""

    decision = forms.ChoiceField(
        label="What the prosecutor decided",
        choices=list(DECISIONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was decided"},
    )
    prosecutor = _office("Prosecutor, by office and number")
    reason = forms.CharField(
        label="Why",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    order_reference = forms.CharField(
        label="Order of the court",
        max_length=100,
        required=False,
        help_text="Where a court ordered that it is withheld: which court, and the order's reference.",
    )
    ordered_on = DateField(label="Day of the order", required=False)

    def clean_decision(self) -> Decision:
        return Decision(self.cleaned_data["decision"])

    @property
    def decided(self) -> Decided:
        return Decided(**self.cleaned_data)


class MoveGiven(forms.Form):
    """Whether an item is sensitive after all."""

    why_sensitive = forms.CharField(
        label="Why it is sensitive",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Puts an item of MG6C on MG6D. Leave it empty to put an item of MG6D on MG6C.",
    )


class ReopenGiven(forms.Form):
    """Why items are looked at again."""

    trigger = forms.ChoiceField(
        label="What came",
        choices=list(TRIGGERS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came"},
    )

    def clean_trigger(self) -> Trigger:
        return Trigger(self.cleaned_data["trigger"])


class CertificateGiven(forms.Form):
    """Who certifies the schedules."""

    officer = _office("Disclosure officer, by office and number")


class BundleGiven(forms.Form):
    """For whom a bundle is, and why."""

    side = forms.ChoiceField(
        label="For which side",
        choices=[(side.value, words) for side, words in SIDES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for which side it is"},
    )
    recipient = forms.CharField(
        label="For whom it is",
        max_length=200,
        error_messages={"required": "Enter for whom it is"},
    )
    reason = _words("Why", "Enter why it is made")

    def clean_side(self) -> Side:
        return Side(self.cleaned_data["side"])
