"""Shape and wording of attendance, notes and votes: a field bears the code of its seat or item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from crossforce.boards.choices import Presence, Vote
from crossforce.boards.rules.motions import Consent
from crossforce.kernel.web.dateparts import DateField

Choices = Iterable[tuple[str, str]]
SEAT: Final = "seat-"
INTEREST: Final = "interest-"
NOTE: Final = "note-"
VOTE: Final = "vote-"
CONSENT: Final = "consent-"
DATED: Final = "dated-"
BY: Final = "by-"
ON: Final = "on-"
IN: Final = "in-"


def dated(consent: str) -> str:
    """The field with the day of a document of agreement."""
    return DATED + consent.removeprefix(CONSENT)


class ByCode(forms.Form):
    """A form with a field for each seat or item, which refuses what is sent of any other.

    A board can change between the drawing of a page and its sending.
    """

    def clean(self) -> dict[str, Any]:
        """Nothing is said of a seat or an item that is not there any more."""
        mine = (SEAT, INTEREST, NOTE, VOTE, CONSENT, BY, IN)
        if any(
            self.data[name]
            for name in self.data
            if name.startswith(mine) and name not in self.fields
        ):
            raise forms.ValidationError(
                "Who sits, or the agenda, has changed since this page was drawn. Look through it and save it again."
            )
        for name, document in self.cleaned_data.items():
            if name.startswith(CONSENT) and document and not self.cleaned_data.get(dated(name)):
                raise forms.ValidationError("Give the day of every document of agreement.")
        return self.cleaned_data


def attendance_form(
    seats: Choices, alternates: dict[str, Choices], items: Choices, data: Any, initial: Any
) -> forms.Form:
    """How each seat was filled: by its office, by an alternate, or not; and who has an interest."""
    form = ByCode(data, initial=initial)
    for code, name in seats:
        stands_in = [
            (f"alternate:{office}", f"By {title}") for office, title in alternates[code]
        ]
        form.fields[SEAT + code] = forms.ChoiceField(
            label=name,
            choices=[
                (Presence.ABSENT.value, "Absent"),
                (Presence.PRESENT.value, "Present"),
                *stands_in,
            ],
        )
        if items:
            form.fields[INTEREST + code] = forms.MultipleChoiceField(
                label=f"Takes no part in, for an interest: {name}",
                choices=list(items),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
    return form


def notes_form(items: Choices, data: Any, initial: Any) -> forms.Form:
    """What was said on each item."""
    form = ByCode(data, initial=initial)
    for code, title in items:
        form.fields[NOTE + code] = forms.CharField(
            label=title, required=False, max_length=4_000, widget=forms.Textarea
        )
    return form


@dataclass(frozen=True, slots=True)
class Writing:
    """Who there is to choose from as having answered in writing: who holds each seat."""

    holders: Mapping[str, Sequence[tuple[str, str]]]


def ballot_form(
    seats: Choices,
    persons: Choices,
    data: Any,
    *,
    chair_casts: bool,
    documents: Choices,
    between: Writing | None,
    alone: Choices,
) -> forms.Form:
    """How each seat voted, who agreed in writing besides, and how a tie was broken.

    `between` meetings, also who answered for each seat, when and in which document.
    """
    form = ByCode(data)
    says = [(vote.value, label) for vote, label in _SAYS]
    if between:
        form.fields.update(_between(alone))
    for code, name in seats:
        form.fields[VOTE + code] = forms.ChoiceField(
            label=name, choices=[("", "No vote"), *says], required=False
        )
        if between:
            form.fields.update(_evidence(code, name, between, documents))
    for code, name in persons:
        form.fields[CONSENT + code] = _consent(name, documents)
        form.fields[DATED + code] = DateField(
            label=f"Day of that document: {name}", required=False
        )
    if chair_casts:
        form.fields["casting"] = forms.ChoiceField(
            label="Casting vote of the chair", choices=[("", "None"), *says[:2]], required=False
        )
    return form


def agreement_form(persons: Choices, documents: Mapping[str, Choices], data: Any) -> forms.Form:
    """Which bodies without an office here agreed to a board's own rules, in which letter of which day."""
    form = ByCode(data)
    for code, name in persons:
        form.fields[CONSENT + code] = _consent(name, documents[code])
        form.fields[CONSENT + code].label = f"Agreed in writing: {name}"
        form.fields[
            CONSENT + code
        ].help_text = "Documents that it or its force holds, and that quote this proposal. Leave it at “None” where there is no letter."
        form.fields[DATED + code] = DateField(
            label=f"Day of that document: {name}", required=False
        )
    return form


