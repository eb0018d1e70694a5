"""Writing the register: what an agreement publishes is put in place of what stood there."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from crossforce.agreements import api as agreements
from crossforce.agreements.terms import CompiledTerms
from crossforce.agreements.wording import Names
from crossforce.kernel import guarded
from crossforce.kernel.periods import Period
from crossforce.kernel.words import Language
from crossforce.ledger import api as ledger
from crossforce.people import api as people
from crossforce.register import choices, models, rules

Naming = Callable[[str, Language], str]


@guarded.acts
def publish(*, actor: people.Actor, agreement: UUID, at: datetime) -> list[models.Entry]:
    """Publish an agreement as it says of itself (s23E); what it withholds is left out.

    Publishing the same again changes nothing and is not recorded again. Raises people.Refused.
    """
    people.require(actor, "agreement.publish")
    versions = agreements.public_versions(agreement, at)
    if not versions:
        return []
    names = agreements.names(*(each.document for each in versions))
    fresh = [_entry(each, names, at) for each in versions]
    if _same(fresh):
        return fresh
    reference = versions[0].reference
    models.Entry.objects.filter(reference=reference).delete()
    models.Entry.objects.bulk_create(fresh)
    _name_facets(fresh, names)
    models.ParticipationRow.objects.bulk_create(
        row
        for entry, each in zip(fresh, versions, strict=True)
        for row in _rows(entry, each.terms)
    )
    ledger.append(
        actor=actor,
        operation="register.entry-published",
        subject=f"agreement:{reference}",
        detail={
            "reference": reference,
            "versions": [{"number": each.version, "text": each.text_hash} for each in fresh],
        },
        at=at,
        about=ledger.About(
            agreements=[ledger.Citation(reference, each.version) for each in fresh],
            concerns=fresh[-1].parties,
        ),
    )
    return fresh


def refresh(*, actor: people.Actor, at: datetime, everything: bool = False) -> int:
    """Publish what the register lacks, as after a stop between a change and its telling.

    `everything` compares every agreement; otherwise only those with a version the register does
    not have. Answers how many agreements were looked at.
    """
    wanted = agreements.texts()
    if not everything:
        shown = set(models.Entry.objects.values_list("reference", "text_hash"))
        wanted = [each for each in wanted if (each.reference, each.text_hash) not in shown]
    for agreement in sorted({each.agreement for each in wanted}):
        publish(actor=actor, agreement=agreement, at=at)
    return len(wanted)


def _entry(version: agreements.PublicVersion, names: Names, at: datetime) -> models.Entry:
    view = rules.public_view(version.document, version.terms, names)
    people_in = _participants(version.terms)
    forces = sorted({each.force for each in people_in if each.status != "out"})
    title = view["title"]
    welsh = title.get("cy") or title["en"]
    return models.Entry(
        reference=version.reference,
        shown=_range(version.shown),
        title_en=title["en"],
        title_cy=welsh,
        sort_en=rules.folded(title["en"]),
        sort_cy=rules.folded(welsh),
        region=view["region"] or "",
        form=view["form"],
        stage=view["stage"],
        basis=view["basis"],
        origin=choices.REHEARSED if version.is_rehearsed else version.origin,
        version=version.number,
        forces=forces,
        forces_en=names.all_organisations(forces, "en"),
        forces_cy=names.all_organisations(forces, "cy"),
        functions=sorted({each.function for each in people_in}),
        parties=sorted({each["organisation"] for each in view["parties"]}),
        changes=[instant for instant, _ in version.timeline],
        states=[state.value for _, state in version.timeline],
        view=view,
        document=rules.public_document(version.document, version.terms),
        search=rules.haystack(rules.searched(view)),
        text_hash=version.text_hash,
        published_at=at,
    )


def _name_facets(entries: list[models.Entry], names: Names) -> None:
    """Keep a name for every region, force and function that readers may filter by."""
    wanted: dict[tuple[str, str], Naming] = {}
    wanted |= {("region", each.region): names.organisation for each in entries if each.region}
    wanted |= {("force", code): names.organisation for each in entries for code in each.forces}
    wanted |= {
        ("function", code): partial(_function, names)
        for each in entries
        for code in each.functions
    }
    models.Facet.objects.bulk_create(
        (_facet(kind, code, name) for (kind, code), name in sorted(wanted.items(), key=_key)),
        update_conflicts=True,
        unique_fields=["kind", "code"],
        update_fields=["name_en", "name_cy", "sort_en", "sort_cy"],
    )


def _key(named: tuple[tuple[str, str], Naming]) -> tuple[str, str]:
    return named[0]


def _facet(kind: str, code: str, name: Naming) -> models.Facet:
    english, welsh = name(code, "en"), name(code, "cy")
    return models.Facet(
        kind=kind,
        code=code,
        name_en=english,
        name_cy=welsh,
        sort_en=rules.folded(english),
        sort_cy=rules.folded(welsh),
    )


def _function(names: Names, code: str, language: Language) -> str:
    whole = choices.WHOLE.in_language(language)
    return whole if code == rules.WHOLE else names.function(code, language)


def _rows(entry: models.Entry, terms: CompiledTerms) -> list[models.ParticipationRow]:
    return [
        models.ParticipationRow(
            entry=entry,
            function=each.function,
            force=each.force,
            status=each.status,
            disciplines=list(each.disciplines),
            clause=each.clause,
            valid=_range(each.valid),
            period_en=each.period_en,
            period_cy=each.period_cy,
            assumed=each.assumed,
        )
        for each in _participants(terms)
    ]


def _participants(terms: CompiledTerms) -> list[rules.Participant]:
    said = rules.publication(terms)
    withheld = {each.clause for each in said.withheld}
    return rules.participants_of(
        terms, notice_only=rules.is_bare_notice(said), withheld=withheld
    )


def _range(period: Period) -> tuple[datetime, datetime | None]:
    return period.starts_at, period.ends_at


def _same(fresh: list[models.Entry]) -> bool:
    """Whether these very entries stand in the register already."""
    reference = fresh[0].reference
    stored = {each.version: each for each in models.Entry.objects.filter(reference=reference)}
    return stored.keys() == {each.version for each in fresh} and all(
        _content(stored[each.version]) == _content(each) for each in fresh
    )


def _content(entry: models.Entry) -> tuple[object, ...]:
    shown = entry.shown
    lower, upper = (shown.lower, shown.upper) if hasattr(shown, "lower") else shown
    return (
        lower,
        upper,
        entry.text_hash,
        entry.changes,
        entry.states,
        entry.view,
        entry.forces,
    )
