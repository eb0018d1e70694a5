"""One at a time, where two who act at once would each be right and both together wrong."""

from crossforce.kernel import statements


def by_decision(decision: str) -> None:
    """Nobody else opens a budget by this decision until the end of the transaction.

    A row lock would ask for the right to edit the decision, which whoever keeps a budget need not have.
    """
    statements.alone(f"finance/decision/{decision}")


def on_figures_of(organisation: str) -> None:
    """Nobody else brings figures of the organisation in until the end of the transaction."""
    statements.alone(f"finance/figures/{organisation}")
