"""Shape and wording of files sent, of sources written and tried, and of refused rows mended."""

from collections.abc import Iterable
from typing import Any

from django import forms

from crossforce.intake import api as intake
from crossforce.nominals.canonical import texts
from crossforce.nominals.models.loading import LONGEST_MAPPING


class Upload(forms.Form):
    """A file that is to be loaded."""

    source = forms.ChoiceField(
        label="Source",
        help_text="What describes the file. Its force is whose records it brings.",
        error_messages={"required": "Choose a source"},
    )
    file = forms.FileField(
        label="File",
        help_text="As your records system writes it. You see how far it is, and may leave the page meanwhile.",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty",
            "invalid": "Choose a file",
        },
    )


class SourceGiven(forms.Form):
    """A mapping, and a sample to try it on."""

    text = forms.CharField(
        label="Mapping file",
        max_length=LONGEST_MAPPING,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 25, "spellcheck": "false", "class": "cf-code"}),
        help_text="What each line may say stands below this form.",
        error_messages={"required": "Write the mapping"},
    )
    sample = intake.sample("A sample of the file", "a load")
    sample_text = intake.rows()

    def sample_in(self, encoding: str) -> bytes | None:
        """The sample as it is sent; without one, that is said at the field."""
        return intake.sample_in(self, encoding)


class Cells(forms.Form):
    """The cells of a refused row, each in a field of its own; those that come first, in that order."""

    def __init__(
        self, *given: Any, columns: dict[str, str], first: Iterable[str] = (), **more: Any
    ) -> None:
        super().__init__(*given, **more)
        for at, (column, text) in enumerate(columns.items()):
            field = forms.CharField(
                label=texts.shown(column),
                required=False,
                strip=False,
                max_length=20_000,
                initial=text,
            )
            if len(text) > 80 or "\n" in text:
                field.widget = forms.Textarea(attrs={"rows": 3})
            self.fields[f"cell-{at}"] = field
        self._columns = list(columns)
        shown = [self._columns.index(each) for each in first if each in columns]
        self.order_fields([f"cell-{at}" for at in shown])

    def cells(self) -> dict[str, str]:
        """What was written, by column."""
        return {
            column: self.cleaned_data[f"cell-{at}"] for at, column in enumerate(self._columns)
        }
