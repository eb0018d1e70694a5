"""Addresses of finance."""

from django.urls import include, path

from crossforce.finance.views import (
    bringing,
    budgets,
    figures,
    invoices,
    leaving,
    lines,
    yearend,
)

of_budgets = [
    path("", budgets.budgets, name="budgets"),
    path("budgets/add/", budgets.add, name="budget-add"),
    path("budgets/bring-in/", bringing.bring_in, name="budgets-bring-in"),
    path("budgets/<uuid:budget>/", budgets.budget, name="budget"),
    path("budgets/<uuid:budget>/change/", budgets.change, name="budget-change"),
    path("budgets/<uuid:budget>/open/", budgets.open_budget, name="budget-open"),
    path("budgets/<uuid:budget>/instalments/", yearend.instalments, name="instalments"),
    path("budgets/<uuid:budget>/year-end/", yearend.year_end, name="year-end"),
    path("budgets/<uuid:budget>/year-end/settle/", yearend.settle, name="year-settle"),
    path("budgets/<uuid:budget>/lines/", lines.lines, name="lines"),
    path("budgets/<uuid:budget>/lines/add/", lines.add, name="line-add"),
    path(
        "budgets/<uuid:budget>/lines/bring-in/", bringing.bring_lines_in, name="lines-bring-in"
    ),
    path("imports/", bringing.imports, name="imports"),
    path("lines/<uuid:line>/take-back/", lines.take_back, name="line-back"),
    path("years/<int:year>/", yearend.year, name="year"),
    path("journals/<slug:agreement>/<int:year>.csv", yearend.journal, name="journal"),
]
acts = [
    path(f"budgets/<uuid:budget>/{act}/", budgets.act, {"act": act}, name=f"budget-{act}")
    for act in budgets.ACTS
]
of_invoices = [
    path("invoices/", invoices.invoices, name="invoices"),
    path("invoices/settle/", invoices.settle, name="invoices-settle"),
    path("invoices/<uuid:invoice>/", invoices.invoice, name="invoice"),
    path("invoices/<uuid:invoice>.pdf", invoices.paper, name="invoice-pdf"),
    path("invoices/<uuid:invoice>/send/", invoices.send, name="invoice-send"),
    path("invoices/<uuid:invoice>/withdraw/", invoices.withdraw, name="invoice-withdraw"),
]
of_leaving = [
    path("leaving/", leaving.agreements, name="leaving-of"),
    path("leaving/<slug:agreement>/", leaving.leaving, name="leaving"),
    path("leaving/<slug:agreement>/keep/", leaving.keep, name="prices-keep"),
    path("leaving/<slug:agreement>/items/add/", leaving.add_item, name="item-add"),
    path("leaving/<slug:agreement>/<slug:force>/", leaving.settlement, name="settlement"),
    path("leaving/<slug:agreement>/<slug:force>.pdf", leaving.settlement_pdf, name="settlement-pdf"),
    path("items/<uuid:item>/change/", leaving.change_item, name="item-change"),
    path("items/<uuid:item>/end/", leaving.end_item, name="item-end"),
]  # fmt: skip
of_figures = [
    path("figures/", figures.figures, name="figures"),
    path("figures/add/", figures.add, name="figure-add"),
    path("figures/bring-in/", figures.bring_in, name="figures-bring-in"),
    path("figures/<uuid:figure>/correct/", figures.correct, name="figure-correct"),
]
pages = [*of_budgets, *of_figures, *acts, *of_invoices, *of_leaving]
urlpatterns = [path("finance/", include((pages, "finance")))]
