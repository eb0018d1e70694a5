"""Shape and wording of what staff send about people."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import MaxLengthValidator

from crossforce.kernel import civil
from crossforce.kernel.periods import Period
from crossforce.kernel.web.dateparts import DateField
from crossforce.people import operations
from crossforce.people.choices import EARLIEST_DAY, LATEST_DAY, EmploymentKind
from crossforce.people.rules.catalogue import Catalogue

KINDS = {
    EmploymentKind.OFFICER: "Police officer",
    EmploymentKind.SPECIAL: "Special constable",
    EmploymentKind.STAFF: "Police staff",
    EmploymentKind.PCSO: "Police community support officer",
    EmploymentKind.VOLUNTEER: "Volunteer",
    EmploymentKind.PARTNER: "Partner's employee",
    EmploymentKind.OFFICE_HOLDER: "Office holder",
}
UNTIL_HELP = "Leave empty if no end is known."
CATALOGUE_END = "Leave empty to let it run as long as the catalogue allows."


def end_of(last_day: date | None) -> datetime | None:
    """The instant at which a last day is over."""
    return None if last_day is None else civil.instant(civil.next_day(last_day))


def choose(field: forms.Field, choices: Iterable[tuple[str, str]], empty: str = "") -> None:
    """Give a select its choices, with an empty one first."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", empty), *choices]


class Day(DateField):
    """A day on which somebody now living could serve."""

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and not EARLIEST_DAY <= day <= LATEST_DAY:
            message = f"Enter a date from {EARLIEST_DAY.year} to {LATEST_DAY.year}"
            raise forms.ValidationError(message)
        return day


class Lasting(forms.Form):
    """A first day, and a last day or none."""

    first_day = Day(label="First day")
    last_day = Day(label="Last day", required=False, help_text=UNTIL_HELP)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day must not be before the first day")
        return given

    @property
    def period(self) -> Period:
        given = self.cleaned_data
        return Period(civil.instant(given["first_day"]), end_of(given["last_day"]))


class Particulars(forms.Form):
    """Who somebody is, as the organisation notes it."""

    given_name = forms.CharField(label="Given name", max_length=80, required=False)
    family_name = forms.CharField(
        label="Family name", max_length=80, error_messages={"required": "Enter a family name"}
    )
    number = forms.CharField(
        label="Staff or collar number",
        max_length=20,
        error_messages={"required": "Enter a number"},
    )
    kind = forms.ChoiceField(
        label="Works as",
        choices=[(kind.value, title) for kind, title in KINDS.items()],
        error_messages={"required": "Choose what the person works as"},
    )
    rank = forms.CharField(label="Rank or grade", max_length=60, required=False)
    email = forms.EmailField(label="Email address at work", required=False)

    @property
    def particulars(self) -> operations.Particulars:
        names = ("number", "given_name", "family_name", "kind", "rank", "email")
        return operations.Particulars(**{name: self.cleaned_data[name] for name in names})


class AddStaff(Particulars, Lasting):
    """Someone new."""

    field_order = ["given_name", "family_name", "number", "kind", "rank", "email", "first_day"]


class Ending(forms.Form):
    """The last day of something."""

    last_day = Day(label="Last day")

    @property
    def ends_at(self) -> datetime:
        return civil.instant(civil.next_day(self.cleaned_data["last_day"]))


class Post(Lasting):
    """Where someone is to act."""

    organisation = forms.ChoiceField(
        label="Acts for",
        help_text="Another organisation than yours must accept the posting before it counts.",
    )
    role = forms.ChoiceField(label="Role", error_messages={"required": "Choose a role"})
    unit = forms.ChoiceField(label="Unit", required=False)
    field_order = ["organisation", "role", "unit", "first_day", "last_day"]

    def __init__(
        self,
        *given: Any,
        organisations: Iterable[tuple[str, str]],
        roles: Catalogue,
        units: Iterable[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(organisations)
        choose(self.fields["role"], ((each.code, each.title.en) for each in roles.values()))
        choose(self.fields["unit"], units, "No unit")

    @property
    def wanted(self) -> operations.Wanted:
        given = self.cleaned_data
        unit = UUID(given["unit"]) if given["unit"] else None
        return operations.Wanted(given["organisation"], given["role"], self.period, unit)


class Qualify(Lasting):
    """Something from a catalogue, from a day."""

    code = forms.ChoiceField(label="Which", error_messages={"required": "Choose one"})
    words = forms.CharField(required=False)
    field_order = ["code", "first_day", "last_day", "words"]

    def __init__(
        self, *given: Any, items: Catalogue, which: str, words: str, longest: int, **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.fields["code"].label = which
        self.fields["words"].label = words
        self.fields["words"].validators.append(MaxLengthValidator(longest))
        self.fields["last_day"].help_text = CATALOGUE_END
        titles = sorted((each.title.en, each.code) for each in items.values())
        choose(self.fields["code"], ((code, title) for title, code in titles))


class Renew(Lasting):
    """The same authority for another time."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["last_day"].help_text = CATALOGUE_END


class Suspend(forms.Form):
    """Why an authority stops at once."""

    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea,
        help_text="Kept with the authority. The ledger commits to it without showing it.",
        error_messages={"required": "Enter the reason"},
    )


class OpenAccount(forms.Form):
    """What someone will sign in with."""

    username = forms.CharField(
        label="User name", max_length=80, error_messages={"required": "Enter a user name"}
    )
    email = forms.EmailField(
        label="Email address",
        required=False,
        help_text="For sign-in through the organisation's own identity provider.",
    )
    password = forms.CharField(
        label="First password",
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Leave empty where the organisation's own identity provider signs people in.",
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password

    @property
    def credentials(self) -> operations.Credentials:
        given = self.cleaned_data
        return operations.Credentials(
            given["username"], given["email"], given["password"] or None
        )
