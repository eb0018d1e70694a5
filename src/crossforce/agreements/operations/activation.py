"""Terms as rows: written when a version is settled, closed when something else takes their place.

Whether an agreement is in force is computed from dates and signatures; these rows only say which
terms hold when, and since when the platform acts on them.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Func, QuerySet, Value

from crossforce.agreements import models, resolve
from crossforce.agreements.queries import documents
from crossforce.agreements.rules.rows import Row, rows
from crossforce.kernel import registry


def write_terms(version: models.Version, *, enforced_from: datetime) -> int:
    """Write a version's terms, acted on from that instant, and close those of the version before.

    Answers how many rows there are.
    """
    close_terms(version.agreement, at=enforced_from)
    written = rows(documents.terms_of(version))
    models.Term.objects.bulk_create(_term(version, row, enforced_from) for row in written)
    return len(written)


def close_terms(agreement: models.Agreement, *, at: datetime) -> None:
    """Act on no term of the agreement from that instant on."""
    _close(_open(agreement), at)


def end_for(version: models.Version, leaves: Mapping[str, datetime], *, at: datetime) -> None:
    """Act, from that instant on, on the terms as they hold without those who leave.

    Rows that a leave changes are closed and written anew; the rest stay as they are.
    """
    terms = resolve.after_leaving(documents.terms_of(version), leaves)
    wanted = {_key_of_row(row): row for row in rows(terms)}
    changed = [
        held.pk
        for held in _open(version.agreement).filter(of=version)
        if wanted.pop(_key_of_term(held), None) is None
    ]
    _close(models.Term.objects.filter(pk__in=changed), at)
    models.Term.objects.bulk_create(_term(version, row, at) for row in wanted.values())


def enforce(agreement: models.Agreement, *, at: datetime) -> None:
    """Let the floors above take up, in this transaction, what the agreement now makes them do."""
    for taken_up in registry.enforcers:
        taken_up(agreement, at)


def _open(agreement: models.Agreement) -> QuerySet[models.Term]:
    return models.Term.objects.filter(
        agreement=agreement, enforced__upper_inf=True, enforced__isempty=False
    )


def _close(terms: QuerySet[models.Term], at: datetime) -> None:
    ending = Func(
        Func(F("enforced"), function="lower"),
        Value(at),
        function="tstzrange",
        output_field=DateTimeRangeField(),
    )
    begun = [each.pk for each in terms if each.enforced.lower < at]
    waiting = [each.pk for each in terms if each.enforced.lower >= at]
    models.Term.objects.filter(pk__in=begun).update(enforced=ending)
    models.Term.objects.filter(pk__in=waiting).update(enforced=DateTimeTZRange(empty=True))


def _term(version: models.Version, row: Row, enforced_from: datetime) -> models.Term:
    return models.Term(
        agreement=version.agreement,
        of=version,
        term=row.term,
        type=row.type,
        clause=row.clause,
        function=row.function,
        force=row.force,
        valid=DateTimeTZRange(row.valid.starts_at, row.valid.ends_at),
        enforced=DateTimeTZRange(enforced_from, None),
        assumed=row.assumed,
        body=row.body,
    )


def _key_of_row(row: Row) -> tuple[Any, ...]:
    valid = (row.valid.starts_at, row.valid.ends_at)
    return (row.term, row.function, row.force, valid, json.dumps(row.body, sort_keys=True))


def _key_of_term(term: models.Term) -> tuple[Any, ...]:
    valid = (term.valid.lower, term.valid.upper)
    return (term.term, term.function, term.force, valid, json.dumps(term.body, sort_keys=True))
