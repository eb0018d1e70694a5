"""Shape and wording of what the pages of finance ask."""

from crossforce.finance.forms.budgets import BudgetChanged, BudgetGiven, DecisionGiven
from crossforce.finance.forms.fields import choose
from crossforce.finance.forms.figures import FigureCorrected, FigureGiven, FiguresUpload
from crossforce.finance.forms.invoices import PartGiven, ReasonGiven, SettlementGiven
from crossforce.finance.forms.items import EndGiven, ItemGiven
from crossforce.finance.forms.lines import BudgetsUpload, LineGiven, Upload

__all__ = [
    "BudgetChanged",
    "BudgetGiven",
    "BudgetsUpload",
    "DecisionGiven",
    "EndGiven",
    "FigureCorrected",
    "FigureGiven",
    "FiguresUpload",
    "ItemGiven",
    "LineGiven",
    "PartGiven",
    "ReasonGiven",
    "SettlementGiven",
    "Upload",
    "choose",
]
