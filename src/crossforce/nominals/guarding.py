"""What the database itself does for nominals: the feed, put up by the owner after each `migrate`."""

from typing import Any, Final

from crossforce.kernel import guarded_policies
from crossforce.nominals.choices import FOLLOWED
from crossforce.records import api as records

OPEN: Final = (
    "nominals_fed(text, text)",
    "nominals_fed_in(text, text)",
    "nominals_following(text, text)",
    "nominals_asked(text, text)",
    "nominals_emptied(text, text)",
    "nominals_leads(text, text)",
    "nominals_likened(text, text)",
    "nominals_met(uuid[])",
    "nominals_news_of()",
    "nominals_news_seen(uuid)",
    "nominals_noticed(text, text)",
    "nominals_reach_of(text, text)",
    "nominals_sides(text, text)",
    "nominals_reach(text[])",
    "nominals_whole(text, text)",
    "nominals_staging_dropped()",
    "nominals_staging_made()",
    "nominals_staging_measured()",
)
"""What the application may call: all but the numbers of one's own scopes under seal."""
OWN: Final = ("nominals_feed", "nominals_follower", "nominals_news", "nominals_searchedscope")
TABLES: Final = {
    "nominals.person": "nominals_person",
    "nominals.object": "nominals_object",
    "nominals.location": "nominals_location",
    "nominals.interest": "nominals_interest",
}
TRIGGER: Final = """
CREATE OR REPLACE TRIGGER nominals_feeds_{event} AFTER {event} ON {table}
  REFERENCING {rows} TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION nominals_feeds('{kind}');
ALTER TABLE {table} ENABLE ALWAYS TRIGGER nominals_feeds_{event};
"""
LIKENESS: Final = "nominals_likeness"
LIKENESSES: Final = {"between": ("SELECT", records.BOTH_READ, "")}
WEIGHED: Final = "nominals_weighed"
KEPT: Final = """EXISTS (SELECT FROM nominals_match m WHERE m.id = nominals_weighed.match)
 AND EXISTS (SELECT FROM records_ends e WHERE e.record = nominals_weighed.match AND {both_read})"""
"""Whoever sees the match and reads both its ends, where these are today."""
WEIGHTS: Final = {"decided": ("SELECT", KEPT.format(both_read=records.BOTH_READ), "")}
WEIGHS: Final = """
CREATE OR REPLACE TRIGGER nominals_weighed_first AFTER INSERT ON nominals_match FOR EACH ROW
  WHEN (NEW.first_by <> '' OR NEW.decided_by <> '') EXECUTE FUNCTION nominals_weighed();
ALTER TABLE nominals_match ENABLE ALWAYS TRIGGER nominals_weighed_first;
CREATE OR REPLACE TRIGGER nominals_weighed AFTER UPDATE ON nominals_match FOR EACH ROW
  WHEN ((NEW.first_by <> '' OR NEW.decided_by <> '')
    AND (OLD.state, OLD.first_at, OLD.decided_at) IS DISTINCT FROM (NEW.state, NEW.first_at, NEW.decided_at))
  EXECUTE FUNCTION nominals_weighed();
ALTER TABLE nominals_match ENABLE ALWAYS TRIGGER nominals_weighed;
CREATE OR REPLACE TRIGGER nominals_unweighed AFTER DELETE ON nominals_match
  REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION nominals_unweighed();
ALTER TABLE nominals_match ENABLE ALWAYS TRIGGER nominals_unweighed;
"""
LIKENED: Final = """
CREATE OR REPLACE TRIGGER nominals_unlikened AFTER DELETE ON nominals_person
  REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION nominals_unlikened();
ALTER TABLE nominals_person ENABLE ALWAYS TRIGGER nominals_unlikened;
CREATE OR REPLACE TRIGGER nominals_likeness_moved AFTER UPDATE ON nominals_person FOR EACH ROW
  WHEN (OLD.scope_id IS DISTINCT FROM NEW.scope_id) EXECUTE FUNCTION nominals_likeness_moved();
ALTER TABLE nominals_person ENABLE ALWAYS TRIGGER nominals_likeness_moved;
"""
FEW: Final = """
CREATE OR REPLACE TRIGGER registered_few AFTER INSERT ON nominals_interest
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION nominals_few();
ALTER TABLE nominals_interest ENABLE ALWAYS TRIGGER registered_few;
"""
"""Its name comes after that of the trigger that keeps states, which it counts."""
BEGUN: Final = """
CREATE OR REPLACE TRIGGER nominals_interest_begun AFTER INSERT ON nominals_interest FOR EACH ROW
  WHEN (NEW.scheme = 'record') EXECUTE FUNCTION nominals_interest_begun();
ALTER TABLE nominals_interest ENABLE ALWAYS TRIGGER nominals_interest_begun;
"""
EVENTS: Final = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
FOLLOWS: Final = """INSERT INTO nominals_follower (name, kinds, identity) VALUES (%s, %s, gen_random_uuid())
    ON CONFLICT (name) DO UPDATE SET kinds = excluded.kinds"""


def install(cursor: Any) -> None:
    """Bring functions, rights, triggers and followers up to date, as the owner."""
    guarded_policies.functions(cursor, __package__, OPEN)
    for table in OWN:
        guarded_policies.rights(cursor, table)
        guarded_policies.secure(cursor, table, {})
    guarded_policies.rights(cursor, LIKENESS, "SELECT")
    guarded_policies.secure(cursor, LIKENESS, LIKENESSES)
    guarded_policies.rights(cursor, WEIGHED, "SELECT")
    guarded_policies.secure(cursor, WEIGHED, WEIGHTS)
    cursor.execute(LIKENED)
    cursor.execute(WEIGHS)
    cursor.execute(FEW)
    cursor.execute(BEGUN)
    for kind, table in TABLES.items():
        for event, rows in EVENTS.items():
            cursor.execute(TRIGGER.format(event=event, table=table, rows=rows, kind=kind))
    cursor.executemany(FOLLOWS, [(name, list(kinds)) for name, kinds in FOLLOWED.items()])
