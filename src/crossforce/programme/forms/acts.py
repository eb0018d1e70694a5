"""What is asked when an entry or a project moves, a trial is decided, a spreadsheet sent."""

from typing import Final

from django import forms

from crossforce.kernel.web.dateparts import DateField

WORDS: Final = 5_000
WHICH: Final = "The identifier of a decision that a board keeps here; of one made elsewhere, the board, the day and its number."


class Words(forms.Form):
    """Why an entry goes where it goes."""

    words = forms.CharField(
        label="Why",
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed where it goes back, is dropped, or was reviewed: then what the review concluded.",
    )


class Decided(forms.Form):
    """By which decision a project goes on, or why it goes back."""

    decision = forms.CharField(
        label="Decision",
        max_length=200,
        required=False,
        help_text=f"{WHICH} Needed at a gate.",
    )
    reason = forms.CharField(
        label="Reason",
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed where it goes back, goes live with milestones ahead, or closes before it was live.",
    )


class TrialDecided(forms.Form):
    """What was decided of a trial: longer, or for good."""

    decision = forms.CharField(
        label="Decision",
        max_length=200,
        help_text=WHICH,
        error_messages={"required": "Enter the decision"},
    )
    to = DateField(
        label="Ends before",
        required=False,
        help_text="A later day on which it ends. Left open, what was tried is adopted for good.",
    )


class Upload(forms.Form):
    """A spreadsheet."""

    layout = forms.ChoiceField(
        label="What it holds",
        choices=(
            ("register", "A register of collaborations and ideas"),
            ("milestones", "Milestones of a project"),
        ),
        widget=forms.RadioSelect,
        initial="register",
        error_messages={"required": "Choose what it holds"},
    )
    project = forms.CharField(
        label="Code of the project",
        max_length=120,
        required=False,
        help_text="Of milestones only.",
    )
    file = forms.FileField(
        label="File",
        help_text="CSV or Excel (.xlsx), at most 10 MB and 5,000 rows.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    sheet = forms.CharField(
        label="Sheet",
        max_length=60,
        required=False,
        help_text="Of a workbook with several: the name of the one to read.",
    )
    act = forms.ChoiceField(
        label="What to do",
        choices=(
            ("check", "Only check it, and show what it would do"),
            ("bring-in", "Bring it in: all of it or, if a row is refused, nothing"),
            (
                "in-part",
                "Bring in the rows that are sound, and leave out those that are refused",
            ),
        ),
        widget=forms.RadioSelect,
        initial="check",
        error_messages={"required": "Choose what to do"},
    )


class ReviewDecided(forms.Form):
    """What was decided of a contribution."""

    outcome = forms.ChoiceField(
        label="Outcome",
        choices=(
            ("continue", "Continue at the same level"),
            ("vary", "Vary it"),
            ("withdraw", "Withdraw"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the outcome"},
    )
    decision = forms.CharField(
        label="Decision",
        max_length=200,
        help_text=WHICH,
        error_messages={"required": "Enter the decision"},
    )
