"""What every record is: inherit `GovernedRecord`, declare a `RecordKind`, and the frame does the rest."""

from typing import Any, ClassVar, Final, TypeVar

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from crossforce.kernel import registry
from crossforce.kernel.guarded import UNSCOPED, Guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.registry import RecordKind
from crossforce.kernel.versioned import Versioned
from crossforce.records.choices import Disposal, Group, Purpose, Reference, SheetState

ModelT = TypeVar("ModelT", bound=type[models.Model])
LONGEST_FINDINGS: Final = 2_000_000


class GovernedRecord(Guarded, Versioned):
    """A record under the law of police information: held, marked, purposed, reviewed, logged.

    Who holds it and how it is marked stand in its scope. `source_reference` is what another system
    calls it, and no key of ours. A scope is found by `…_in_scope`: an index of its own would repeat that.
    """

    scope_id = models.IntegerField(default=UNSCOPED, editable=False)
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source_system = models.CharField(max_length=60, blank=True)
    source_reference = models.CharField(max_length=120, blank=True)
    purposes = ArrayField(models.CharField(max_length=40))
    review_group = models.CharField(
        max_length=1, blank=True, choices=[(each.value, each.value) for each in Group]
    )
    review_due = models.DateField(null=True, blank=True)
    disposal = models.CharField(
        max_length=10, default=Disposal.KEPT, choices=[(d.value, d.value) for d in Disposal]
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=100)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=100)

    class Meta(Guarded.Meta):
        abstract = True
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["scope_id", "-created_at"], name="%(class)s_in_scope"),
            models.Index(fields=["-created_at", "scope_id"], name="%(class)s_newest"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(created_by="") & ~Q(changed_by=""), name="%(class)s_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(purposes__len__gte=1)
                & Q(purposes__contained_by=[each.value for each in Purpose]),
                name="%(class)s_policing_purpose",
            ),
            models.CheckConstraint(
                condition=Q(disposal="kept", proposed_at__isnull=True, proposed_by="")
                | Q(disposal="proposed", proposed_at__isnull=False) & ~Q(proposed_by=""),
                name="%(class)s_proposed_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference.subject)

    @property
    def kind(self) -> RecordKind:
        """The declared kind."""
        found = registry.record_kinds.get(self.record_kind)
        assert found is not None
        return found

    @property
    def reference(self) -> Reference:
        """This record, for whoever speaks of records of any kind."""
        return Reference(self.record_kind, self.pk)

    @property
    def title(self) -> str:
        """What it is called in lists: its title field, or its kind and the end of its identifier."""
        named = self.kind.title_field
        return self.kind.title_of(getattr(self, named) if named else "", self.pk)

    def values(self) -> dict[str, Any]:
        """What people wrote in it, by field."""
        return {name: getattr(self, name) for name in self.kind.fields}


class SheetRead(GovernedRecord):
    """One spreadsheet that was sent. Its findings may quote it, so it is governed like what it holds."""

    title = models.CharField("Title", max_length=200)
    layout = models.CharField("Table", max_length=30)
    file_name = models.CharField("File", max_length=200)
    file_sha256 = models.CharField("SHA-256 of the file", max_length=64)
    state = models.CharField(
        "State",
        max_length=30,
        choices=[(s.value, s.value.replace("-", " ").capitalize()) for s in SheetState],
    )
    counts = models.CharField("Rows", max_length=200)
    findings = models.TextField("Findings", max_length=LONGEST_FINDINGS, blank=True)

    class Meta(GovernedRecord.Meta):
        abstract = True


class Inserted(pghistory.InsertEvent):
    """The first states of all rows that a statement inserted, kept by one statement."""

    def add_event_trigger(self, event_model: Any) -> None:
        tracked = event_model.pgh_tracked_model._meta
        names = ", ".join(f'"{each.column}"' for each in tracked.concrete_fields)
        pgtrigger.register(
            pgtrigger.Trigger(
                name=str(self.trigger_name).lower(),
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="inserted"),  # type: ignore[no-untyped-call]
                func=f'INSERT INTO "{event_model._meta.db_table}"'  # noqa: S608 - names of columns
                f" (pgh_created_at, pgh_label, pgh_obj_id, {names})"
                f""" SELECT now(), '{self.label}', "{tracked.pk.column}", {names} FROM inserted;"""
                " RETURN NULL;",
            )
        )(event_model.pgh_tracked_model)


def with_history(model: ModelT) -> ModelT:
    """Keep every state of the record. Its states go when it goes (guarding.py), and not before."""
    tracked = pghistory.track(
        Inserted(),
        pghistory.UpdateEvent(),
        context_field=None,  # type: ignore[arg-type]  # None means: without one
    )
    return tracked(model)  # type: ignore[no-any-return]
