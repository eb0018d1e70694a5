"""To whom a board reports, and to whom that board does; never in a circle."""

from collections.abc import Mapping


class ReportsInACircle(ValueError):
    """A board would report to itself; the message names the circle."""


def line(board: str, reports_to: Mapping[str, str]) -> tuple[str, ...]:
    """The board and every board above it, up to the one that reports to nobody.

    Raises ReportsInACircle, naming every board of the circle.
    """
    found = [board]
    while above := reports_to.get(found[-1], ""):
        if above in found:
            circle = " → ".join([*found[found.index(above) :], above])
            raise ReportsInACircle(
                f"These boards report in a circle: {circle}. Let one of them report elsewhere."
            )
        found.append(above)
    return tuple(found)


def circle_made_by(board: str, above: str, reports_to: Mapping[str, str]) -> str | None:
    """The circle that would come about if the board reported to the other; None where none would."""
    try:
        line(board, {**reports_to, board: above})
    except ReportsInACircle as error:
        return str(error)
    return None