def consents_in(given: Mapping[str, Any]) -> tuple[Consent, ...]:
    """Who agreed, by what was sent."""
    return tuple(
        Consent(name.removeprefix(CONSENT), document, given[dated(name)])
        for name, document in given.items()
        if name.startswith(CONSENT) and document
    )


class BodyAnswer(forms.Form):
    """What a body says to what is proposed as its board's own rules; `proposal` is what was shown."""

    proposal = forms.CharField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label="Body")
    vote = forms.ChoiceField(
        label="Does it agree?",
        choices=[(Vote.FOR.value, "Yes, it agrees"), (Vote.AGAINST.value, "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it agrees"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        bodies: Choices = kwargs.pop("bodies")
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(bodies)


class AnswerGiven(forms.Form):
    """What the holder of a seat says to a paper."""

    seat = forms.ChoiceField(label="Seat")
    vote = forms.ChoiceField(
        label="Your answer",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose your answer"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        seats: Choices = kwargs.pop("seats")
        super().__init__(*args, **kwargs)
        for name, chosen in (
            ("seat", seats),
            ("vote", [(vote.value, label) for vote, label in _SAYS]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(chosen)


def _consent(name: str, documents: Choices) -> forms.Field:
    """In which document that is kept here a legal person agreed."""
    return forms.ChoiceField(
        label=f"Agreed in writing besides: {name}",
        choices=[("", "None"), *documents],
        required=False,
        help_text="In which document. Leave it at “None” where it has not agreed in writing.",
    )


def _between(alone: Choices) -> dict[str, forms.Field]:
    """How it is decided between meetings: in writing with the day of asking, or by one seat with the reason."""
    return {
        "how": forms.ChoiceField(
            label="How it is decided",
            choices=[
                ("written", "In writing, by every seat"),
                ("urgent", "Urgently, by one seat to which it is delegated"),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose how it is decided"},
        ),
        "asked_on": DateField(
            label="When the seats were asked", required=False, help_text="For one in writing."
        ),
        "alone": forms.ChoiceField(
            label="Which seat decides alone", choices=[("", "None"), *alone], required=False
        ),
        "urgency": forms.CharField(label="Why it cannot wait", required=False, max_length=500),
    }


def _evidence(
    code: str, name: str, writing: Writing, documents: Choices
) -> dict[str, forms.Field]:
    """Who answered for the seat, on which day and in which document, between meetings."""
    held = writing.holders.get(code, ())
    nobody = "Nobody is known here to hold this seat today, so it cannot answer in writing."
    where = "A document that you keep here. Leave it empty where you hold the seat and record your own answer."
    return {
        BY + code: forms.ChoiceField(
            label=f"Who answered: {name}",
            choices=[("", "Choose who"), *held],
            initial=held[0][0] if len(held) == 1 else "",
            required=False,
            help_text="" if held else nobody,
        ),
        ON + code: DateField(label=f"Day of the answer: {name}", required=False),
        IN + code: forms.ChoiceField(
            label=f"Document of the answer: {name}",
            choices=[("", "None"), *documents],
            required=False,
            help_text=where,
        ),
    }


_SAYS = ((Vote.FOR, "For"), (Vote.AGAINST, "Against"), (Vote.ABSTAIN, "Abstain"))
