"""One document under check: its facts, the world around it, and the law that it is held to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from crossforce.agreements import catalogues
from crossforce.agreements.check.context import CheckContext
from crossforce.agreements.check.facts import Facts
from crossforce.agreements.check.spans import Span
from crossforce.agreements.check.standing import Standing
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.document.terms import Lead
from crossforce.agreements.wording.names import lowered, plain
from crossforce.kernel.rulepacks import NoSuchRule
from crossforce.organisations.directory import NoSuchOrganisation, Organisation


@dataclass(frozen=True)
class Case:
    """What every rule is given."""

    facts: Facts
    context: CheckContext
    file: str = ""

    @property
    def document(self) -> AgreementDocument:
        """The document itself."""
        return self.facts.document

    @cached_property
    def law_on(self) -> date:
        """The day whose law the document is held to: its commencement, else today."""
        return self.document.from_.date if self.document.from_ else self.context.on

    @cached_property
    def standing(self) -> Standing:
        """The agreements in force."""
        return self.context.standing

    def law(self, key: str, default: Any = None, on: date | None = None) -> Any:
        """A figure of the law pack on the day, or the default where the law has none."""
        return _figure(self.context.law, key, default, on or self.law_on)

    def practice(self, key: str, default: Any = None) -> Any:
        """A figure of the practice pack, or the default."""
        return _figure(self.context.practice, key, default, self.law_on)

    def organisation(self, code: str) -> Organisation | None:
        """The organisation of that code, if the directory has it."""
        return self.context.directory.get(code)

    def name(self, code: str) -> str:
        """What to call an organisation in a message."""
        found = self.organisation(code)
        return found.name.en if found else code

    def names(self, codes: Iterable[str]) -> str:
        """What to call several organisations."""
        return listed([self.name(code) for code in codes])

    def written(self, code: str) -> str:
        """An organisation for a remedy: its name, and the code to write."""
        return f"{self.name(code)} ({code!r})"

    def function(self, code: str) -> str:
        """What to call a function within a sentence."""
        own = self.facts.functions.get(code)
        title = own.title if own and own.title else catalogues.functions().get(code)
        return lowered(title.en) if title else plain(code)

    def functions(self, codes: Iterable[str]) -> str:
        """What to call several functions."""
        return listed([self.function(code) for code in codes])

    def unit(self, code: str) -> str:
        """What to call a unit."""
        own = self.facts.units.get(code)
        return own.title.en if own and own.title else plain(code)

    def agreement(self, reference: str) -> str:
        """What to call an agreement in force."""
        found = self.standing.document(reference)
        return f"“{found.title.en}”" if found else repr(reference)

    def chief_officer(self, force: str) -> str | None:
        """The chief officer of the force, as a legal person."""
        try:
            return self.context.directory.chief_officer(force)
        except NoSuchOrganisation:
            return None

    def leads(self, function: str) -> list[tuple[str, Span]]:
        """Who leads a function when: by a term, and where none does by its role among parties."""
        named = [p for p in self.facts.about(Lead, function) if p.term.role == "lead"]
        found = [(placed.term.force, placed.span) for placed in named]
        for row in self.facts.parties:
            body = self.organisation(row.party.organisation)
            if row.party.role == "lead" and body and body.force:
                found.append((body.force, row.span))
        return found

    def policing_bodies(self, force: str) -> tuple[Organisation, ...]:
        """The policing bodies of the force through time."""
        try:
            return self.context.directory.policing_bodies(force)
        except NoSuchOrganisation:
            return ()

    def bound(self, organisation: str) -> list[Span]:
        """When somebody is party for it: itself, its chief officer or a policing body of its own."""
        bodies = [each.code for each in self.policing_bodies(organisation)]
        return [*self.answering(organisation), *self._party(bodies)]

    def answering(self, organisation: str) -> list[Span]:
        """When somebody is party who answers for what it holds: itself, or its chief officer.

        A policing body maintains a force and holds it to account; it does not control its records.
        """
        return self._party((organisation, self.chief_officer(organisation) or organisation))

    def _party(self, codes: Collection[str]) -> list[Span]:
        return [row.span for row in self.facts.parties if row.party.organisation in codes]


def _figure(pack: Any, key: str, default: Any, on: date) -> Any:
    try:
        return pack.value(key, on)
    except NoSuchRule:
        return default


def suggestion(word: str, known: Iterable[str]) -> str:
    """`Did you mean 'wiltshire'?`, or nothing when no known word is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f" Did you mean {near[0]!r}?" if near else ""


def verb(subjects: Collection[str], one: str, many: str) -> str:
    """The form of the verb for so many subjects: "takes", "take"."""
    return one if len(subjects) == 1 else many


def listed(words: Collection[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    ordered = list(words)
    if len(ordered) < 2:
        return "".join(ordered)
    return f"{', '.join(ordered[:-1])} and {ordered[-1]}"
