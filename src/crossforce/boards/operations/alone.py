"""One at a time, where two who act at once would each be right and both together wrong."""

from uuid import UUID

from crossforce.kernel import statements


def with_paper(paper: UUID) -> None:
    """Nobody else decides, puts off, changes or takes back this paper until the end of the transaction.

    A row lock would ask for the right to edit the paper, which whoever records a board's decision need not have.
    """
    statements.alone(f"boards/paper/{paper}")


def with_code(code: str) -> None:
    """Nobody else sets up a board of this code until the end of the transaction."""
    statements.alone(f"boards/code/{code}")


def with_own_rules(board: UUID) -> None:
    """Nobody else answers what is proposed for this board, or lets it count, until the end of the transaction."""
    statements.alone(f"boards/own-rules/{board}")
