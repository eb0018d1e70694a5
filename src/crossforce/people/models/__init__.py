"""Staff and what they hold, and the accounts they sign in with; one noun to a file."""

from crossforce.people.models.account import Account
from crossforce.people.models.posting import Posting
from crossforce.people.models.qualification import Authority, Skill, Vetting
from crossforce.people.models.same_person import SamePerson
from crossforce.people.models.staff import Staff
from crossforce.people.models.token import Token

__all__ = [
    "Account",
    "Authority",
    "Posting",
    "SamePerson",
    "Skill",
    "Staff",
    "Token",
    "Vetting",
]
