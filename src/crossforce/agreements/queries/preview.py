"""What a draft, a version, a document or a leave would change; read from what stands, changing nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from crossforce.agreements import canonical, models, preview, resolve, rules
from crossforce.agreements.check import too_large
from crossforce.agreements.choices import VersionState
from crossforce.agreements.compile import compile_document
from crossforce.agreements.findings import CannotCompile, Finding, Unreadable
from crossforce.agreements.preview import phrases
from crossforce.agreements.queries import agreements, documents
from crossforce.agreements.queries.facts import facts_of
from crossforce.agreements.queries.in_force import in_force
from crossforce.agreements.queries.naming import names
from crossforce.agreements.reading import read
from crossforce.kernel import civil, guarded, registry, rulepacks
from crossforce.kernel.refusals import Missing, NotUnderstood
from crossforce.kernel.words import Words
from crossforce.organisations import api as organisations
from crossforce.people import api as people

_LOUDEST = 5


class CannotPreview(NotUnderstood):
    """The document cannot be read or has no one meaning yet. Mend what check finds, then look again."""


class CannotLeave(NotUnderstood):
    """That force does not take part in this agreement from now on, or no clause says how it leaves."""


class _World:
    """Everything that stands at the instant, read once."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.standing = {
            each.reference: preview.Standing(each.document, each.terms, each.number)
            for each in in_force(at)
        }
        self.directory = organisations.directory()

    def answer(
        self,
        new: preview.Standing,
        old: preview.Standing | None,
        leave: str,
        *,
        is_short: bool = False,
    ) -> preview.Preview:
        """The preview of the draft, or of a force's leave from it, with the effects of services unless
        it is short."""
        gone: preview.Leave | preview.End | None = None
        if leave == preview.ALL:
            old, new, gone = self._ended(new)
        elif leave:
            old, new, gone = self._left(new, leave)
        said = [new.document, *([old.document] if old else [])]
        world = preview.World(tuple(self.standing.values()), self.directory, names(*said))
        context = preview.context_for(new, old, world, self.at, gone)
        return preview.preview(context, () if is_short else _effects(context))

    def _ended(
        self, whole: preview.Standing
    ) -> tuple[preview.Standing, preview.Standing, preview.End]:
        """The agreement, and nothing, from the day of the preview or its first, whichever is later."""
        end = preview.End(max(self.at, whole.terms.valid.starts_at))
        return whole, whole.ended(), end

    def _left(
        self, whole: preview.Standing, leave: str
    ) -> tuple[preview.Standing, preview.Standing, preview.Leave]:
        """The agreement with the force and without it, from the day its EXIT term computes."""
        force = self.directory.force_of(leave) if self.directory.get(leave) else None
        notice_on = civil.day_of(max(self.at, whole.terms.valid.starts_at))
        try:
            answer = resolve.leave_date(whole.terms, notice_on)
        except resolve.NoExit as none:
            raise CannotLeave from none
        if force is None or force not in resolve.taking_part(whole.terms, (), answer.leaves_at):
            raise CannotLeave
        bodies = (each.code for each in self.directory.policing_bodies(force))
        leavers = dict.fromkeys((force, *bodies), answer.leaves_at)
        terms = resolve.after_leaving(whole.terms, leavers)
        gone = preview.Leave(force, notice_on, answer.leaves_at)
        return whole, preview.Standing(whole.document, terms, whole.number), gone


@guarded.acts
def of_draft(
    actor: people.Actor, reference: str, at: datetime, *, leave: str = ""
) -> preview.Preview:
    """What the draft would change of the version in force. Raises Missing, CannotPreview."""
    draft = agreements.draft_of(actor, reference)
    return _of_text(draft.document, at, leave)


@guarded.acts
def of_document(
    actor: people.Actor, text: str | bytes, at: datetime, *, leave: str = ""
) -> preview.Preview:
    """What a document that stands nowhere would change. Raises Refused, CannotPreview."""
    if not actor.may("agreement.draft"):
        people.require(actor, "agreement.preview")
    return _of_text(text, at, leave)


