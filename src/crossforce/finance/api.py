"""The front door of finance: budgets opened by a decision, and where money stands."""

from crossforce.finance.choices import ExitShare, ItemSort, State
from crossforce.finance.operations.budgets import (
    NewBudget,
    draft_budget,
    open_budget,
    propose_budget,
)
from crossforce.finance.operations.items import NewItem, add_item
from crossforce.finance.operations.posting import NewLine, Posted, post_lines
from crossforce.finance.queries.budgets import Wanted, budgets
from crossforce.finance.queries.deciding import (
    ELSEWHERE,
    SPENDING,
    Board,
    Kept,
    NotDecided,
    give_deciding,
    give_reader,
    identifier,
)
from crossforce.finance.queries.totals import Totals, totals
from crossforce.finance.queries.years import Trued, true_ups
from crossforce.finance.rules.positions import Bearing, Position, bearings

__all__ = [
    "ELSEWHERE",
    "SPENDING",
    "Bearing",
    "Board",
    "ExitShare",
    "ItemSort",
    "Kept",
    "NewBudget",
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
    "open_budget",
    "post_lines",
    "propose_budget",
    "totals",
    "true_ups",
]
