"""A file that is sent."""

from django import forms


class FileSent(forms.Form):
    """A file of an exhibit."""

    file = forms.FileField(
        label="File",
        allow_empty_file=True,
        help_text="As it is: nothing in it is changed. With JavaScript a file may be of any size, and goes on where it was after a lost "
        "connection; without, at most 500 MB.",
        error_messages={"required": "Choose a file", "invalid": "Choose a file"},
    )