@guarded.acts
def of_version(
    actor: people.Actor, reference: str, number: int, at: datetime, *, leave: str = ""
) -> preview.Preview:
    """What a version changes of the one it follows or would follow. Raises Missing.

    One that is enforced and follows none is compared with what is enforced: itself.
    """
    return _of_version(actor, reference, number, at, leave=leave)


@guarded.acts
def in_short(
    actor: people.Actor, reference: str, number: int, at: datetime
) -> tuple[Words, ...]:
    """What a version changes, in a sentence each, for whoever is to sign it: by its terms alone, so that no
    record is counted. Raises Missing."""
    return _of_version(actor, reference, number, at, is_short=True).summary


def _of_version(
    actor: people.Actor,
    reference: str,
    number: int,
    at: datetime,
    *,
    leave: str = "",
    is_short: bool = False,
) -> preview.Preview:
    agreement = agreements.of(actor, reference)
    version = agreements.version(agreement, number)
    new = preview.Standing(documents.document_of(version), documents.terms_of(version), number)
    world = _World(at)
    enforced = world.standing.get(reference)
    is_enforced = enforced is not None and enforced.number == number
    before = _before(agreement, number, at) or (new if is_enforced else None)
    return world.answer(new, before, leave, is_short=is_short)


@guarded.acts
def of_agreement(
    actor: people.Actor, reference: str, at: datetime, *, leave: str = ""
) -> preview.Preview:
    """The draft where there is one that the actor may see, else the latest version. Raises Missing."""
    try:
        return of_draft(actor, reference, at, leave=leave)
    except Missing:
        latest = agreements.of(actor, reference).versions.order_by("-number").first()
        if latest is None:
            raise
        return of_version(actor, reference, latest.number, at, leave=leave)


def _of_text(text: str | bytes, at: datetime, leave: str) -> preview.Preview:
    new = _compiled(text, at)
    world = _World(at)
    old = world.standing.get(new.reference) or world.standing.get(new.document.varies or "")
    return world.answer(new, old, leave)


def _compiled(text: str | bytes, at: datetime) -> preview.Standing:
    try:
        written = read(
            text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"),
            "document",
        )
        large = too_large(written, rulepacks.load("agreement-practice"), civil.day_of(at))
        if large:
            raise Unreadable([large])
        document = canonical.normalised(written.document)
        return preview.Standing(document, compile_document(document, organisations.directory()))
    except (Unreadable, CannotCompile) as cannot:
        raise CannotPreview(_told(cannot.findings)) from cannot


def _told(findings: tuple[Finding, ...] | list[Finding]) -> str:
    loudest = [str(each) for each in findings][:_LOUDEST]
    return " ".join([" ".join((CannotPreview.__doc__ or "").split()), *loudest])


def _before(agreement: models.Agreement, number: int, at: datetime) -> preview.Standing | None:
    """The latest earlier version that has begun or is agreed, without those who have left."""
    facts = facts_of(agreement)
    counted = {VersionState.BEGUN, VersionState.SUPERSEDED, VersionState.SIGNED}
    earlier = [
        each.number
        for each in facts.versions
        if each.number < number and rules.version_state(facts, each, at) in counted
    ]
    if not earlier:
        return None
    version = agreements.version(agreement, max(earlier))
    return preview.Standing(
        documents.document_of(version), documents.terms_of(version), version.number
    )


def forces_in(found: preview.Preview) -> list[str]:
    """The forces that the preview speaks of as able to leave, by code."""
    rows = found.section("exit").rows
    return sorted({code for row in rows for key, code in row.about if key == "force"})


def short(force: str) -> Words:
    """The force's short name."""
    found = organisations.directory().get(force)
    return (found.short_name or found.name) if found else phrases.plain(force)


def _effects(context: preview.PreviewContext) -> Iterator[preview.Section]:
    """What each service adds, in its order: rows, or a section with a sentence of its own."""
    for effect in sorted(registry.preview_effects, key=lambda each: each.order):
        found = effect.run(context)
        if isinstance(found, preview.Section):
            yield replace(found, code=f"service.{effect.name}")
            continue
        rows: tuple[preview.Row, ...] = tuple(found)
        phrase = "effects.some" if rows else "effects.none"
        title = phrases.plain(effect.title)
        lead = phrases.words(phrase, title=title, number=len(rows))
        yield preview.Section(f"service.{effect.name}", title, lead, rows)
