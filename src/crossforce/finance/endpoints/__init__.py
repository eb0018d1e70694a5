"""Money over HTTP: the same queries and operations as the pages.

A part is a module with a Router named `router`; it is listed here.
"""

from ninja import Router

from crossforce.finance.endpoints import budgets, figures, invoices, leaving, lines, years

router = Router(tags=["finance"])
for part in (budgets, years, lines, invoices, leaving, figures):
    router.add_router("", part.router)
