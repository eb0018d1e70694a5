"""The front door of finance: budgets opened by a decision, and where money stands."""

from crossforce.finance.choices import ExitShare, ItemSort, State
from crossforce.finance.operations.budgets import (
    NewBudget,
    draft_budget,
    open_budget,
    propose_budget,
)
from crossforce.finance.operations.figures import NewFigure, state_figure
from crossforce.finance.operations.items import NewItem, add_item
from crossforce.finance.operations.posting import NewLine, Posted, post_lines
from crossforce.finance.queries.budgets import Wanted, budgets, opened_by
from crossforce.finance.queries.deciding import (
    ELSEWHERE,
    SPENDING,
    UNREAD,
    NotDecided,
    give_deciding,
    give_reader,
    identifier,
    in_words,
)
from crossforce.finance.queries.totals import Totals, totals
from crossforce.finance.queries.years import Trued, true_ups
from crossforce.finance.rules.decisions import (
    Board,
    Kept,
    refusal_of_decision,
    refusal_of_words,
)
from crossforce.finance.rules.positions import Bearing, Position, bearings

__all__ = [
    "ELSEWHERE",
    "SPENDING",
    "UNREAD",
    "Bearing",
    "Board",
    "ExitShare",
    "ItemSort",
    "Kept",
    "NewBudget",
    "NewFigure",
    "NewItem",
    "NewLine",
    "NotDecided",
    "Position",
    "Posted",
    "State",
    "Totals",
    "Trued",
    "Wanted",
    "add_item",
    "bearings",
    "budgets",
    "draft_budget",
    "give_deciding",
    "give_reader",
    "identifier",
    "in_words",
    "open_budget",
    "opened_by",
    "post_lines",
    "propose_budget",
    "refusal_of_decision",
    "refusal_of_words",
    "state_figure",
    "totals",
    "true_ups",
]
