"""What the policies read. The application role may change none of it except through sealed functions."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models

from crossforce.access.choices import Origin
from crossforce.kernel.ids import new_id


def _code(length: int = 80) -> "models.CharField[str, str]":
    return models.CharField(max_length=length)


def _codes() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=80))


class Kind(models.Model):
    """Which table holds the rows of a kind, and what is asked of one `besides`: SQL on `$1`, its key (guarded_policies)."""

    installed: ClassVar[str] = "true"

    kind = models.CharField(primary_key=True, max_length=80)
    relation = models.CharField(max_length=63)
    besides = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.kind} in {self.relation}"


class Scope(models.Model):
    """Holder, kind, collection, compartment and marking of rows; with `person`, of rows about one."""

    id = models.IntegerField(primary_key=True)
    holder = _code()
    kind = _code()
    collection = models.CharField(max_length=120)
    compartment = _code()
    marking = models.CharField(max_length=20)
    rank = models.SmallIntegerField()
    person = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "kind", "collection", "compartment", "marking", "person"],
                name="access_scope_once",
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(fields=["kind", "person"], name="access_scope_person"),
            models.Index(fields=["kind", "holder", "collection"], name="access_scope_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.holder} ({self.marking})"


class Block(models.Model):
    """Numbers of scopes of one holder, kind, compartment and marking: a set that is read as a whole."""

    id = models.UUIDField(primary_key=True, default=new_id)
    holder = _code()
    kind = _code()
    compartment = _code()
    rank = models.SmallIntegerField()
    scopes = ArrayField(models.IntegerField())

    class Meta:
        indexes = [models.Index(fields=["kind", "holder"], name="access_block_kind")]

    def __str__(self) -> str:
        return f"{len(self.scopes)} scopes of {self.holder}"


class Grant(models.Model):
    """A grant in force for a period; `agreement` "" is standing access, whose rule is the `term`."""

    installed: ClassVar[str] = "agreement = ''"

    agreement = _code(100)
    version = models.IntegerField()
    clause = models.CharField(max_length=20)
    term = models.CharField(max_length=100)
    holder = _code()
    recipient = _code()
    kind = _code()
    collection = models.CharField(max_length=120)
    units = _codes()
    roles = _codes()
    actions = _codes()
    purposes = _codes()
    rank = models.SmallIntegerField()
    compartment = _code()
    holds = DateTimeRangeField()
    onward = models.BooleanField()
    glass_minutes = models.IntegerField(null=True)
    glass_roles = _codes()

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "kind"], name="access_grant_recipient"),
            models.Index(fields=["kind", "holder"], name="access_grant_kind"),
            models.Index(fields=["agreement"], name="access_grant_agreement"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement or 'standing'} {self.clause}: {self.kind}"


class Share(models.Model):
    """One row open to one posting for a while: on request, by breaking the glass, or shared."""

    kept: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=new_id)
    record = models.UUIDField()
    kind = _code()
    scope = models.IntegerField()
    holder = _code()
    posting = models.UUIDField()
    actions = _codes()
    purposes = _codes()
    holds = DateTimeRangeField()
    origin = models.CharField(max_length=12, choices=[(o.value, o.value) for o in Origin])
    agreement = _code(100)
    clause = models.CharField(max_length=20)
    reason = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=100)

    class Meta:
        indexes = [
            models.Index(fields=["posting", "kind"], name="access_share_posting"),
            models.Index(fields=["holder", "-given_at"], name="access_share_holder"),
            models.Index(fields=["record"], name="access_share_record"),
        ]

    def __str__(self) -> str:
        return f"{self.origin} of {self.kind}:{self.record}"


class Request(models.Model):
    """Somebody asks the holder for one record; the holder decides, or lets it lie."""

    kept: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=new_id)
    record = models.UUIDField()
    kind = _code()
    scope = models.IntegerField()
    holder = _code()
    posting = models.UUIDField()
    organisation = _code()
    actions = _codes()
    purpose = _code()
    reason = models.TextField()
    until = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=100)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=100, blank=True)
    is_granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    share = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_request_decided_at_and_by",
                condition=models.Q(
                    decided_at__isnull=True, decided_by="", is_granted__isnull=True
                )
                | models.Q(decided_at__isnull=False, is_granted__isnull=False)
                & ~models.Q(decided_by=""),
            )
        ]
        indexes = [
            models.Index(fields=["holder", "-asked_at"], name="access_request_holder"),
            models.Index(fields=["posting", "-asked_at"], name="access_request_posting"),
        ]

    def __str__(self) -> str:
        return f"request for {self.kind}:{self.record}"
