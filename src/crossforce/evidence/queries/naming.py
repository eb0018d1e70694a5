"""Exhibits as people name them: by their reference, and by the case where several cases have one of that reference."""

from dataclasses import dataclass
from uuid import UUID

from crossforce.evidence.models import Exhibit
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing, NotUnderstood
from crossforce.people.api import Actor

MOST = 500


class SeveralExhibits(NotUnderstood):
    """Several exhibits have that reference; the message says of which cases."""


class NoSuchExhibit(Missing):
    """No exhibit that you may read has that reference. “crossforce evidence list” tells those that you may."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Exhibits that one may read, the newest first. There may be more where it is not whole."""

    exhibits: list[Exhibit]
    is_whole: bool


@guarded.acts
def find(actor: Actor, *, case: str = "", reference: str = "") -> Listed:
    """The exhibits of a case, or of a reference, or all; capitals make no difference."""
    asked = {
        "case_reference__iexact": case.strip(),
        "exhibit_reference__iexact": reference.strip(),
    }
    rows = Exhibit.objects.filter(**{name: said for name, said in asked.items() if said})
    found = list(rows.order_by("-created_at", "pk")[: MOST + 1])
    return Listed(found[:MOST], len(found) <= MOST)


def named(actor: Actor, said: str) -> UUID:
    """The exhibit that is named by its identifier, by its reference, or by case and reference as in `op-heron:JAS/1`.

    Raises NoSuchExhibit, SeveralExhibits. Whether one may read what an identifier names is left to whoever reads it.
    """
    try:
        return UUID(said)
    except ValueError:
        case, _, reference = said.rpartition(":")
    found = find(actor, case=case, reference=reference).exhibits if reference.strip() else []
    if not found:
        raise NoSuchExhibit
    if len(found) > 1:
        raise SeveralExhibits(_several(found))
    key: UUID = found[0].pk
    return key


def _several(found: list[Exhibit]) -> str:
    reference = found[0].exhibit_reference
    cases = sorted({row.case_reference for row in found})
    if len(cases) == 1:
        return f"{cases[0]} has several exhibits {reference}. Give the identifier: “crossforce evidence list” tells it."
    told = ", ".join(cases[:9])
    return f"Several cases have an exhibit {reference}: {told}. Write the case before it, such as “{cases[0]}:{reference}”."
