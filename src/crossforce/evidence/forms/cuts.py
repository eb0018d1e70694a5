"""What part of a film or sound is cut out, and why."""

from django import forms

from crossforce.evidence.rules.cutting import is_sound


class CutAsked(forms.Form):
    """The moment of a still, or from when to when a clip goes; and why it is made."""

    span = forms.CharField(
        label="Moment, or from when to when",
        max_length=60,
        help_text="A moment such as 1:12.5 gives a still of what is seen then. Two give a clip from the first to the second, ten minutes at most.",
        error_messages={"required": "Give a moment, or from when to when"},
    )
    ground = forms.CharField(
        label="Why it is made",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is made"},
    )

    def __init__(self, *given: object, media_type: str, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        if is_sound(media_type):
            self.fields["span"].label = "From when to when"
            self.fields[
                "span"
            ].help_text = (
                "Two moments such as 1:12.5 1:20, at most ten minutes from each other."
            )
