"""What is asked of a figure that a force states of itself, and of a file of them."""

from decimal import Decimal
from typing import Any, Final

from django import forms

from crossforce.finance.choices import Confidence
from crossforce.finance.forms.fields import choice
from crossforce.finance.forms.lines import Upload
from crossforce.finance.rules.figures import MOST, SURE, TITLES
from crossforce.kernel.web import dateparts
from crossforce.kernel.web.numbers import Number

DRIVERS: Final = [("", "Choose what it counts"), *((d.value, t) for d, t in TITLES.items())]
SURENESS: Final = [(c.value, words) for c, words in SURE.items()]


class Figure(Number):
    """A figure that is not less than nothing, with two decimals at most."""

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found < 0:
            raise forms.ValidationError("Enter a figure that is not less than nothing")
        if found > MOST:
            raise forms.ValidationError(f"Enter no more than {MOST:,}")
        return found.quantize(Decimal("0.01"))


class FigureCorrected(forms.Form):
    """What may be said anew of a figure."""

    on = dateparts.DateField(
        label="As at",
        help_text="It counts for shares of the financial years that begin on this day or later, until the next"
        " figure. A budget's figure is as at the first day of its year, 1 April.",
    )
    value = Figure(
        label="Figure",
        places=2,
        help_text="For example 1,102.3",
        error_messages={"required": "Enter the figure"},
    )
    source = forms.CharField(
        label="Source",
        max_length=300,
        help_text="For example: police workforce return, 31 March 2026, table 1.",
        error_messages={"required": "Enter where it stands written"},
    )
    confidence = choice(
        "How sure it is",
        "Choose how sure it is",
        choices=SURENESS,
        initial=Confidence.STATED.value,
    )
    note = forms.CharField(label="Note", max_length=500, required=False)


class FigureGiven(FigureCorrected):
    """A figure of one's own force."""

    field_order = ("driver", "agreement")
    driver = choice("What it counts", "Choose what it counts", choices=DRIVERS)
    agreement = forms.ChoiceField(
        label="Agreement",
        required=False,
        help_text="Of what a force uses of a service, or spends itself, and of nothing else.",
    )


class FiguresUpload(Upload):
    """A file of figures."""

    file = forms.FileField(
        label="Spreadsheet",
        help_text="CSV or Excel (.xlsx), with the columns what is counted, as at, figure and source, and how sure,"
        " agreement and note where there are any. What is counted is one of the titles of the form, or its code,"
        " such as officer-fte. The same file twice changes nothing.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    act = forms.ChoiceField(
        label="What to do",
        choices=[
            ("check", "Check the file, and change nothing"),
            ("bring-in", "Bring it in"),
        ],
        initial="check",
        widget=forms.RadioSelect,
    )
