"""One at a time, where two who act at once would each be right and both together wrong."""

from typing import Final

from crossforce.kernel import statements

TAKE: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def by_decision(decision: str) -> None:
    """Nobody else opens a budget by this decision until the end of the transaction.

    A row lock would ask for the right to edit the decision, which whoever keeps a budget need not have.
    """
    statements.answer(TAKE, f"finance/decision/{decision}")
