"""Shape and wording of exports sent, of mappings written and tried, and of exports asked for."""

from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from crossforce.duty.choices import EARLIEST_DAY, LATEST_DAY
from crossforce.duty.models.importing import LONGEST_MAPPING
from crossforce.intake import api as intake

BAD_DAY: Final = ("required", "invalid", "min_value", "max_value")


class Upload(forms.Form):
    """An export that is to be brought in."""

    mapping = forms.ChoiceField(
        label="Mapping",
        help_text="What describes the export. Its force is whose duties the file brings.",
        error_messages={"required": "Choose a mapping"},
    )
    file = forms.FileField(
        label="File",
        help_text="As your duty system writes it. Nothing is brought in before you have seen what it would do.",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty",
            "invalid": "Choose a file",
        },
    )
    accept_losses = forms.BooleanField(
        label="Cancel what the file no longer has, even if it is most of what is held",
        required=False,
        help_text="Only when the check refused the file for it, and that many are to be cancelled.",
    )


class MappingGiven(forms.Form):
    """A mapping, pasted or sent as a file, and a sample to try it on."""

    text = forms.CharField(
        label="Mapping file",
        required=False,
        max_length=LONGEST_MAPPING,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 25, "spellcheck": "false", "class": "cf-code"}),
        help_text="What each line may say stands below this form. Write it here, or send it as a file.",
    )
    file = forms.FileField(
        label="Or a mapping file from your computer", required=False, allow_empty_file=True
    )
    sample = intake.sample("A sample of the export", "an import")
    sample_text = intake.rows()

    def sample_in(self, encoding: str) -> bytes | None:
        """The sample as its export writes it; without one, that is said at the field."""
        return intake.sample_in(self, encoding)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        sent = given.get("file")
        if sent and sent.size > LONGEST_MAPPING:
            self.add_error("file", f"The mapping file is larger than {LONGEST_MAPPING:,} bytes")
        elif sent:
            try:
                given["text"] = sent.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", "The mapping file is not UTF-8. Save it as UTF-8")
        given["text"] = str(given.get("text") or "").replace("\r\n", "\n").strip()
        if not given["text"] and not self.errors:
            self.add_error("text", "Write the mapping, or choose its file")
        return given


class ExportAsked(forms.Form):
    """Which duties are to be written, and in which form."""

    mapping = forms.ChoiceField(
        label="Mapping", error_messages={"required": "Choose a mapping"}
    )
    first_day = forms.DateField(
        label="First day",
        help_text="For example 2026-03-27",
        validators=[MinValueValidator(EARLIEST_DAY)],
        error_messages=dict.fromkeys(BAD_DAY, "Enter a day, such as 2026-03-27"),
    )
    last_day = forms.DateField(
        label="Last day",
        validators=[MaxValueValidator(LATEST_DAY)],
        error_messages=dict.fromkeys(BAD_DAY, "Enter a day, such as 2026-04-02"),
    )
    give = forms.ChoiceField(
        label="If some duties cannot be said in this form",
        required=False,
        choices=(
            ("", "Show me which, before anything is written"),
            ("rest", "Write the others"),
            ("list", "Write the list of those that cannot, as CSV"),
        ),
        help_text="Such as a duty whose times were corrected by hand, and no code of the export has them.",
    )
