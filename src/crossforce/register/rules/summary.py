"""The regional summary, in the manner of a programme team's paper: what exists, what is coming."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crossforce.register import choices
from crossforce.register.rules.saying import Said

View = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """What the paper is made from: a public view in one language, its forces, where it stems from."""

    view: View
    forces: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One collaboration: its title, the forces in it, what it does, how far it is.

    `mark` is `demonstration` for what no real body has signed, `recorded` for what the sources say.
    """

    reference: str
    title: Said
    forces: tuple[str, ...]
    words: tuple[Said, ...]
    progress: Said | None = None
    mark: str = ""
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the paper with its collaborations."""

    name: str
    paragraphs: list[Paragraph] = field(default_factory=list)


_CHAPTERS = {
    "existing": ("joint-unit", "regional-unit", "lead-force", "shared-service", "joint-post"),
    "boards": ("board", "programme", "group", "framework"),
    "partners": ("memorandum", "secondment", "partnership"),
}
_MARKS = {
    "recorded": "recorded",
    "demonstration": "demonstration",
    choices.REHEARSED: "demonstration",
}
_COMING = ("in-development", "proposed", "idea")


def regional_summary(entries: Iterable[Listed]) -> list[Chapter]:
    """Chapters over the entries of a region.

    `alliances` holds what the sources leave out of scope and the strategic alliances; `development`
    what is not yet delivered. Chapters without a collaboration are left out.
    """
    names = ("alliances", "existing", "development", "boards", "partners", "ended")
    chapters = {name: Chapter(name) for name in names}
    for entry in entries:
        chapters[_chapter(entry.view)].paragraphs.append(_paragraph(entry))
    for chapter in chapters.values():
        chapter.paragraphs.sort(key=lambda each: each.title.casefold())
    return [chapter for chapter in chapters.values() if chapter.paragraphs]


def _chapter(view: View) -> str:
    if view["stage"] == "ended":
        return "ended"
    if not view["in_scope"] or view["form"] == "strategic-alliance":
        return "alliances"
    if view["stage"] in _COMING:
        return "development"
    found = (name for name, forms in _CHAPTERS.items() if view["form"] in forms)
    return next(found, "partners")


def _paragraph(entry: Listed) -> Paragraph:
    view = entry.view
    said: Said = view["summary"] or view["notice"] or view["objective"]
    return Paragraph(
        reference=view["reference"],
        title=view["title"],
        forces=entry.forces,
        words=tuple(
            Said(part.strip(), said.language) for part in said.split("\n\n") if part.strip()
        ),
        progress=view["progress"],
        mark=_MARKS.get(entry.origin, ""),
        is_assumed=bool(view["assumed"]),
    )
