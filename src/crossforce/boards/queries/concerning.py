"""Of which agreements a board may govern something: asked once for many boards."""

from collections.abc import Iterable
from uuid import UUID

from crossforce.agreements import api as agreements
from crossforce.boards import models
from crossforce.organisations.directory import Directory


def concerned(rows: Iterable[models.Board], directory: Directory) -> dict[UUID, list[str]]:
    """By board the agreements of which it may govern something: they name it, or who it was or became."""
    listed = list(rows)
    codes = {row.pk: _line_of_bodies(row.code, directory) for row in listed}
    every = {code for of in codes.values() for code in of}
    naming = agreements.naming_bodies(every) if every else []
    found: dict[UUID, list[str]] = {}
    for row in listed:
        of = codes[row.pk]
        named = [reference for reference, body in naming if of and (body is None or body in of)]
        found[row.pk] = list(
            dict.fromkeys([*named, *([row.agreement] if row.agreement else [])])
        )
    return found


def _line_of_bodies(code: str, directory: Directory) -> set[str]:
    """The organisation of that code with all that it followed and that followed it; none where there is none."""
    if directory.get(code) is None:
        return set()
    codes, ahead = {code}, [code]
    while ahead:
        near = _near(ahead.pop(), directory)
        ahead += [each for each in near if each not in codes]
        codes.update(near)
    return codes


def _near(code: str, directory: Directory) -> list[str]:
    """Whom the organisation followed, and who followed it."""
    found = directory.get(code)
    after = [step.code for step in found.succeeded_by] if found else []
    return [*(each.code for each in directory.predecessors(code)), *after]
