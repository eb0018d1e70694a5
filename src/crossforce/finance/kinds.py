"""Record kinds of finance. A budget is announced by what somebody needs to ask its keeper for it."""

from typing import Final

from crossforce.kernel.registry import Fact, RecordKind

KINDS: Final = (
    RecordKind(
        "finance.budget",
        "Budget",
        "Cyllideb",
        plural="Budgets",
        title_field="title",
        fields=(
            "title", "agreement", "function", "year", "pence", "rhythm", "spread", "lead", "state",
            "decision", "in_kind", "standing",
        ),
        inner=("figures",),  # of which each reader is told those that they may read themselves
        pointer_fields=("title", "agreement", "function", "year"),
        search_fields=("title", "agreement", "function", "decision"),
        retention="finance-records",
        is_by_hand=False,
        moves_along="crossforce.finance.operations.moving:with_lines",
        clashes={
            "budget_once_a_year": "This cost has a budget for that year already. Change that one instead."
        },
        # Nobody opens more by a decision than its sum, in all.
        facts=(Fact("opened", ("decision",), sums=("pence",), by="decision"),),
    ),
    RecordKind(
        "finance.line",
        "Line of a budget",
        "Llinell cyllideb",
        plural="Lines of budgets",
        title_field="words",
        fields=(
            "words", "agreement", "function", "year", "sort", "on", "pence", "party", "budget",
            "takes_back",
        ),
        search_fields=("words", "agreement", "function"),
        retention="finance-records",
        is_by_hand=False,
        moves_along="crossforce.finance.operations.moving:stay",
        clashes={
            "line_comes_once": "A line with that reference was posted meanwhile. Post them again: what is there stays.",
            "line_is_taken_back_once": "This line is taken back already.",
        },
    ),
    RecordKind(
        "finance.invoice",
        "Invoice",
        "Anfoneb",
        plural="Invoices",
        title_field="number",
        fields=(
            "number", "agreement", "year", "part", "creditor", "debtor", "pence", "vat_pence", "state",
            "raised_on", "sent_on", "settled_on", "settlement", "claims",
        ),
        pointer_fields=("number", "agreement", "creditor", "debtor"),
        search_fields=("number", "agreement", "creditor", "debtor", "settlement"),
        retention="finance-records",
        is_by_hand=False,
        clashes={
            "invoice_number_once": "An invoice with that number was raised meanwhile. Look at the invoices and try again."
        },
    ),
    RecordKind(
        "finance.item",
        "Item held together",
        "Eitem a ddelir ar y cyd",
        plural="Items held together",
        title_field="words",
        fields=(
            "words", "agreement", "sort", "code", "pence", "starts_on", "ends_on", "break_pence",
            "life_years", "share",
        ),
        search_fields=("words", "agreement", "code"),
        retention="finance-records",
        is_by_hand=False,
        clashes={
            "holding_has_its_own_code": "An item of this agreement has that code already. Give it another.",
        },
    ),
    RecordKind(
        "finance.figure",
        "Figure to share by",
        "Ffigur i rannu yn ei ôl",
        plural="Figures to share by",
        title_field="title",
        fields=(
            "title", "driver", "agreement", "force", "on", "value", "source", "confidence", "note",
        ),
        pointer_fields=("title", "driver", "force", "on"),
        search_fields=("title", "agreement", "force", "source", "note"),
        retention="finance-records",
        is_by_hand=False,
        clashes={
            "figure_once_a_day": "Your organisation states that figure for that day already. Change that one instead.",
        },
    ),
    RecordKind(
        "finance.price",
        "Price of leaving",
        "Pris ymadael",
        plural="Prices of leaving",
        title_field="force",
        fields=("force", "agreement", "notice_on", "last_day", "pence", "lines", "unknown"),
        search_fields=("force", "agreement"),
        retention="finance-records",
        is_by_hand=False,
    ),
    RecordKind(
        "finance.import",
        "File of finance read",
        "Ffeil gyllid a ddarllenwyd",
        plural="Files of finance read",
        title_field="title",
        fields=(
            "title", "layout", "budget", "file_name", "file_sha256", "state", "counts", "findings",
        ),
        retention="finance-records",
        is_by_hand=False,
    ),
)  # fmt: skip
