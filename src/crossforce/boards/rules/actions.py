"""Actions that a board sets: whose office, by when, and what has become of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crossforce.boards.choices import ActionStanding, ActionState
from crossforce.boards.rules.agendas import Due
from crossforce.boards.rules.days import WorkingDays, beyond
from crossforce.boards.rules.reasons import Reason, counted


@dataclass(frozen=True, slots=True)
class Action:
    """What an office is to do by a day; `item` is what it came of, `ended_on` when it was done or dropped."""

    reference: str
    what: str
    owner: str
    set_on: date
    due_on: date
    state: ActionState = ActionState.OPEN
    ended_on: date | None = None
    item: str = ""


def standing(action: Action, on: date, days: WorkingDays, soon: int) -> ActionStanding:
    """How the action stands on the day; overdue from the day after it was due."""
    if action.state is not ActionState.OPEN:
        return ActionStanding(action.state.value)
    if on > action.due_on:
        return ActionStanding.OVERDUE
    if on >= days.before(action.due_on, soon):
        return ActionStanding.DUE_SOON
    return ActionStanding.OPEN


def overdue_by(action: Action, on: date, days: WorkingDays) -> int:
    """Working days for which an open action has been overdue."""
    if action.state is not ActionState.OPEN:
        return 0
    return days.between(action.due_on, on)


def refusal_to_set(action: Action, seats: Iterable[str], who: str) -> Reason | None:
    """Why the board cannot set this action; None where it can. An action belongs to a seat; `who` is what its owner is called."""
    if action.owner not in set(seats):
        return Reason(
            f"{who or 'Nobody'} has no seat on this board",
            "Give the action to an office that sits.",
        )
    if action.due_on < action.set_on:
        return Reason("The action is due before it was set", "Choose a later day.")
    return beyond(action.due_on)


def refusal_to_end(action: Action, state: ActionState, on: date, said: str) -> Reason | None:
    """Why the action cannot be ended so; None where it can."""
    if action.state is not ActionState.OPEN:
        return Reason(f"This action is {action.state.value} already")
    if state is ActionState.OPEN:
        return Reason("An action ends by being done or dropped")
    if on < action.set_on:
        return Reason("The action was not set yet on that day", "Choose a later day.")
    if not said.strip():
        return Reason("Nothing says what was done or why it is dropped", "Say it.")
    return None


def arising(actions: Iterable[Action], meets_on: date, days: WorkingDays) -> tuple[Due, ...]:
    """The open actions that the meeting must hear of, with how late each is."""
    found = []
    for action in actions:
        if action.state is ActionState.OPEN:
            late = overdue_by(action, meets_on, days)
            why = f"overdue by {counted(late, 'working day')}" if late else "open"
            found.append(
                Due(
                    action.reference,
                    "action",
                    f"{action.what} ({action.owner})",
                    action.due_on,
                    why,
                )
            )
    return tuple(found)
