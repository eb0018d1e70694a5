"""Triggers by which the database repeats a record elsewhere and takes it away again, made for each kind.

They work on all rows that a statement wrote at once, so that bringing in many is no dearer by the row
than it must be. What they write is read from the declaration of the kind, once, when they are made.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.db import models
from psycopg import sql

from crossforce.kernel import database, guarded_policies, registry
from crossforce.kernel.registry import RecordKind
from crossforce.records.governed import GovernedRecord

LONGEST_TITLE, LONGEST_TEXT = 300, 50_000
BEGUN: Final = sql.SQL("""
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $follow$
BEGIN
  -- An identifier that is taken already, by whatever kind, is a unique violation.
  INSERT INTO public.records_pointer (id, kind, scope_id, title, fields)
  SELECT w.id, {kind}, w.scope_id, left({title}, {longest_title}), {fields} FROM written w;
  {searched}
  RETURN NULL;
END $follow$""")
FOLLOW: Final = sql.SQL("""
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $follow$
DECLARE changed bigint;
BEGIN
  INSERT INTO public.records_pointer AS p (id, kind, scope_id, title, fields)
  SELECT w.id, {kind}, w.scope_id, left({title}, {longest_title}), {fields} FROM written w
  ON CONFLICT (id) DO UPDATE SET scope_id = excluded.scope_id, title = excluded.title, fields = excluded.fields
   WHERE (p.scope_id, p.title, p.fields) IS DISTINCT FROM (excluded.scope_id, excluded.title, excluded.fields)
     AND p.kind = excluded.kind;
  GET DIAGNOSTICS changed = ROW_COUNT;
  -- As a sub-select, so that it is looked up by its key whatever plan was made when.
  IF changed < (SELECT count(*) FROM written) AND EXISTS (
    SELECT FROM written w
     WHERE (SELECT p.kind FROM public.records_pointer p WHERE p.id = w.id) IS DISTINCT FROM {kind}) THEN
    RAISE EXCEPTION 'the identifier is taken' USING ERRCODE = 'unique_violation';
  END IF;
  {searched}
  RETURN NULL;
