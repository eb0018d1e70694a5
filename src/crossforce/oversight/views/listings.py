"""Lists of requests, openings and notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.urls import reverse

from crossforce.kernel import clock
from crossforce.kernel.web import dates, lists
from crossforce.oversight import forms, queries
from crossforce.oversight.choices import MARKING
from crossforce.oversight.views import called, words
from crossforce.people import api as people
from crossforce.sharing import api as sharing

TOLD: Final = {"requested": "Access requested", "glass-broken": "Glass broken"}


class Row(NamedTuple):
    """A request, an opening or a notice, with the words for who and for the record, and its page."""

    row: Any
    who: str
    subject: str
    link: str


def who(holder: queries.Holder | None) -> str:
    """Whoever holds a posting, as far as the reader may know."""
    if holder is None:
        return "Nobody any more"
    name = f"{holder.name}, " if holder.name else ""
    return f"{name}{words.role(holder.role)}, {words.organisation(holder.organisation)}"


def posted(holder: queries.Holder | None) -> str:
    """The same with the unit: whom to ring."""
    unit = f", {holder.unit}" if holder and holder.unit else ""
    return who(holder) + unit


def apart(holder: queries.Holder | None, posting: UUID) -> str:
    """The same in a list, where two of one office are told apart by the ends of their postings."""
    is_told = holder is None or holder.name
    return posted(holder) + ("" if is_told else f", posting …{str(posting)[-6:]}")


def state_of(row: Any) -> str:
    """Where a request stands."""
    if row.decided_at is None:
        return "Waits for the holder"
    return "Granted" if row.is_granted else "Refused"


def end_of(row: Any) -> datetime | None:
    """When an opening ends; None for one that never held."""
    return None if row.holds.isempty else row.holds.upper


def is_open(row: Any, at: datetime) -> bool:
    """Whether an opening stands at the instant."""
    return not row.holds.isempty and at in row.holds


def requests(actor: people.Actor, asked: lists.Asked) -> lists.Found:
    """A page of requests."""
    found = sharing.requests(actor)
    rows = list(found[asked.offset : _end(asked)])
    return lists.Found(_with_who(actor, rows), found.count())


def openings(actor: people.Actor, asked: lists.Asked) -> lists.Found:
    """A page of openings."""
    found = sharing.shares(actor)
    rows = list(found[asked.offset : _end(asked)])
    return lists.Found(_with_who(actor, rows), found.count())


def notices(actor: people.Actor, asked: lists.Asked) -> lists.Found:
    """A page of notices."""
    found = queries.notices(actor, clock.now())
    page = found[asked.offset : _end(asked)]
    return lists.Found(
        _called(actor, [(each, apart(each.who, each.posting)) for each in page]), len(found)
    )


def _with_who(actor: people.Actor, rows: Sequence[Any]) -> list[Row]:
    known = queries.holders(actor, {row.posting for row in rows}, clock.now())
    return _called(actor, [(row, apart(known.get(row.posting), row.posting)) for row in rows])


def _called(actor: people.Actor, rows: Sequence[tuple[Any, str]]) -> list[Row]:
    named = called.all_of(actor, [(row.kind, row.record) for row, _ in rows])
    return [
        Row(
            row,
            whom,
            words.called(row.kind, row.record, named),
            called.link(row.kind, row.record, named),
        )
        for row, whom in rows
    ]


def _end(asked: lists.Asked) -> int | None:
    return None if asked.limit is None else asked.offset + asked.limit


def _notice_link(line: Row) -> str:
    name = "oversight:request" if line.row.what == "requested" else "oversight:opening"
    return reverse(name, args=[line.row.identifier])


MARK: Final = lists.Column("marking", "Marking", lambda r: MARKING, export_only=True)
REQUESTS: Final = lists.Listing(
    name="access-requests-OFFICIAL-SENSITIVE",
    columns=[
        MARK,
        lists.Column(
            "at",
            "Asked",
            lambda r: dates.instant(r.row.asked_at),
            lambda r: reverse("oversight:request", args=[r.row.pk]),
        ),
        lists.Column("who", "Who", lambda r: r.who),
        lists.Column("what", "For what", lambda r: r.subject, lambda r: r.link),
        lists.Column("state", "Where it stands", lambda r: state_of(r.row)),
        lists.Column("until", "Until", lambda r: words.until(r.row.until)),
        lists.Column("id", "Identifier", lambda r: r.row.pk, export_only=True),
    ],
)
OPENINGS: Final = lists.Listing(
    name="access-openings-OFFICIAL-SENSITIVE",
    columns=[
        MARK,
        lists.Column(
            "at",
            "Opened",
            lambda r: dates.instant(r.row.given_at),
            lambda r: reverse("oversight:opening", args=[r.row.pk]),
        ),
        lists.Column("who", "To whom", lambda r: r.who),
        lists.Column("what", "What", lambda r: r.subject, lambda r: r.link),
        lists.Column("origin", "How", lambda r: forms.ORIGINS[r.row.origin]),
        lists.Column("until", "Until", lambda r: words.until(end_of(r.row)) or "Never held"),
        lists.Column("id", "Identifier", lambda r: r.row.pk, export_only=True),
    ],
)
NOTICES: Final = lists.Listing(
    name="access-notices-OFFICIAL-SENSITIVE",
    columns=[
        MARK,
        lists.Column("at", "When", lambda r: dates.instant(r.row.at), _notice_link),
        lists.Column("what", "What", lambda r: TOLD[r.row.what]),
        lists.Column("who", "Who", lambda r: r.who),
        lists.Column("subject", "Record", lambda r: r.subject, lambda r: r.link),
        lists.Column("state", "Waits for you", lambda r: "Yes" if r.row.waits else "No"),
        lists.Column("id", "Identifier", lambda r: r.row.identifier, export_only=True),
    ],
)
