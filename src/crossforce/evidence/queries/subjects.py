"""What is held about somebody who asks for it, as far as the reader may read, and what is answered of each original."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crossforce.evidence.choices import EXHIBIT, ITEM, SUBJECT_ANSWER, State, Verdict
from crossforce.evidence.models import Exhibit, Item, SubjectAnswer, SubjectRequest
from crossforce.evidence.queries.naming import find
from crossforce.evidence.queries.places import in_place
from crossforce.evidence.rules import subjects
from crossforce.evidence.rules.subjects import Known
from crossforce.kernel import civil, guarded, rulepacks
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor
from crossforce.records import api as records

PACK = "evidence-subjects"
MOST = 500


@dataclass(frozen=True, slots=True)
class Held:
    """An original that is held, of which exhibit, how it may be answered of, and what is answered. `copy`: its newest approved redacted copy."""

    item: Item
    exhibit: Exhibit | None
    known: Known
    copy: UUID | None
    answer: SubjectAnswer | None


@dataclass(frozen=True, slots=True)
class SubjectFile:
    """A request, the last day of its answer, and what was found. `bare`: exhibits that have no original. It `is_cut` where there may be more."""

    row: SubjectRequest
    place: records.Place
    due: date | None
    held: list[Held]
    bare: list[Exhibit]
    is_cut: bool
    may_add: bool

    @property
    def answers(self) -> list[SubjectAnswer]:
        """What is answered so far."""
        return [each.answer for each in self.held if each.answer is not None]

    @property
    def refusal(self) -> str:
        """Why the extract cannot be made, or nothing."""
        answers = self.answers
        approved = sum(bool(each.approved_by) for each in answers)
        return subjects.refusal_to_hand_over(
            len(self.held) - len(answers), len(answers), approved
        )


@guarded.acts
def requests(actor: Actor) -> list[tuple[SubjectRequest, date | None]]:
    """The requests that one may read, each with the last day of its answer: what is not answered first, the soonest before."""
    rows = list(SubjectRequest.objects.order_by("-received_on", "pk")[:MOST])
    found = [(row, due_of(row)) for row in rows]
    return sorted(
        found, key=lambda each: (each[0].answered_on is not None, each[1] or date.max)
    )


@guarded.acts
def request_of(actor: Actor, request: UUID, also: str = "") -> SubjectFile:
    """One request with what is found by its words, what is answered of already, and the exhibits of a reference besides. Raises Missing."""
    row = request_row(request)
    place = records.place_of(row.scope_id)
    answers = {each.item: each for each in SubjectAnswer.objects.filter(request=row.pk)}
    exhibits, items, is_cut = _searched(actor, row)
    if also.strip():
        case, _, reference = also.strip().rpartition(":")
        exhibits |= {each.pk for each in find(actor, case=case, reference=reference).exhibits}
    originals = Item.objects.filter(derived_from__isnull=True, state=State.KEPT)
    wanted = originals.filter(exhibit__in=exhibits) | originals.filter(
        pk__in=items | set(answers)
    )
    rows = list(wanted.order_by("created_at", "pk")[: MOST + 1])
    named = {each.exhibit for each in rows} | exhibits
    known = Exhibit.objects.in_bulk(named)
    held = _held(rows[:MOST], known, answers)
    with_items = {each.exhibit for each in rows}
    return SubjectFile(
        row,
        place,
        due_of(row),
        held,
        [each for key, each in sorted(known.items()) if key not in with_items],
        is_cut or len(rows) > MOST,
        bool(guarded.open_scopes("add", {in_place(place, SUBJECT_ANSWER)})),
    )


def request_row(request: UUID) -> SubjectRequest:
    """One request, of those that whoever acts may read. Raises Missing."""
    row: SubjectRequest | None = SubjectRequest.objects.filter(pk=request).first()
    if row is None:
        raise Missing
    return row


def due_of(row: SubjectRequest) -> date | None:
    """The last day of the answer; none while it is awaited who asks, or what is meant."""
    time = rulepacks.load(PACK).value("time", civil.day_of(row.created_at))
    more = time["more"] if row.extended_why else 0
    return subjects.due(
        row.received_on, row.asked_on, row.clear_on, months=time["months"], more=more
    )


def _searched(actor: Actor, row: SubjectRequest) -> tuple[set[UUID], set[UUID], bool]:
    """Exhibits and originals that the words of the request find; of a redacted copy its original. And whether there may be more."""
    exhibits, items, is_cut = set[UUID](), set[UUID](), False
    for words in filter(None, map(str.strip, (row.subject, *row.known_by.splitlines()))):
        found = records.search(actor, words, [EXHIBIT, ITEM])
        is_cut = is_cut or found.is_cut
        readable = [each for each in found.rows if each.is_readable]
        exhibits |= {each.id for each in readable if each.kind == EXHIBIT}
        items |= {each.id for each in readable if each.kind == ITEM}
    copied = Item.objects.filter(pk__in=items, derived_from__isnull=False)
    return exhibits, items | {each.derived_from for each in copied if each.derived_from}, is_cut


def _held(
    rows: Iterable[Item], exhibits: dict[UUID, Exhibit], answers: dict[UUID, SubjectAnswer]
) -> list[Held]:
    rows = list(rows)
    copies: dict[UUID | None, list[Item]] = {}
    for copy in Item.objects.filter(derived_from__in=[each.pk for each in rows]).order_by(
        "created_at", "pk"
    ):
        copies.setdefault(copy.derived_from, []).append(copy)
    return [
        _one(row, exhibits.get(row.exhibit), copies.get(row.pk, []), answers.get(row.pk))
        for row in rows
    ]


def _one(
    row: Item, exhibit: Exhibit | None, copies: list[Item], answer: SubjectAnswer | None
) -> Held:
    approved = [each.pk for each in copies if each.decision == Verdict.APPROVED]
    known = Known(row.name, len(copies), bool(approved))
    return Held(row, exhibit, known, approved[-1] if approved else None, answer)
