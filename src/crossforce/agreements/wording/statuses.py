"""How a force takes part, in words."""

from crossforce.agreements.document.parts import ParticipationStatus
from crossforce.kernel.words import Language, Words

_STATUSES: dict[ParticipationStatus, Words] = {
    "in": Words(en="takes part", cy="yn cymryd rhan"),
    "out": Words(en="does not take part", cy="ddim yn cymryd rhan"),
    "partial": Words(
        en="takes part in some disciplines", cy="yn cymryd rhan mewn rhai disgyblaethau"
    ),
    "as-tasked": Words(en="takes part as tasked", cy="yn cymryd rhan yn ôl tasg"),
    "exploring": Words(en="explores taking part", cy="yn archwilio cymryd rhan"),
    "planned": Words(en="is planned to take part", cy="bwriedir iddo gymryd rhan"),
    "linked": Words(en="is linked, without taking part", cy="yn gysylltiedig, heb gymryd rhan"),
}


def status_in_words(status: ParticipationStatus, language: Language = "en") -> str:
    """`takes part as tasked`, `is linked, without taking part`."""
    return _STATUSES[status].in_language(language)
