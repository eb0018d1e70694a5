"""Budgets, their lines, invoices, figures to share by, what is held together, kept prices of leaving, files that came, and the count of invoices."""

from crossforce.finance.models.budget import Budget
from crossforce.finance.models.figure import Figure
from crossforce.finance.models.holding import Holding
from crossforce.finance.models.importing import FileRead
from crossforce.finance.models.invoice import Invoice
from crossforce.finance.models.line import Line
from crossforce.finance.models.numbering import Numbering
from crossforce.finance.models.price import Price

__all__ = [
    "Budget",
    "Figure",
    "FileRead",
    "Holding",
    "Invoice",
    "Line",
    "Numbering",
    "Price",
]
