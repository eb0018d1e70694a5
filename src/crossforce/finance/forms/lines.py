"""What is asked of a line, and of a file of lines."""

from typing import Final

from django import forms

from crossforce.finance.choices import Sort
from crossforce.finance.forms.fields import Pounds, choice
from crossforce.kernel.web import dateparts

SORTS: Final = (
    (Sort.ACTUAL.value, "Spent"),
    (Sort.IN_KIND.value, "Given in kind"),
    (Sort.COMMITMENT.value, "Promised, not spent yet"),
    (Sort.FORECAST.value, "Forecast"),
)


class LineGiven(forms.Form):
    """One amount."""

    sort = choice("What it is", "Choose what it is", choices=SORTS)
    on = dateparts.DateField(label="Day to which it belongs")
    pence = Pounds("Amount")
    party = choice("Force", "Choose a force")
    words = forms.CharField(
        label="What for", max_length=200, error_messages={"required": "Enter what it is for"}
    )
    reference = forms.CharField(
        label="Reference",
        max_length=120,
        required=False,
        help_text="Of your finance system. The same reference is never posted twice.",
    )


class Upload(forms.Form):
    """A file of a finance system."""

    file = forms.FileField(
        label="Spreadsheet",
        help_text="CSV or Excel (.xlsx), with the columns reference, sort, date, force, amount and words."
        " 3/4/2027 is read as 3 April.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )


class BudgetsUpload(Upload):
    """A file of budgets."""

    file = forms.FileField(
        label="Spreadsheet",
        help_text="CSV or Excel (.xlsx), with the columns agreement, function, year and amount, and rhythm,"
        " spread and lead where they are not as usual.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
