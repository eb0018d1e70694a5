"""What is asked of something held together."""

from typing import Final

from django import forms

from crossforce.finance.choices import ExitShare, ItemSort
from crossforce.finance.forms.fields import Pounds, choice
from crossforce.kernel.web import dateparts

SORTS: Final = (
    (ItemSort.CONTRACT.value, "A contract that runs on"),
    (ItemSort.ASSET.value, "An asset bought together"),
    (ItemSort.POST.value, "A post that would end"),
)
SHARES: Final = (
    (ExitShare.COST_SHARE.value, "All, by their shares of the cost"),
    (ExitShare.EQUAL.value, "All alike"),
    (ExitShare.WHOLE.value, "The leaver alone"),
)


class ItemGiven(forms.Form):
    """A contract, an asset or a post."""

    sort = choice("What it is", "Choose what it is", choices=SORTS)
    code = forms.CharField(
        label="Code", max_length=80, error_messages={"required": "Enter a code of your own"}
    )
    words = forms.CharField(
        label="In words", max_length=200, error_messages={"required": "Enter what it is"}
    )
    pence = Pounds(
        "Sum",
        help_text="A contract's cost a year, what an asset cost, or what ending a post costs.",
    )
    starts_on = dateparts.DateField(
        label="From", required=False, help_text="When an asset was bought or a post began."
    )
    ends_on = dateparts.DateField(
        label="Until before",
        required=False,
        help_text="A contract's last day and one more; or when something was given up.",
    )
    break_pence = Pounds(
        "Price of breaking the contract",
        required=False,
        help_text="Leave empty if it has none.",
    )
    life_years = forms.IntegerField(
        label="Life of the asset in years", required=False, min_value=1, max_value=100
    )
    share = choice("Borne by", "Choose who bears it", choices=SHARES)


class EndGiven(forms.Form):
    """Until before when an item is held."""

    ends_on = dateparts.DateField(
        label="Until before", help_text="From this day on it is not held any more."
    )
