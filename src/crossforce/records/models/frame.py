"""The kinds that belong to the frame: a note, a document, a request."""

from typing import ClassVar

from django.db import models

from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Note(GovernedRecord):
    """Something that somebody noted."""

    record_kind: ClassVar[str] = "records.note"

    subject = models.CharField("Subject", max_length=200)
    body = models.TextField("Note", max_length=50_000)


@with_history
class Document(GovernedRecord):
    """A text with a name, written in Markdown."""

    record_kind: ClassVar[str] = "records.document"

    name = models.CharField("Title", max_length=200)
    reference_number = models.CharField(
        "Reference",
        max_length=60,
        blank=True,
        help_text="What the document is called on paper.",
    )
    body = models.TextField("Text", max_length=200_000, help_text="Markdown is understood.")


@with_history
class Request(GovernedRecord):
    """Something that one organisation asks of another, and the answer."""

    record_kind: ClassVar[str] = "records.request"

    subject = models.CharField("What is asked", max_length=200)
    asked_of = models.CharField("Asked of", max_length=80, help_text="Who is to answer.")
    body = models.TextField("Particulars", max_length=50_000, blank=True)
    wanted_by = models.DateField("Wanted by", null=True, blank=True)
    answer = models.TextField("Answer", max_length=50_000, blank=True)
