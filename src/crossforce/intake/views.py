"""How a file stands that is brought in, on the page of its service: it looks again by itself while somebody is at work."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from crossforce.intake.choices import OPEN, State
from crossforce.intake.operations.desk import Desk
from crossforce.intake.operations.waiting import Standing
from crossforce.intake.rules import looks_again_after
from crossforce.kernel import clock, web
from crossforce.people.api import ActingRequest

Words = Mapping[State, str]


def standing(row: Any, *, is_alive: bool, states: Words, stopped: Words) -> tuple[str, bool]:
    """How a file stands, in words; and whether it stopped, and can be gone on with."""
    state = State(row.state)
    if state is State.REHEARSED and is_alive:  # it was sent again, or its check is just ending
        state = State.CHECKING
    is_stopped = state in stopped and not is_alive
    return (stopped if is_stopped else states)[state], is_stopped


def page(
    request: ActingRequest,
    template: str,
    context: dict[str, Any],
    *,
    desk: Desk[Any],
    progress: Standing,
) -> HttpResponse:
    """The page of a file, whose record is the context's `row`. Its progress was asked for before the record was read.

    So what ends in between is seen at its end.
    """
    row = context["row"]
    is_open = row.state in OPEN
    is_at_work = is_open and progress.is_alive
    can_go_on = is_open and not progress.is_alive and desk.waiting.is_here(row.pk)
    refreshes = is_at_work and request.GET.get("refresh") != "no"
    beside = {
        "state": State(row.state),
        "step": progress.step,
        "is_open": is_open,
        "is_in_line": progress.is_in_line,
        "is_at_work": is_at_work,
        "refreshes": refreshes,
        "can_go_on": can_go_on,
        "run": web.forms.bare(request) if can_go_on else None,
    }
    answer = web.page(request, template, {**context, **beside})
    if refreshes:
        answer["Refresh"] = str(looks_again_after(clock.now() - row.changed_at))
    return answer
