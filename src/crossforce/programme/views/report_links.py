"""The public reports that stand beside an agreement of the register."""

from typing import Final

from django.urls import reverse

from crossforce.kernel.words import Words
from crossforce.programme.queries import public_reports
from crossforce.register.api import Beside

TITLE: Final = Words(en="Performance reports", cy="Adroddiadau perfformiad")


def of(reference: str) -> list[tuple[Words, str]]:
    """Each by its title, with where it is read."""
    found = public_reports.beside(reference)
    return [
        (title, reverse("programme:public-report", args=[code])) for title, code, _ in found
    ]


BESIDE: Final = Beside("reports", TITLE, "programme:public-reports", of)
