"""How the rows of each kind are written by the hundred, and where the database keeps what belongs to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.worlds.model import Row

OLD = "'2015-04-01T00:00:00Z'"
GIVEN = "unnest(%s::uuid[], %s::int[], %s::text[], %s::int[], %s::uuid[]) AS r (id, scope, words, parts, staff)"
BY = "(SELECT coalesce('staff:' || me.staff, me.role) FROM access_acting() me)"


@dataclass(frozen=True)
class Table:
    """The table of a kind: what holds a row's words and parts, what a blind change sets, how rows are written."""

    kind: str
    model: str
    name: str
    history: str
    words: str
    insert: str
    blind: str
    parts: str

    def values(
        self, rows: Sequence[Row], scopes: Sequence[int], staff: UUID
    ) -> list[list[Any]]:
        """The rows as the arrays that `insert` takes."""
        return [
            [row.id for row in rows],
            list(scopes),
            [row.words for row in rows],
            [row.parts for row in rows],
            [row.scope.person or staff for row in rows],
        ]


SKILL = Table(
    kind="people.skill",
    model="people.Skill",
    name="people_skill",
    history="people_skillevent",
    words="evidence",
    blind="changed_by = 'blind'",
    parts="substr(code, 2, 1)::int",
    insert=f"""
        INSERT INTO people_skill
               (id, scope_id, evidence, code, staff_id, version, starts_at, changed_at, changed_by)
        SELECT id, scope, words, 's' || parts || id, staff, 1, {OLD}, {OLD}, 'worlds' FROM {GIVEN}
    """,
)
AUTHORITY = Table(
    kind="people.authority",
    model="people.Authority",
    name="people_authority",
    history="people_authorityevent",
    words="conditions",
    blind="changed_by = 'blind'",
    parts="substr(code, 2, 1)::int",
    insert=f"""
        INSERT INTO people_authority
               (id, scope_id, conditions, code, staff_id, version, starts_at, changed_at, changed_by,
                granted_by, suspended_by, suspended_because)
        SELECT id, scope, words, 'a' || parts || id, staff, 1, {OLD}, {OLD}, 'worlds', 'worlds', '', ''
          FROM {GIVEN}
    """,
)
PEOPLE: Mapping[str, Table] = {each.kind: each for each in (SKILL, AUTHORITY)}


def _record(name: str, words: str, more: str = "", values: str = "") -> Table:
    return Table(
        kind=f"records.{name}",
        model=f"records.{name.capitalize()}",
        name=f"records_{name}",
        history=f"records_{name}event",
        words=words,
        parts="body::int",
        blind=f"changed_by = {BY}",
        insert=f"""
            INSERT INTO records_{name}
                   (id, scope_id, {words}, body, purposes, version, disposal, source_system,
                    source_reference, review_group, proposed_by, created_at, created_by, changed_at,
                    changed_by{more})
            SELECT id, scope, words, parts::text, '{{prevent-offences}}', 1, 'kept', '', '', '', '',
                   {OLD}, {BY}, {OLD}, {BY}{values}
              FROM {GIVEN}
        """,
    )


RECORDS: Mapping[str, Table] = {
    each.kind: each
    for each in (
        _record("note", "subject"),
        _record("document", "name", ", reference_number", ", ''"),
        _record("request", "subject", ", asked_of, answer", ", '', ''"),
    )
}
