"""Copies of exhibits that were given to another force, and those that came from one: each side has a record of its own.

What was agreed on giving never changes, and what was said afterwards is said once: triggers refuse it.
"""

from typing import Any, ClassVar

import pgtrigger
from django.db import models

from crossforce.evidence.choices import COPY, LASTS, ON_RECALL, RECEIVED
from crossforce.evidence.models.lasting import differs
from crossforce.records.governed import GovernedRecord, with_history

TERMS = ("what", "lasts", "until_on", "case", "agreement", "clause", "ground")
GIVEN = (*TERMS, "exhibit", "receiver", "received", "becomes")
OFFERED = (*TERMS, "copy", "giver", "exhibit", "authority", "released_at", "released_by", "signature", "public_key")  # fmt: skip
RECALLED = ("recalled_at", "recalled_by", "recalled_why")
ENDED = ("ended_at", "ended_by", "ended_how")


def _once(said: str, columns: tuple[str, ...]) -> str:
    """What was said once stays as it was said."""
    return f"(OLD.{said} IS NOT NULL AND ({differs(columns)}))"


def _both(kind: str, name: str) -> models.CheckConstraint:
    """An instant stands with whose act it was."""
    at, by = f"{name}_at", f"{name}_by"
    return models.CheckConstraint(
        condition=models.Q(**{f"{at}__isnull": True, by: ""})
        | models.Q(**{f"{at}__isnull": False}) & ~models.Q(**{by: ""}),
        name=f"{kind}_{name}_at_and_by",
    )


class Lent(GovernedRecord):
    """What both sides know of a copy: for how long, by which clause, on what ground."""

    what = models.CharField("Exhibit", max_length=40)
    lasts = models.CharField("For how long", max_length=10, choices=list(LASTS.items()))
    until_on = models.DateField("Until which day", null=True, blank=True)
    case = models.UUIDField("Case of the giver", null=True, blank=True)
    agreement = models.CharField("Agreement", max_length=100, blank=True)
    clause = models.CharField("Clause", max_length=20, blank=True)
    ground = models.CharField("On what ground", max_length=500)
    ended_at = models.DateTimeField("Ended", null=True, blank=True)
    ended_by = models.CharField("Ended by", max_length=100, blank=True)
    ended_how = models.CharField("How it ended", max_length=300, blank=True)

    class Meta(GovernedRecord.Meta):
        abstract = True


@with_history
class Copy(Lent):
    """A copy of an exhibit that its holder gave to another: to whom, for how long, and whether it was asked back."""

    record_kind: ClassVar[str] = COPY

    exhibit = models.UUIDField("Exhibit that was copied")
    receiver = models.CharField("Given to", max_length=120)
    received = models.UUIDField("Record of the receiver", null=True, blank=True)
    becomes = models.UUIDField("Exhibit that the copy is", null=True, blank=True)
    recalled_at = models.DateTimeField("Asked back", null=True, blank=True)
    recalled_by = models.CharField("Asked back by", max_length=100, blank=True)
    recalled_why = models.CharField("Why it is asked back", max_length=500, blank=True)
    tried = models.TextField(
        "What was tried to reach the receiver", max_length=5_000, blank=True
    )

    class Meta(Lent.Meta):
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["exhibit"], name="copy_of_exhibit"),
            models.Index(fields=["received"], name="copy_by_received"),
            models.Index(fields=["becomes"], name="copy_becomes"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            _both("copy", "recalled"),
            _both("copy", "ended"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="copy_is_as_given",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"{differs(GIVEN)} OR {_once('recalled_at', RECALLED)} OR {_once('ended_at', ENDED)}"
                ),
            )
        ]


@with_history
class Received(Lent):
    """A copy that another force offers, or that came: from whom, and what was answered when it was asked back."""

    record_kind: ClassVar[str] = RECEIVED

    copy = models.UUIDField("Record of the giver")
    giver = models.CharField("Given by", max_length=80)
    exhibit = models.UUIDField("Exhibit that the copy is")
    authority = models.TextField("As whom the original is read")
    arrivals = models.TextField("Files that arrive", blank=True)
    released_at = models.DateTimeField("Released")
    released_by = models.CharField("Released by", max_length=100)
    signature = models.CharField("Signature of the release", max_length=128)
    public_key = models.CharField("Key that verifies it", max_length=64)
    accepted_at = models.DateTimeField("Received", null=True, blank=True)
    accepted_by = models.CharField("Received by", max_length=100, blank=True)
    answer = models.CharField(
        "Answer", max_length=10, blank=True, choices=list(ON_RECALL.items())
    )
    answer_why = models.CharField("Why it is kept", max_length=500, blank=True)
    answered_at = models.DateTimeField("Answered", null=True, blank=True)
    answered_by = models.CharField("Answered by", max_length=100, blank=True)

    class Meta(Lent.Meta):
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["exhibit"], name="received_exhibit"),
            models.Index(fields=["copy"], name="received_of_copy"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            *(
                _both("received", each)
                for each in ("released", "accepted", "answered", "ended")
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="received_is_as_offered",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"{differs(OFFERED)} OR {_once('accepted_at', ('accepted_at', 'accepted_by'))} OR {_once('ended_at', ENDED)}"
                ),
            )
        ]

    @property
    def is_held(self) -> bool:
        """Whether the copy came and has not gone."""
        return self.accepted_at is not None and self.ended_at is None

    @property
    def is_offered(self) -> bool:
        """Whether it waits for somebody to take or decline it."""
        return self.accepted_at is None and self.ended_at is None
