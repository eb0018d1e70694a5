"""What the commands of the programme share."""

from typing import Final

from crossforce.kernel.options import User as User
from crossforce.people.api import acting_as

acting = acting_as
REFUSED, IN_PART = 1, 3  # 2 is a command that was typed wrongly
FORMS: Final = ("csv", "xlsx")
