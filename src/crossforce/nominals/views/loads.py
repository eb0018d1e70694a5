"""Loads: files sent, what came of them, and the rows that were refused."""

import json
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.intake import api as intake
from crossforce.kernel import clock, web
from crossforce.kernel.refusals import NotUnderstood
from crossforce.nominals import mapping as documents
from crossforce.nominals.canonical import texts
from crossforce.nominals.choices import MARKING, Row, State
from crossforce.nominals.forms import loading as forms
from crossforce.nominals.jobs import loading as jobs
from crossforce.nominals.mapping import columns_of
from crossforce.nominals.operations import arriving, mending, sources
from crossforce.nominals.operations.arriving import DESK
from crossforce.nominals.queries import loads as reads
from crossforce.people.api import ActingRequest

STATES: Final = {
    State.RUNNING: "Being loaded",
    State.REFUSED: "Refused whole",
    State.DONE: "Loaded",
}
STOPPED: Final = {State.RUNNING: "Stopped before its end"}
AGAIN: Final = "This file was sent before, and is not at its end: this is its load."
COUNTS: Final = {
    "read": "Rows read", "new": "New", "changed": "Changed", "same": "Held already, the same",
    "deleted": "Deleted", "kept": "To be deleted, and kept back", "absent": "Deleted, and not held",
    "ties": "Ties new or changed", "refused": "Refused rows",
}  # fmt: skip
SAID: Final = ("rule", "column", "message", "remedy")
REPORT: Final = ("Marking", "Source", "Row", "Reference", "Rule", "Column", "What is wrong", "What would mend it")  # fmt: skip
COLUMNS: Final = [web.lists.column(title, itemgetter(at)) for at, title in enumerate(REPORT)]
ROWS: Final = {Row.WAITING: "Waits", Row.MENDED: "Mended", Row.GIVEN_UP: "Given up"}


def loaded(request: ActingRequest) -> HttpResponse:
    """What was loaded, the sources, and how many rows wait."""
    may_load, may_keep = reads.may(request.actor)
    context = {
        "loads": [
            (row, *_standing(row, is_alive=is_alive), counted(row.counts))
            for row, is_alive in DESK.standing(lambda: reads.loads(request.actor))
        ],
        "sources": reads.sources(request.actor),
        "waiting": reads.refused(request.actor).total,
        "may_load": may_load,
        "may_keep": may_keep,
        "marking": MARKING,
    }
    return web.page(request, "nominals/loads.html", context)


def counted(counts: dict[str, Any]) -> list[tuple[str, str]]:
    """Counts in words, in their order."""
    return [(words, f"{counts[name]:,}") for name, words in COUNTS.items() if counts.get(name)]


def send(request: ActingRequest) -> HttpResponse:
    """Send a file."""
    kept = {str(each.pk): each for each in reads.sources(request.actor)}
    form = forms.Upload(request.POST or None, request.FILES or None)
    field: Any = form.fields["source"]
    field.choices = [("", "Choose one"), *((key, each.title) for key, each in kept.items())]
    if form.is_valid():
        given = form.cleaned_data
        upload = given["file"]
        file = intake.Arrived(kept[given["source"]].text, upload.name, upload.chunks())
        key, is_new = arriving.receive(actor=request.actor, file=file, at=clock.now())
        jobs.LINE.run(request.actor, key)
        if not is_new:
            messages.info(request, AGAIN)
        return redirect("nominals:load", key)
    context = {"marking": MARKING, "sources": kept}
    return web.form_page(request, "nominals/load-send.html", form, context)


def show(request: ActingRequest, key: UUID) -> HttpResponse:
    """What came of a load, and the rows of it that were refused."""
    progress = DESK.waiting.progress(key)
    row = reads.load(request.actor, key)
    found = reads.refused(request.actor, load=key, state="", page=_page(request))
    context = {
        "row": row,
        "stands": _standing(row, is_alive=progress.is_alive)[0],
        "counts": counted(row.counts),
        "rules": _rules(row.quality),
        "found": found,
        "rows": [_told(each) for each in found.rows],
        "marking": MARKING,
    }
    return intake.page(request, "nominals/load.html", context, desk=DESK, progress=progress)


@require_POST
def run(request: ActingRequest, key: UUID) -> HttpResponse:
    """Go on with a load that stopped."""
    DESK.require_open(request.actor, key)
    jobs.LINE.run(request.actor, key)
    return redirect("nominals:load", key)


