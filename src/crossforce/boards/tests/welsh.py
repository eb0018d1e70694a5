"""Three forces of Wales that run something together, and a fourth that opts in and out again."""

from datetime import date
from uuid import UUID

from crossforce.agreements.tests import factories as agreed
from crossforce.boards.choices import Cycle
from crossforce.boards.operations import keeping
from crossforce.boards.operations.keeping import NewBoard
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT
from crossforce.people.choices import Actor

SOUTH = "south-wales"
THREE = ("dyfed-powys", "gwent", SOUTH)
FOUR = (*THREE, "north-wales")
JOINS, LEAVES = date(2027, 2, 1), date(2027, 6, 1)
GROUP = "all-wales-policing-group"
PARTICIPATION = f"""
[[function.participation]]
forces = ["dyfed-powys", "gwent", "{SOUTH}"]

[[function.participation]]
forces = ["north-wales"]
from = {JOINS}
until = {LEAVES}
"""


def agreement() -> None:
    """In force by the signatures of all four; North Wales is in from February until June 2027."""
    version = agreed.proposed(_document() + factories.APPROVALS)
    for organisation in agreed.parties(*FOUR):
        agreed.signed_by(organisation, number=version.number)


def recorded(reference: str, *, first_day: bool) -> str:
    """The same under another name, as a public source has it, with a first day or without."""
    text = _document(reference).replace('state = "draft"', 'state = "recorded"')
    first = next(line for line in text.splitlines() if line.startswith("from"))
    return text if first_day else text.replace(f"{first}\n", "", 1)


def _document(reference: str = agreed.REFERENCE) -> str:
    inside = ", ".join(f'"{force}"' for force in FOUR)
    text = agreed.document(FOUR, reference=reference)
    text = text.replace(f"in = [{inside}]", PARTICIPATION)
    assert PARTICIPATION in text
    return text.replace('rule = "joint-policing-bodies"', 'rule = "all-wales"')


def boards(actor: Actor) -> tuple[UUID, UUID]:
    """The board of the three's own bodies, and the all-Wales board, both each month."""
    own = factories.board(actor, title="Bodies of the three", code="three-bodies-board")
    new = NewBoard("All Wales Policing Group", GROUP, cycle=Cycle.MONTHLY, weekday=2, week=3)
    return own, keeping.set_up(actor=actor, new=new, at=AT)
