"""One at a time, where two who act at once would each be right and both together wrong."""

from uuid import UUID

from crossforce.kernel import statements


def with_benefit(benefit: UUID) -> None:
    """Nobody else reports, divides or reinvests this benefit until the end of the transaction.

    A row lock would ask for the right to edit the benefit, which whoever reports need not have.
    """
    statements.alone(f"benefits/{benefit}")


def with_counting() -> None:
    """Nobody else says what is counted where, or depends on what, until the end of the transaction."""
    statements.alone("benefits/counting")
