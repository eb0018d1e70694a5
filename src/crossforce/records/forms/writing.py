"""A record as people write it: the fields of a kind make its form, and beside them stands where it goes."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.db import models

from crossforce.kernel.registry import RecordKind
from crossforce.kernel.web.dateparts import DateField
from crossforce.records import operations, queries
from crossforce.records.choices import EARLIEST_DAY, LATEST_DAY, MARKINGS, Place
from crossforce.records.forms.words import PURPOSES, groups
from crossforce.records.operations import creating
from crossforce.records.rules import marking

UNIT: Final = "unit:"
ASKING: Final = frozenset(
    {
        "what",
        "who",
        "whom",
        "whose",
        "where",
        "when",
        "why",
        "how",
        "by",
        "on",
        "under",
        "to",
        "exactly",
    }
)
"""A field that is named by its question, or begins with what leads to one, takes no article."""


class Day(DateField):
    """A day that a record can speak of."""

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and not EARLIEST_DAY <= day <= LATEST_DAY:
            raise forms.ValidationError(
                f"Enter a date from {EARLIEST_DAY.year} to {LATEST_DAY.year}"
            )
        return day


def asked_by(kind: RecordKind) -> dict[str, forms.Field]:
    """A field for everything that people write in a record of the kind."""
    model = queries.model_of(kind.name)
    return {name: _field(model._meta.get_field(name)) for name in kind.fields}


def _field(of: "models.Field[Any, Any]") -> forms.Field:
    if isinstance(of, models.DateField) and not isinstance(of, models.DateTimeField):
        return Day(label=str(of.verbose_name), required=not of.blank, help_text=of.help_text)
    made = of.formfield(label=str(of.verbose_name))
    assert made is not None
    name = str(of.verbose_name)
    name = name[:1].lower() + name[1:]
    is_question = name.split(" ")[0] in ASKING
    made.error_messages["required"] = f"Enter {name}" if is_question else f"Enter the {name}"
    return made


class Writing(forms.Form):
    """What a record says."""

    purposes = forms.MultipleChoiceField(
        label="Policing purpose",
        choices=list(PURPOSES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Why the record is kept. Choose all that apply.",
        error_messages={"required": "Choose at least one policing purpose"},
    )
    source_system = forms.CharField(
        label="Source system", max_length=60, required=False, help_text="Where it came from."
    )
    source_reference = forms.CharField(
        label="Reference in that system", max_length=120, required=False
    )

    def __init__(self, *given: Any, kind: RecordKind, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields = {**asked_by(kind), **self.fields}

    def values(self, kind: RecordKind) -> dict[str, Any]:
        """What was written, by field."""
        names = (*kind.fields, "purposes", "source_system", "source_reference")
        return {name: self.cleaned_data[name] for name in names}


class Placing(forms.Form):
    """Where a record goes, and how it is marked."""

    marking = forms.ChoiceField(label="Marking", choices=[(each, each) for each in MARKINGS])
    collection = forms.CharField(
        label="Collection",
        max_length=120,
        required=False,
        help_text="For example case:op-heron or unit:tri-force-sou. Leave empty for the whole organisation.",
    )
    compartment = forms.CharField(
        label="Compartment",
        max_length=80,
        required=False,
        help_text="Only for work that others may not know of. Leave empty otherwise.",
    )

    def clean_collection(self) -> str:
        text: str = self.cleaned_data["collection"].strip()
        if text and not creating.COLLECTION.fullmatch(text):
            raise forms.ValidationError(
                "Enter unit:, function: or case: and a code, for example case:op-heron"
            )
        if text.startswith(UNIT) and text not in queries.in_words([Place("", text)]):
            raise forms.ValidationError("Enter the code of a unit, for example tri-force-sou")
        return text

    def clean_compartment(self) -> str:
        text: str = self.cleaned_data["compartment"].strip()
        if text and not creating.COMPARTMENT.fullmatch(text):
            raise forms.ValidationError(
                "Enter the name of a compartment in small letters, for example special-branch"
            )
        return text

    def place(self, holder: str) -> Place:
        """The place that was asked for."""
        given = self.cleaned_data
        return Place(holder, given["collection"], given["compartment"], given["marking"])


class Adding(Placing, Writing):
    """A new record."""

    group = forms.ChoiceField(label="Review group", choices=groups, required=False)

    def __init__(self, *given: Any, kind: RecordKind, **more: Any) -> None:
        super().__init__(*given, kind=kind, **more)
        self._kind = kind
        self.order_fields(
            [*kind.fields, "purposes", "marking", "collection", "compartment", "group"]
        )

    def new(self, holder: str) -> operations.NewRecord:
        """What the operation is asked to add."""
        values, place = self.values(self._kind), self.place(holder)
        return operations.NewRecord(
            self._kind.name, place, values, group=self.cleaned_data["group"]
        )


class Moving(Placing):
    """Another place or marking for a record, which is in `before`."""

    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea,
        required=False,
        help_text="Needed to lower a marking. The ledger commits to it without showing it.",
    )

    def __init__(self, given: Any, *, before: Place) -> None:
        place = {
            name: getattr(before, name) for name in ("marking", "collection", "compartment")
        }
        super().__init__(given, initial=place)
        self._before = before

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        after = given.get("marking", self._before.marking)
        if marking.is_lowered(self._before.marking, after) and not given.get("reason"):
            self.add_error("reason", "Enter why the marking is lowered")
        return given


class Proposing(Writing):
    """What a record should say instead, and why."""

    reason = forms.CharField(
        label="Why it should be corrected",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Enter why it should be corrected"},
    )

    def __init__(self, *given: Any, kind: RecordKind, **more: Any) -> None:
        super().__init__(*given, kind=kind, **more)
        self._kind = kind
        for name in ("purposes", "source_system", "source_reference", *kind.stay):
            del self.fields[name]

    @property
    def proposed(self) -> dict[str, Any]:
        """The fields of the kind as they should be."""
        return {name: self.cleaned_data[name] for name in self._kind.correctable_fields}


class Combining(Adding):
    """A record made of others."""

    parts = forms.MultipleChoiceField(
        label="Made of",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the records that it is made of"},
    )

    def __init__(
        self, *given: Any, kind: RecordKind, others: Iterable[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*given, kind=kind, **more)
        field = self.fields["parts"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(others)
        self.order_fields(["parts"])
