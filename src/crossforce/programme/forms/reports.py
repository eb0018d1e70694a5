"""What is asked when a public report is marked down, published or withdrawn."""

from django import forms

from crossforce.programme.models.report import LONGEST


class Lowered(forms.Form):
    """Why records are marked OFFICIAL."""

    reason = forms.CharField(
        label="Why they may be public",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands in the history of every one of them.",
        error_messages={"required": "Enter why they may be public"},
    )


class Published(forms.Form):
    """On which ground a report is published."""

    decision = forms.CharField(
        label="Decision",
        max_length=400,
        required=False,
        help_text="The board, the day and the number. Everybody reads it.",
    )
    reason = forms.CharField(
        label="Reason, where no board decided",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays with the record; it is not published.",
    )
    names_nobody = forms.BooleanField(
        label="I have read it as everybody will, and it names no person",
        error_messages={"required": "Read it first, and confirm that it names no person"},
    )

    def clean(self) -> None:
        given = super().clean() or {}
        if not (given.get("decision") or given.get("reason")):
            self.add_error("decision", "Enter the decision, or the reason below")


class Withdrawn(forms.Form):
    """Why a report is taken back."""

    why = forms.CharField(
        label="Why it is withdrawn",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody reads it in place of the report.",
        error_messages={"required": "Enter why it is withdrawn"},
    )
    why_cy = forms.CharField(
        label="The same in Welsh",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