END $follow$""")
SEARCHED: Final = sql.SQL("""
  INSERT INTO public.records_searched AS s (id, kind, scope_id, shown, text, words, shown_words)
  SELECT each.id, {kind}, each.scope_id, each.shown, each.text, to_tsvector('simple', each.text),
         to_tsvector('simple', each.shown)
    FROM (SELECT w.id, w.scope_id, {shown} AS shown, left({text}, {longest_text}) AS text FROM written w) each{again};""")
AGAIN: Final = sql.SQL("""
  ON CONFLICT (id) DO UPDATE
     SET scope_id = excluded.scope_id, shown = excluded.shown, text = excluded.text,
         words = excluded.words, shown_words = excluded.shown_words
   WHERE (s.scope_id, s.shown, s.text) IS DISTINCT FROM (excluded.scope_id, excluded.shown, excluded.text)""")
"""Of a record that is begun there are no words yet, so that it is spared the look."""
WRITTEN: Final = {
    "records_follow": ("AFTER INSERT", BEGUN),
    "records_follow_change": ("AFTER UPDATE", FOLLOW),
}
MOVED: Final = "WHEN (OLD.scope_id IS DISTINCT FROM NEW.scope_id)"
OTHER_ENDS: Final = "WHEN ((OLD.one, OLD.other) IS DISTINCT FROM (NEW.one, NEW.other))"
EACH: Final = "FOR EACH ROW"
TOGETHER: Final = "REFERENCING NEW TABLE AS written FOR EACH STATEMENT"
TOLD: Final = {
    "INSERT": TOGETHER,
    "UPDATE": "REFERENCING OLD TABLE AS stood NEW TABLE AS written FOR EACH STATEMENT",
}


def follow(cursor: Any, model: Any) -> None:
    """The triggers of one guarded table, and of the states of its rows."""
    table = model._meta.db_table
    kind = registry.record_kinds.get(model.record_kind)
    assert kind is not None, model
    for name, (when, body) in WRITTEN.items():
        function = f"{name}_{table}"
        cursor.execute(_function(body, function, kind, model))
        revoke(cursor, f"ALL ON FUNCTION {function}()")
        trigger(cursor, name, table, when, function, how=TOGETHER)
    moved = f"{EACH} {MOVED}"
    trigger(cursor, "records_moved", table, "AFTER UPDATE", "records_moved", how=moved)
    _follow_ends(cursor, table, kind)
    states = [each._meta.db_table for each in guarded_policies.histories(model)]
    is_record = issubclass(model, GovernedRecord)
    gone = states * is_record
    trigger(cursor, "records_forget", table, "AFTER DELETE", "records_forget", gone)
    if is_record:
        trigger(cursor, "records_keep", table, "BEFORE DELETE", "records_keep", states)
        for does, how in TOLD.items():
            name = f"records_told_{does.lower()}"
            trigger(cursor, name, table, f"AFTER {does}", "records_told", how=how)
        for state in states:
            changed = "BEFORE UPDATE OR DELETE"
            given = [table, *kind.sheds]
            trigger(cursor, "records_states", state, changed, "records_states", given)
            revoke(cursor, f"UPDATE, DELETE, TRUNCATE ON {state}")
        _shed(cursor, table, [*states, *kind.sheds] if kind.sheds else [])


def _shed(cursor: Any, table: str, given: Sequence[str]) -> None:
    """The trigger that erases from the states what a record says no longer, where its kind has fields of which that holds."""
    if given:
        trigger(cursor, "records_shed", table, "AFTER UPDATE", "records_shed", given)
    else:
        cursor.execute(named("DROP TRIGGER IF EXISTS records_shed ON {}", table))


def _follow_ends(cursor: Any, table: str, kind: RecordKind) -> None:
    """The triggers of a table whose records stand between two others."""
    if kind.ends:
        given = [kind.name, *kind.ends]
        begun, stay = "records_ends_begun", "records_ends_stay"
        trigger(cursor, begun, table, "AFTER INSERT", begun, given, how=TOGETHER)
        trigger(cursor, stay, table, "BEFORE UPDATE", stay, how=f"{EACH} {OTHER_ENDS}")


def trigger(
    cursor: Any,
    name: str,
    table: str,
    when: str,
    function: str,
    given: Sequence[str] = (),
    *,
    how: str = EACH,
) -> None:
    """A trigger that fires always, in place of the one of its name."""
    cursor.execute(named("DROP TRIGGER IF EXISTS {} ON {}", name, table))
    listed = sql.SQL(", ").join(map(sql.Literal, given))
    made = named("CREATE TRIGGER {} ", name) + sql.SQL(when) + named(" ON {} ", table)
    made += sql.SQL(how) + named(" EXECUTE FUNCTION {}(", function) + listed + sql.SQL(")")
    cursor.execute(made)
    cursor.execute(named("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}", table, name))


def revoke(cursor: Any, rights: str) -> None:
    """The application has not these rights."""
    role = sql.Identifier(database.plan().application.user)
    cursor.execute(sql.SQL(f"REVOKE {rights} FROM PUBLIC, ") + role)


def named(statement: str, *names: str) -> sql.Composed:
    """The statement with names quoted."""
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def _function(
    body: sql.SQL, name: str, kind: RecordKind, model: type[models.Model]
) -> sql.Composed:
    columns = {each.column: each for each in model._meta.concrete_fields}

    def said(field: str) -> sql.Composable:
        """The value as JSON would write it, without its quotation marks."""
        column = columns.get(field)
        if column is None:
            return sql.SQL("NULL::text")
        value = named("w.{}", field)
        if isinstance(column, models.CharField | models.TextField):
            return value + sql.SQL("::text")
        return sql.SQL("(to_jsonb(") + value + sql.SQL(") #>> '{}')")

    def joined(fields: Sequence[str]) -> sql.Composed:
        if not fields:
            return sql.Composed([sql.SQL("''")])
        return sql.SQL("concat_ws(' ', {})").format(sql.SQL(", ").join(map(said, fields)))

    parts = [
        sql.Composed(
            [
                sql.Literal(each),
                sql.SQL(", "),
                named("w.{}", each) if each in columns else sql.NULL,
            ]
        )
        for each in kind.pointer_fields
    ]
    title = (
        sql.SQL("coalesce({}, '')").format(said(kind.title_field))
        if kind.title_field in kind.pointer_fields
        else sql.Literal("")
    )
    searched = SEARCHED.format(
        kind=sql.Literal(kind.name),
        shown=joined(kind.pointer_fields),
        text=joined(kind.search_fields),
        longest_text=sql.Literal(LONGEST_TEXT),
        again=AGAIN if body is FOLLOW else sql.SQL(""),
    )
    return body.format(
        function=sql.Identifier(name),
        kind=sql.Literal(kind.name),
        title=title,
        longest_title=sql.Literal(LONGEST_TITLE),
        fields=sql.SQL("jsonb_build_object({})").format(sql.SQL(", ").join(parts)),
        searched=searched if kind.search_fields else sql.SQL(""),
    )
