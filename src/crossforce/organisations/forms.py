"""Shape and wording of what staff send: units, and changes to bodies."""

from typing import Any
from uuid import UUID

from django import forms

from crossforce.kernel.web.dateparts import DateField
from crossforce.kernel.words import Words
from crossforce.organisations.choices import CODE_PATTERN, PreciseDate, SuccessionRelation
from crossforce.organisations.models import Unit

CODE_HELP = "Lower-case words joined by hyphens, such as armed-response. It never changes."
CODE_WRONG = "Enter a code of lower-case words joined by hyphens, such as armed-response"


class Named(forms.Form):
    """A name in English and, where there is one, in Welsh."""

    name_en = forms.CharField(
        label="Name", max_length=200, error_messages={"required": "Enter a name"}
    )
    name_cy = forms.CharField(label="Name in Welsh", max_length=200, required=False)

    @property
    def words(self) -> Words:
        return Words(en=self.cleaned_data["name_en"], cy=self.cleaned_data["name_cy"] or None)


class PlacedUnit(Named):
    """Where a unit stands, and what it is called."""

    above = forms.ChoiceField(label="Stands under", required=False)

    def __init__(self, *given: Any, units: list[Unit], **more: Any) -> None:
        super().__init__(*given, **more)
        choices = [(str(unit.pk), unit.name_en) for unit in units]
        field = self.fields["above"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "No other unit"), *choices]

    @property
    def above_id(self) -> UUID | None:
        above = self.cleaned_data["above"]
        return UUID(above) if above else None


class OpenUnit(PlacedUnit):
    """A new unit."""

    code = forms.RegexField(
        CODE_PATTERN,
        label="Code",
        max_length=80,
        help_text=CODE_HELP,
        error_messages={"required": "Enter a code", "invalid": CODE_WRONG},
    )
    since = DateField(label="First day")
    field_order = ["name_en", "name_cy", "code", "above", "since"]


class CloseUnit(forms.Form):
    """The end of a unit."""

    on = DateField(
        label="First day without the unit", help_text="The day before is its last day."
    )


class Enacted(forms.Form):
    """The day a change takes effect, and the text that says so."""

    on = DateField(label="Takes effect on")
    source = forms.CharField(
        label="Enactment or published source",
        min_length=3,
        max_length=300,
        help_text="For example the order, with its number.",
        error_messages={"required": "Say what makes the change"},
    )


class Rename(Named, Enacted):
    """Another name for the same legal person."""

    field_order = ["name_en", "name_cy", "on", "source"]


class Succeed(Enacted):
    """Another body follows, or nobody does."""

    successor = forms.CharField(
        label="Code of the body that follows",
        max_length=80,
        required=False,
        help_text="As the directory has it. Leave empty if the body is abolished and nobody follows.",
    )
    relation = forms.ChoiceField(
        label="How it follows",
        choices=[
            (SuccessionRelation.RENAMED, "Reconstituted under another name"),
            (SuccessionRelation.MERGED, "Merged into it"),
            (SuccessionRelation.ABOLISHED, "Abolished and replaced"),
            (SuccessionRelation.FUNCTIONS_TRANSFERRED, "Functions transferred"),
        ],
        widget=forms.RadioSelect,
        initial=SuccessionRelation.ABOLISHED,
    )
    lives_on = forms.BooleanField(
        label="The body lives on and only gives functions away", required=False
    )
    field_order = ["successor", "relation", "lives_on", "on", "source"]


def day(value: Any) -> PreciseDate:
    """A date from a form, precise to the day."""
    return PreciseDate(date=value)
