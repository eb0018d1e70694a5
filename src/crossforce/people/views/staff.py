"""Pages of staff and their accounts."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.kernel import civil, clock, registry, web
from crossforce.kernel.web import dates, jinja, lists
from crossforce.people import forms, models, operations, queries
from crossforce.people.choices import EmploymentKind
from crossforce.people.rules import catalogue
from crossforce.people.rules.powers import require
from crossforce.people.views.acting import ActingRequest, asked, back_to

ADMINISTER = "people.administer"


def titles(items: catalogue.Catalogue) -> list[tuple[str, str]]:
    """Codes and titles for a filter, by title."""
    pairs = ((code, jinja.in_language(item.title)) for code, item in items.items())
    return sorted(pairs, key=lambda pair: pair[1])


def today_titles(name: str) -> list[tuple[str, str]]:
    """The titles of one of today's catalogues."""
    return titles(getattr(catalogue, name)(civil.day_of(clock.now())))


def states() -> list[tuple[str, str]]:
    """Which staff a list may show."""
    return [("left", "Those who have left"), ("all", "Everyone")]


def address_of(row: models.Staff) -> str:
    """The page of a person."""
    return reverse("people:show", args=[row.pk])


def _postings(row: models.Staff) -> str:
    known = catalogue.roles(civil.day_of(clock.now()))
    held: list[models.Posting] = getattr(row, "held", [])
    return "; ".join(_in_words(posting, known) for posting in held)


def _in_words(posting: models.Posting, known: catalogue.Catalogue) -> str:
    role = known[posting.role].title.en if posting.role in known else posting.role
    return f"{role}, {posting.unit.name_en}" if posting.unit else role


LISTING = lists.Listing(
    name="people",
    columns=[
        lists.Column("name", "Name", lambda r: r.name, address_of, sortable=True),
        lists.Column("number", "Number", lambda r: r.number, sortable=True),
        lists.Column("rank", "Rank or grade", lambda r: r.rank, sortable=True),
        lists.Column("postings", "Postings", _postings),
        lists.Column(
            "joined", "Since", lambda r: dates.day(civil.day_of(r.starts_at)), sortable=True
        ),
        lists.Column("kind", "Works as", lambda r: r.kind, export_only=True),
        lists.Column("ends_at", "Until", lambda r: r.ends_at, export_only=True),
        lists.Column("id", "Identifier", lambda r: r.pk, export_only=True),
    ],
    filters=[
        lists.Filter("q", "Name or number"),
        lists.Filter("role", "Role", choices=partial(today_titles, "roles")),
        lists.Filter("unit", "Unit", hint="Its code, for example tri-force-sou"),
        lists.Filter("skill", "Skill in date", choices=partial(today_titles, "skills")),
        lists.Filter("authority", "Authority", choices=partial(today_titles, "authorities")),
        lists.Filter("state", "Which", choices=states, empty="Those who serve now"),
    ],
    sort="name",
)


def staff(request: ActingRequest) -> HttpResponseBase:
    """The organisation's staff."""
    at = clock.now()
    may_add = request.actor.may(ADMINISTER)
    query = partial(queries.listed, request.actor, at=at)
    return LISTING.answer(request, query, "people/list.html", {"may_add": may_add})


def show(request: ActingRequest, staff: UUID) -> HttpResponse:
    """Everything noted of one person."""
    at = clock.now()
    on = civil.day_of(at)
    record = queries.record(request.actor, staff, at)
    context = {
        "record": record,
        "may": request.actor.may,
        "close": _button_to_close(request, record),
        "reinstate": {
            held.row.pk: web.forms.bare(request, version=held.row.version)
            for held in record.authorities
            if held.row.suspended_at
        },
        "at": at,
        "roles": catalogue.roles(on),
        "skills": catalogue.skills(on),
        "authorities": catalogue.authorities(on),
        "clearances": catalogue.clearances(on),
        "kinds": forms.KINDS,
        "pages": [page for page in registry.record_pages if page.needs == "read"],
    }
    return web.page(request, "people/show.html", context)


def _button_to_close(request: ActingRequest, record: queries.Record) -> web.forms.Drawn | None:
    is_open = record.account is not None and record.account.is_active
    return web.forms.bare(request) if is_open and request.actor.may(ADMINISTER) else None


def history(request: ActingRequest, staff: UUID) -> HttpResponse:
    """How one person's particulars changed."""
    row, changes = queries.history(request.actor, staff)
    context = {"staff": row, "changes": changes, "shown": _as_shown}
    return web.page(request, "people/history.html", context)


def _as_shown(value: object) -> str:
    if isinstance(value, datetime):
        return dates.instant(value)
    return "" if value is None else str(value)


def add(request: ActingRequest) -> HttpResponse:
    """Enter someone."""
    require(request.actor, ADMINISTER)
    form = forms.AddStaff(request.POST or None, initial={"kind": EmploymentKind.OFFICER.value})
    if form.is_valid():
        row = operations.add_staff(
            actor=request.actor,
            organisation=request.actor.organisation,
            particulars=form.particulars,
            period=form.period,
            at=clock.now(),
        )
        return back_to(row.pk)
    context = {"button": "Add", "staff": None, "title": "Add a member of staff"}
    return web.form_page(request, "people/form.html", form, context)


def edit(request: ActingRequest, staff: UUID) -> HttpResponse:
    """Change what is noted of someone."""
    row = queries.changeable(request.actor, staff, ADMINISTER)
    initial = {name: getattr(row, name) for name in forms.Particulars.base_fields}
    form = forms.Particulars(request.POST or None, initial=initial)

    def save() -> None:
        operations.edit_staff(
            actor=request.actor,
            staff=staff,
            version=web.forms.version_sent(request),
            particulars=form.particulars,
            at=clock.now(),
        )

    words = (f"Change {row.name}", "Save")
    return asked(request, form, save, staff=row, words=words, version=row.version)


def end(request: ActingRequest, staff: UUID) -> HttpResponse:
    """Someone leaves."""
    row = queries.changeable(request.actor, staff, ADMINISTER)
    form = forms.Ending(request.POST or None)

    def save() -> None:
        operations.end_staff(
            actor=request.actor,
            staff=staff,
            version=web.forms.version_sent(request),
            ends_at=form.ends_at,
            at=clock.now(),
        )

    words = (f"{row.name} leaves", "Record the last day")
    return asked(request, form, save, staff=row, words=words, version=row.version)


def open_account(request: ActingRequest, staff: UUID) -> HttpResponse:
    """Let someone sign in."""
    row = queries.changeable(request.actor, staff, ADMINISTER)
    form = forms.OpenAccount(request.POST or None, initial={"email": row.email})

    def save() -> None:
        operations.open_account(
            actor=request.actor, staff=staff, credentials=form.credentials, at=clock.now()
        )

    words = (f"Open an account for {row.name}", "Open the account")
    return asked(request, form, save, staff=row, words=words)


@require_POST
def close_account(request: ActingRequest, account: UUID) -> HttpResponse:
    """Stop someone's account."""
    row = operations.close_account(actor=request.actor, account=account, at=clock.now())
    assert row.staff_id
    return back_to(row.staff_id)
