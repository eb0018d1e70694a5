"""Run with a service whose only code is the worked example of CONTRIBUTING: what does it get?

Started by test_worked_example in a process of its own, since a model cannot be taken back. Prints what it saw.
"""

import json
import os
import sys
from contextlib import contextmanager
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "lost_settings"
sys.path.insert(0, sys.argv[1])
django.setup()

# What follows can be imported only now.
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from crossforce.kernel import database, guarded, postgres_roles  # noqa: E402
from crossforce.kernel.testing import template  # noqa: E402
from crossforce.ledger.models import Entry as StoredEntry  # noqa: E402
from crossforce.records import models, operations, queries  # noqa: E402
from crossforce.records.choices import Place  # noqa: E402
from crossforce.records.tests import factories  # noqa: E402

KIND, NAME = "lost.thing", f"lost_{os.getpid()}"


@contextmanager
def installed() -> Any:
    """A database of its own: that of an installation, in which the new service is migrated."""
    plan = database.plan()
    with plan.running():
        connection.settings_dict["NAME"] = NAME
        if plan.admin and sys.argv[2] in postgres_roles.databases(plan.admin):
            template.copy(plan, plan.admin, of=sys.argv[2], name=NAME)
        else:
            plan.prepare(name=NAME)
        call_command("makemigrations", "lost", verbosity=0, skip_checks=True)
        database.migrate()
        try:
            yield
        finally:
            connection.close()
            if plan.admin:
                postgres_roles.drop_database(plan.admin, name=NAME)


def seen() -> dict[str, Any]:
    factories.policy(kinds=(KIND,))
    factories.policy("find", (KIND,), recipient=factories.PARTNER, actions=("find",))
    asha, bryn, cole = factories.asha(), factories.bryn(), factories.cole()
    values = {"what": "A red bicycle", "found_at": "Caen Hill", "purposes": ["duty-from-law"]}
    new = operations.NewRecord(KIND, Place(factories.HERE), values, group="3")
    row = operations.create(actor=asha, new=new, at=factories.AT)
    edit = {"found_at": "Devizes wharf"}
    operations.edit(
        actor=asha, kind=KIND, record=row.pk, version=1, given=edit, at=factories.AT
    )
    hidden = {"what", "found_at"} - set(_pointer(bryn, row.pk).fields)
    return {
        "read_by": [_reads(actor) for actor in (asha, bryn, cole)],
        "searched": [
            len(queries.search(actor, "bicycle").rows) for actor in (asha, bryn, cole)
        ],
        "pointer_hides": sorted(hidden),
        "changes": len(queries.history(asha, KIND, row.pk)[1]),
        "is_due": row.review_due is not None,
        "logged": sorted({each for each in ("collected", "altered") if _entries(each)}),
        "policies": _policies(),
        "stranger": Client(SERVER_NAME="127.0.0.1").get(f"/records/{KIND}/").status_code,
        "api": Client(SERVER_NAME="127.0.0.1").get(f"/api/v1/records/{KIND}").status_code,
    }


def _reads(actor: Any) -> int:
    with guarded.acting(actor):
        return int(queries.model_of(KIND).objects.count())


def _pointer(actor: Any, record: Any) -> models.Pointer:
    return queries.found(actor, KIND, record).pointer


def _entries(act: str) -> bool:
    rows = StoredEntry.objects.filter(operation=f"record.{act}")
    return bool(rows.filter(subject__startswith=KIND).exists())


def _policies() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT policyname FROM pg_policies WHERE tablename = 'lost_thing'")
        return sorted(name for (name,) in cursor.fetchall())


if __name__ == "__main__":
    with installed():
        sys.stdout.write(json.dumps(seen()))
