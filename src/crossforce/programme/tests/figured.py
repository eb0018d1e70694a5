"""The shipped figures of the programme, and dates, for tests."""

from datetime import date
from typing import Final

from crossforce.kernel import rulepacks
from crossforce.programme.rules.figures import PACK, figures

TODAY: Final = date(2016, 3, 1)
FIGURES: Final = figures(rulepacks.load(PACK), TODAY)
