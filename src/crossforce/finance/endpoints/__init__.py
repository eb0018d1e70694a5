"""Money over HTTP: the same queries and operations as the pages.

A part is a module with a Router named `router`; it is listed here.
"""

from ninja import Router

from crossforce.finance.endpoints import (
    budgets,
    figures,
    importing,
    invoices,
    leaving,
    lines,
    years,
)

router = Router(tags=["finance"])
for part in (budgets, years, lines, invoices, leaving, figures, importing):
    router.add_router("", part.router)
