"""What is asked of who does something with a record that is there."""

from collections.abc import Sequence
from typing import Any

from django import forms

from crossforce.records.forms.words import RELATIONS, groups
from crossforce.records.forms.writing import Day
from crossforce.records.operations import linking


class Reviewing(forms.Form):
    """The group that a record is reviewed in."""

    group = forms.ChoiceField(label="Review group", choices=groups, required=False)
    last_notice = Day(
        label="Last came to notice",
        required=False,
        help_text="When the subject last came to police notice as an offender or suspect.",
    )


class Because(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label="Reason",
        max_length=300,
        widget=forms.Textarea,
        error_messages={"required": "Enter the reason"},
    )


class Linking(forms.Form):
    """Another record, and how this one bears on it."""

    relation = forms.ChoiceField(
        label="This record",
        choices=[
            (each.value, title) for each, title in RELATIONS.items() if each in linking.TIES
        ],
    )
    other = forms.ChoiceField(label="The other record")

    def __init__(self, *given: Any, others: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        field = self.fields["other"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(others)


class Disclosing(forms.Form):
    """To whom a record goes, and why."""

    recipient = forms.CharField(
        label="Recipient",
        max_length=200,
        help_text="The organisation and person who receive it. The log shows organisations, and commits to anything else.",
        error_messages={"required": "Enter who receives it"},
    )
    reason = forms.CharField(
        label="Reason", max_length=500, widget=forms.Textarea, required=False
    )
    form_of = forms.ChoiceField(
        label="As",
        choices=[("csv", "A spreadsheet (CSV)"), ("json", "Data (JSON)")],
        widget=forms.RadioSelect,
        initial="csv",
    )


class Refusing(forms.Form):
    """Why a record stays as it is."""

    answer = forms.CharField(
        label="Why it stays as it is",
        max_length=1000,
        widget=forms.Textarea,
        help_text="The proposer is told.",
        error_messages={"required": "Enter why it stays as it is"},
    )
