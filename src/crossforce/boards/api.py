"""The front door of boards: who governs, what is decided, and the shelves that other apps fill."""

from crossforce.boards.kinds import (
    Asked,
    Came,
    Carried,
    Charge,
    DecisionEffect,
    Made,
    Offered,
    agenda_items,
    decision_effects,
    traces,
)
from crossforce.boards.operations.balloting import Ballot
from crossforce.boards.operations.carrying_out import take_effect
from crossforce.boards.operations.deciding import decide
from crossforce.boards.operations.keeping import NewBoard, add_meeting, plan_meetings, set_up
from crossforce.boards.operations.meetings import attend, hold, set_action
from crossforce.boards.operations.papers import NewPaper, send_out, write
from crossforce.boards.queries.actions import actions
from crossforce.boards.queries.boards import boards, governing_board, sitting
from crossforce.boards.queries.changing import Stretch, coming, standing
from crossforce.boards.queries.cited import (
    Given,
    decision_fault,
    decision_in_words,
    decision_kept,
)
from crossforce.boards.queries.lapsing import first_coming as meetings_coming
from crossforce.boards.queries.lapsing import lapsed as meetings_lapsed
from crossforce.boards.queries.meetings import between as meetings_between
from crossforce.boards.queries.meetings import decision, decisions, shown
from crossforce.boards.queries.meetings import titles as seat_titles
from crossforce.boards.queries.waiting import overdue_actions, waiting_actions
from crossforce.boards.rules.agendas import Due
from crossforce.boards.rules.rolls import Attendance

__all__ = [
    "Asked",
    "Attendance",
    "Ballot",
    "Came",
    "Carried",
    "Charge",
    "DecisionEffect",
    "Due",
    "Given",
    "Made",
    "NewBoard",
    "NewPaper",
    "Offered",
    "Stretch",
    "actions",
    "add_meeting",
    "agenda_items",
    "attend",
    "boards",
    "coming",
    "decide",
    "decision",
    "decision_effects",
    "decision_fault",
    "decision_in_words",
    "decision_kept",
    "decisions",
    "governing_board",
    "hold",
    "meetings_between",
    "meetings_coming",
    "meetings_lapsed",
    "overdue_actions",
    "plan_meetings",
    "seat_titles",
    "send_out",
    "set_action",
    "set_up",
    "shown",
    "sitting",
    "standing",
    "take_effect",
    "traces",
    "waiting_actions",
    "write",
]
