"""What the demonstration has to say of itself."""

from datetime import datetime

from crossforce.kernel import civil
from crossforce.people import api as people


def announcement(at: datetime) -> list[str]:
    """The accounts of the demonstration, a line each, for whoever starts the server."""
    titles = people.roles(civil.day_of(at))
    found = people.accounts(at)
    wide = max((len(account.username) for account, _ in found), default=0) + 2
    return [
        f"{account.username:<{wide}}{titles[posting.role].title.en}, {posting.organisation.name_en}"
        for account, posting in found
    ]
