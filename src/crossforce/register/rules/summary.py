"""The regional summary, in the manner of a programme team's paper: what exists, what is coming."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

View = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One collaboration: its title, the forces in it, what it does, how far it is."""

    reference: str
    title: str
    forces: tuple[str, ...]
    words: tuple[str, ...]
    progress: str = ""
    standing: str = ""
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
_COMING = ("in-development", "proposed", "idea")


def regional_summary(entries: Iterable[tuple[View, tuple[str, ...]]]) -> list[Chapter]:
    """Chapters over the public views (in one language) with the names of the forces in each.

    `alliances` holds what the sources leave out of scope and the strategic alliances; `development`
    what is not yet delivered. Chapters without a collaboration are left out.
    """
    names = ("alliances", "existing", "development", "boards", "partners", "ended")
    chapters = {name: Chapter(name) for name in names}
    for view, forces in entries:
        chapters[_chapter(view)].paragraphs.append(_paragraph(view, forces))
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


def _paragraph(view: View, forces: tuple[str, ...]) -> Paragraph:
    said = view["summary"] or view["notice"] or view["objective"]
    return Paragraph(
        reference=view["reference"],
        title=view["title"],
        forces=forces,
        words=tuple(part.strip() for part in said.split("\n\n") if part.strip()),
        progress=view["progress"] or "",
        standing=view["state"],
        is_assumed=bool(view["assumed"]),
    )