def _standing(row: Any, *, is_alive: bool) -> tuple[str, bool]:
    """How a load stands, in words; and whether it stopped, and can be gone on with."""
    return intake.standing(row, is_alive=is_alive, states=STATES, stopped=STOPPED)


def _rules(quality: dict[str, Any]) -> list[tuple[str, int]]:
    """How often each rule refused a row, the most frequent first."""
    refused = quality.get("refused", {})
    return sorted(
        ((rule, sum(by.values())) for rule, by in refused.items()), key=lambda e: -e[1]
    )


def _told(row: Any) -> tuple[Any, str, list[dict[str, str]]]:
    return row, str(ROWS[Row(row.state)]), row.reasons


def _page(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    if not said.isdecimal() or not 1 <= int(said) <= 100_000:
        raise NotUnderstood("There is no such page.")
    return int(said)


def rows(request: ActingRequest) -> HttpResponseBase:
    """Every refused row that waits."""
    if request.GET.get("format") == "csv":
        return _as_csv(reads.taken_out(request.actor, page=_page(request)).rows)
    found = reads.refused(request.actor, page=_page(request))
    context = {"found": found, "rows": [_told(each) for each in found.rows], "marking": MARKING}
    return web.page(request, "nominals/rows.html", context)


def _as_csv(rows: list[Any]) -> HttpResponseBase:
    cells = (
        (MARKING, each.source, each.row, each.row_reference, *(reason[name] for name in SAID))
        for each in rows
        for reason in each.reasons
    )
    return web.downloads.csv(f"refused-rows-{MARKING}.csv", COLUMNS, cells)


def mend(request: ActingRequest, key: UUID) -> HttpResponse:
    """Correct the cells of a refused row, and load it."""
    held = reads.refused_row(request.actor, key)
    if held is None:
        raise mending.NoSuchRow
    of = sources.understood(mending.mapping_of(request.actor, held))
    columns = _cells(held.cells, of)
    form = forms.Cells(request.POST or None, columns=columns, first=columns_of(of))
    reasons = held.reasons
    if form.is_valid():
        given = {name: texts.meant(text) for name, text in form.cells().items()}
        cells = _read(given, held.cells)
        outcome = mending.replay(
            actor=request.actor,
            row=key,
            version=web.forms.version_sent(request),
            cells=cells,
            at=clock.now(),
        )
        if not outcome.refused and not outcome.findings:
            messages.success(request, f"Row {held.row} is mended and loaded.")
            return redirect("nominals:load", held.load)
        return redirect("nominals:row", key)
    context = {"held": held, "stands": ROWS[Row(held.state)], "reasons": reasons, "marking": MARKING,
               "is_waiting": held.state == Row.WAITING, "kind": of.kind, "line": texts.shown(_text(held.cells.get("line", ""))), "give_up": web.forms.bare(request, version=held.version)}  # fmt: skip
    return web.form_page(request, "nominals/row.html", form, context, version=held.version)


def _cells(cells: dict[str, Any], of: documents.Mapping) -> dict[str, str]:
    """The cells to be corrected, as texts; of a row that was no row, those that the mapping reads."""
    if set(cells) == {"line"}:
        cells = dict.fromkeys(columns_of(of), "") if of.file.type == "csv" else cells
    return {name: texts.shown(_text(value)) for name, value in cells.items()}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _read(given: dict[str, str], before: dict[str, Any]) -> dict[str, Any]:
    """What was written, as the row had it: a list or an object of JSON is read again."""
    if set(given) == {"line"}:
        return _object(given["line"])
    found: dict[str, Any] = {}
    for name, text in given.items():
        is_text = isinstance(before.get(name, ""), str)
        found[name] = text if is_text else _json(text)
    return found


def _object(text: str) -> dict[str, Any]:
    found = _json(text)
    if not isinstance(found, dict):
        raise NotUnderstood("The row is no object of JSON.")
    return found


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise NotUnderstood(f"{text[:40]!r} is not JSON: {error}.") from None


@require_POST
def give_up(request: ActingRequest, key: UUID) -> HttpResponse:
    """Leave a refused row away for good."""
    held = reads.refused_row(request.actor, key)
    if held is None:
        raise mending.NoSuchRow
    seen = web.forms.version_sent(request)
    mending.give_up(actor=request.actor, row=key, version=seen, at=clock.now())
    return redirect("nominals:load", held.load)
