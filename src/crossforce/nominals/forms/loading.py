"""Shape and wording of files sent, of sources written and tried, and of refused rows mended."""

from typing import Any, Final

from django import forms

from crossforce.nominals.models.loading import LONGEST_MAPPING

MOST_SAMPLED: Final = 10_000_000
MOST_SENT: Final = 50_000_000


class Upload(forms.Form):
    """A file that is to be loaded."""

    source = forms.ChoiceField(
        label="Source",
        help_text="What describes the file. Its force is whose records it brings.",
        error_messages={"required": "Choose a source"},
    )
    file = forms.FileField(
        label="File",
        help_text="As your records system writes it, up to 50 MB. Load a larger one on the command line.",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty",
            "invalid": "Choose a file",
        },
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > MOST_SENT:
            raise forms.ValidationError(
                "The file is larger than 50 MB: load it on the command line"
            )
        return sent


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
    sample = forms.FileField(
        label="A sample of the file",
        required=False,
        allow_empty_file=True,
        help_text="To try the mapping on. It is judged as a load would be, and forgotten; at most 10 MB.",
    )
    sample_text = forms.CharField(
        label="Or its first rows",
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "class": "cf-code"}),
        help_text="Pasted with their headings: they stay here while you mend the mapping.",
    )

    def sample_in(self, encoding: str) -> bytes | None:
        """The sample as it is sent; without one, that is said at the field."""
        sample, text = self.cleaned_data.get("sample"), self.cleaned_data["sample_text"]
        if sample and sample.size > MOST_SAMPLED:
            self.add_error(
                "sample", "The sample is larger than 10 MB: send its first rows only"
            )
        elif sample:
            content: bytes = sample.read()
            return content
        elif not text.strip():
            self.add_error(
                "sample", "Choose a sample to try the mapping on, or paste its first rows"
            )
        else:
            try:
                return str(text).encode(encoding)
            except UnicodeEncodeError as wrong:
                letter = text[wrong.start]
                self.add_error(
                    "sample_text", f"{letter!r} is no letter of {encoding}: set file.encoding"
                )
        return None


class Cells(forms.Form):
    """The cells of a refused row, each in a field of its own."""

    def __init__(self, *given: Any, columns: dict[str, str], **more: Any) -> None:
        super().__init__(*given, **more)
        for at, (column, text) in enumerate(columns.items()):
            field = forms.CharField(
                label=column, required=False, strip=False, max_length=20_000, initial=text
            )
            if len(text) > 80 or "\n" in text:
                field.widget = forms.Textarea(attrs={"rows": 3})
            self.fields[f"cell-{at}"] = field
        self._columns = list(columns)

    def cells(self) -> dict[str, str]:
        """What was written, by column."""
        return {
            column: self.cleaned_data[f"cell-{at}"] for at, column in enumerate(self._columns)
        }
