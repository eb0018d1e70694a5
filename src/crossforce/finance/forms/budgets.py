"""What is asked of a budget."""

from typing import Final

from django import forms

from crossforce.finance.choices import FIRST_YEAR, LAST_YEAR, Rhythm, Spread
from crossforce.finance.forms.fields import Pounds, choice

RHYTHMS: Final = (
    (Rhythm.MONTH.value, "Monthly"),
    (Rhythm.QUARTER.value, "Quarterly"),
    (Rhythm.YEAR.value, "Once a year"),
)
SPREADS: Final = (
    (Spread.ALIKE.value, "Alike over the months"),
    (Spread.BY_DAYS.value, "By the days of each month"),
)


class BudgetChanged(forms.Form):
    """What may be changed while it is a draft."""

    pence = Pounds("Cost of the year, with what is given in kind")
    rhythm = choice("Paid", "Choose how often it is paid", choices=RHYTHMS)
    spread = choice("Spread over the year", "Choose how it is spread", choices=SPREADS)


class BudgetGiven(BudgetChanged):
    """A cost of an agreement, in a year."""

    function = choice("What is shared", "Choose what is shared")
    year = forms.IntegerField(
        label="Financial year",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="The year in which it begins: 2027 for April 2027 to March 2028.",
        error_messages={"required": "Enter the year", "invalid": "Enter a year, such as 2027"},
    )
    lead = choice(
        "Force that spends for all", "Choose a force", required=False,
        help_text="Only where no clause says so. Left open, it is your own.",
    )  # fmt: skip
    field_order = ("function", "year", "pence", "rhythm", "spread", "lead")


class DecisionGiven(forms.Form):
    """By what a budget is opened."""

    decision = forms.CharField(
        label="Decision",
        max_length=200,
        help_text="The identifier of a decision that a board keeps here; or, of one made elsewhere, the board, the"
        " day and its number.",
        error_messages={"required": "Enter the decision by which the budget is opened"},
    )
