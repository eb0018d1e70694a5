"""What a reason calls seats, bodies, functions and kinds of decision: by their names on the day, as their readers do."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from crossforce.agreements import catalogues
from crossforce.agreements.terms import ApprovalRule
from crossforce.boards.rules.motions import Law, Taken
from crossforce.boards.rules.offices import Offices
from crossforce.boards.rules.reasons import listed
from crossforce.boards.rules.seats import called as title_of
from crossforce.boards.rules.seats import title
from crossforce.kernel.civil import day_of
from crossforce.organisations.directory import Directory

CODE: Final = re.compile(
    r"(?<![\w/:.-])[a-z0-9]+(?:-[a-z0-9]+)*(?::[a-z0-9]+(?:-[a-z0-9]+)*)?(?![\w/:-])"
)
"""What may be the code of a seat or of a body."""
MANNERS: Final = {
    "unanimous": "all parties together",
    "majority": "a majority of the parties",
    "lead": "the lead force",
    "each-policing-body": "the policing bodies together",
    "each-chief-officer": "the chief officers together",
}


def seat(code: str, taken: Taken, law: Law) -> str:
    """A seat of the board; what is none of its seats by its code."""
    found = next((each for each in taken.roll.seats if each.code == code), None)
    return title(found, law.directory, day_of(taken.at)).en if found else code


def seats(codes: Iterable[str], taken: Taken, law: Law) -> str:
    """Seats as a list."""
    return listed([seat(each, taken, law) for each in codes])


def bodies(codes: Iterable[str], directory: Directory, on: date) -> str:
    """Bodies as a list; one that nobody knows by its code."""
    known = [(each, directory.get(each)) for each in codes]
    return listed([found.name_on(on).en if found else code for code, found in known])


def whoever(rule: ApprovalRule, directory: Directory, on: date) -> str:
    """Who decides by an approval clause: the body that it names, else the parties in its manner."""
    if rule.by == "body" and rule.body:
        return bodies([rule.body], directory, on)
    return MANNERS.get(rule.by, "nobody")


def in_words(said: str, directory: Directory, offices: Offices, on: date) -> str:
    """What was written before people were named: codes of seats and of bodies by their names on the day.

    A single word stays: it may be anybody's own.
    """

    def named(found: re.Match[str]) -> str:
        code = found[0]
        office, parted, of = code.partition(":")
        body = directory.get(of if parted else code)
        if body is None or code.isalnum() or (parted and office not in offices.known):
            return code
        return title_of(code, directory, offices, on) if parted else body.name_on(on).en

    return CODE.sub(named, said)


def function(code: str) -> str:
    """What is shared."""
    return catalogues.title_of_function(code).en


def kind(code: str) -> str:
    """A kind of decision, inside a sentence."""
    return code.replace("-", " ")
