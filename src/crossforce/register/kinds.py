"""What other apps put beside the agreements of the public register."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from crossforce.kernel.registry import Shelf
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Beside:
    """Public pages of another app: `url_name` is the list of all of them.

    `of(reference)` gives those about an agreement that has an entry, each with its title and address.
    """

    name: str
    title: Words
    url_name: str
    of: Callable[[str], Sequence[tuple[Words, str]]]


beside: Final[Shelf[Beside]] = Shelf("public page beside an agreement")
