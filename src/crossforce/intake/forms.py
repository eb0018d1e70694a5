"""Shape and wording of what every service asks who takes files in: a sample on which a mapping is tried."""

from typing import Any, Final

from django import forms

MOST_SAMPLED: Final = 10_000_000
MOST_PASTED: Final = 200_000


def sample(label: str, judged: str) -> forms.FileField:
    """The field for a sample that is sent; it is judged as `judged` would be."""
    return forms.FileField(
        label=label,
        required=False,
        allow_empty_file=True,
        help_text=f"To try the mapping on. It is judged as {judged} would be, and forgotten; at most 10 MB.",
    )


def rows() -> forms.CharField:
    """The field for a sample that is pasted."""
    return forms.CharField(
        label="Or its first rows",
        required=False,
        max_length=MOST_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "class": "cf-code"}),
        help_text="Pasted with their headings: they stay here while you mend the mapping.",
    )


def sample_in(form: Any, encoding: str) -> bytes | None:
    """The sample of a form as it is sent; without one, that is said at the field."""
    sent, text = form.cleaned_data.get("sample"), form.cleaned_data["sample_text"]
    if sent and sent.size > MOST_SAMPLED:
        form.add_error("sample", "The sample is larger than 10 MB: send its first rows only")
    elif sent:
        content: bytes = sent.read()
        return content
    elif not text.strip():
        form.add_error(
            "sample", "Choose a sample to try the mapping on, or paste its first rows"
        )
    else:
        try:
            return str(text).encode(encoding)
        except UnicodeEncodeError as wrong:
            letter = text[wrong.start]
            form.add_error(
                "sample_text",
                f"{letter!r} is no letter of {encoding}: set file.encoding to another",
            )
    return None
