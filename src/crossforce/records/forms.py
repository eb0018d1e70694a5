"""Shape and wording of what people send about records. The fields of a kind make its form."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.db import models

from crossforce.kernel import rulepacks
from crossforce.kernel.civil import day_of
from crossforce.kernel.clock import now
from crossforce.kernel.registry import RecordKind
from crossforce.kernel.web.dateparts import DateField
from crossforce.records import operations, queries
from crossforce.records.choices import (
    EARLIEST_DAY,
    LATEST_DAY,
    MARKINGS,
    Disposal,
    Group,
    Place,
    ProposalState,
    Purpose,
    Relation,
)
from crossforce.records.operations import creating, linking
from crossforce.records.rules import marking

PURPOSES: Final[dict[str, str]] = {
    Purpose.LIFE: "Protecting life and property",
    Purpose.ORDER: "Preserving order",
    Purpose.PREVENTION: "Preventing offences",
    Purpose.JUSTICE: "Bringing offenders to justice",
    Purpose.DUTY: "A duty from common law or statute",
}
RELATIONS: Final = {
    Relation.CONCERNS: "concerns",
    Relation.SUPPORTS: "supports",
    Relation.FOLLOWS: "follows from",
    Relation.DUPLICATES: "duplicates",
    Relation.COMBINES: "combines",
}
NO_GROUP: Final = "None: kept by the schedule of its kind"
DISPOSALS: Final = {Disposal.KEPT: "Kept", Disposal.PROPOSED: "Disposal proposed"}
STATES: Final = {
    ProposalState.OPEN: "Waits for an answer",
    ProposalState.ACCEPTED: "Accepted",
    ProposalState.REFUSED: "Refused",
}


UNIT: Final = "unit:"
ASKING: Final = frozenset({"what", "who", "whom", "whose", "where", "when", "why", "how"})
"""A field that is named by its question takes no article."""


def group_said(code: str) -> str:
    """A review group as its record shows it."""
    return dict(groups()).get(code, code)


def groups() -> list[tuple[str, str]]:
    """The review groups, in words."""
    pack = rulepacks.load("retention-schedules")
    on = day_of(now())
    return [("", NO_GROUP), *((each.value, _group(pack, each, on)) for each in Group if each)]


def _group(pack: rulepacks.RulePack, group: Group, on: date) -> str:
    rule = pack.value(f"police-information-group-{group}", on)
    return f"{rule['title']['en']}: {rule['keep']}"


LABELS: Final = {
    "purposes": "Policing purpose",
    "source_system": "Source system",
    "source_reference": "Reference in that system",
    "review_group": "Review group",
    "review_due": "Review due",
    "disposal": "Disposal",
}


def said(name: str, value: Any, known: Mapping[str, str]) -> Any:
    """The value of a field with names in place of codes; `known` names collections."""
    if name == "purposes":
        return [PURPOSES.get(each, each) for each in value or ()]
    if name == "disposal":
        return DISPOSALS.get(value, value)
    if name == "review_group":
        return group_said(value) if value is not None else ""
    if name == "collection":
        return known.get(value, value)
    return value


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


class Refusing(forms.Form):
    """Why a record stays as it is."""

    answer = forms.CharField(
        label="Why it stays as it is",
        max_length=1000,
        widget=forms.Textarea,
        help_text="The proposer is told.",
        error_messages={"required": "Enter why it stays as it is"},
    )


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
