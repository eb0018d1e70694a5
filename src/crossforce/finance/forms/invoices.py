"""What is asked when invoices are raised, withdrawn and settled."""

from django import forms

from crossforce.finance.forms.fields import choice
from crossforce.kernel.web import dateparts


class PartGiven(forms.Form):
    """Until the end of which part of the year is charged."""

    part = choice("Charge what falls due until the end of", "Choose a part of the year")


class ReasonGiven(forms.Form):
    """Why something is taken back."""

    words = forms.CharField(
        label="Why", max_length=200, error_messages={"required": "Enter why"}
    )


class SettlementGiven(forms.Form):
    """What is set off, and by which payment."""

    chosen = forms.MultipleChoiceField(
        label="Invoices",
        widget=forms.CheckboxSelectMultiple,
        help_text="Between the same two bodies, either way.",
        error_messages={"required": "Choose one invoice or more"},
    )
    on = dateparts.DateField(label="Paid on")
    reference = forms.CharField(
        label="Reference of the payment",
        max_length=200,
        error_messages={"required": "Enter the reference of the payment"},
    )
