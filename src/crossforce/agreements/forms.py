"""Shape and wording of what drafters, parties and handover teams send."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from crossforce.agreements.choices import View
from crossforce.agreements.operations import Consideration, NewKey
from crossforce.agreements.starters import STARTERS, Wanted, code_of
from crossforce.kernel.web.dateparts import DateField

LARGEST_UPLOAD = 2_000_000
LONGEST_FUNCTION = 100
REFERENCE_HELP = "Small letters, digits and hyphens, such as sw-joint-roads. It never changes."


class Begin(forms.Form):
    """A new agreement: what to call it and what to start from."""

    reference = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label="Reference",
        help_text=REFERENCE_HELP,
        max_length=100,
        error_messages={
            "required": "Enter a reference",
            "invalid": "Use small letters, digits and single hyphens, such as sw-joint-roads",
        },
    )
    title = forms.CharField(label="Title", error_messages={"required": "Enter a title"})
    shared = forms.CharField(
        label="What is shared",
        required=False,
        help_text="The function, in a few words, such as Driver training: the register lists and finds the "
        "agreement by it. A force's own policy begins with its duties and needs none.",
    )
    starter = forms.ChoiceField(
        label="Start from",
        widget=forms.RadioSelect,
        choices=[(each.name, f"{each.title}: {each.what}") for each in STARTERS],
        error_messages={"required": "Choose what to start from"},
    )
    forces = forms.MultipleChoiceField(
        label="Forces that take part",
        widget=forms.CheckboxSelectMultiple(
            attrs={"class": "cf-columns govuk-checkboxes--small"}
        ),
        error_messages={"required": "Choose at least one force"},
    )
    begins_on = DateField(label="First day")

    def __init__(
        self, *given: Any, forces: list[tuple[str, str]], longest_title: int, **more: Any
    ) -> None:
        super().__init__(*given, **more)
        field = self.fields["forces"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = forces
        # A browser that knew the limit would cut what is pasted, without a word.
        self.fields["title"].validators.append(_at_most(longest_title, "title"))
        self.fields["shared"].validators.append(_at_most(LONGEST_FUNCTION, "function"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen = next((each for each in STARTERS if each.name == given.get("starter")), None)
        said = given.get("shared")
        if said and not code_of(said):
            self.add_error("shared", "Write what is shared in letters, such as Driver training")
        elif chosen and chosen.asks_function and said == "":
            self.add_error("shared", "Enter what is shared, such as Driver training")
        return given

    @property
    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(
            given["reference"],
            given["title"],
            given["forces"],
            given["begins_on"],
            given["shared"],
        )


def _at_most(longest: int, what: str) -> MaxLengthValidator:
    return MaxLengthValidator(
        longest,
        f"A {what} has %(limit_value)s characters at most; you wrote %(show_value)s",
    )


class Write(forms.Form):
    """The document itself."""

    document = forms.CharField(
        label="The agreement, as TOML",
        strip=False,
        max_length=LARGEST_UPLOAD,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "cf-code"}),
        error_messages={"required": "The document is empty"},
    )

    def clean_document(self) -> str:
        return str(self.cleaned_data["document"]).replace("\r\n", "\n")


class Upload(forms.Form):
    """The document from a file."""

    file = forms.FileField(
        label="Take the document from a file",
        help_text="A TOML file of at most 2 MB. It takes the place of what is written above.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )

    def clean_file(self) -> str:
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_UPLOAD:
            raise forms.ValidationError("The file is larger than 2 MB, which no agreement is")
        try:
            return str(sent.read().decode("utf-8")).replace("\r\n", "\n")
        except UnicodeDecodeError as fault:
            place = f"byte {fault.start}"
            raise forms.ValidationError(
                f"The file is not text in UTF-8 ({place}). Save it as UTF-8 and send it again"
            ) from fault


def _reason(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


UNSAID = {
    "interest": "Say why it is, or is not, in the interests of efficiency or effectiveness",
    "existing_agreements": "Say something about existing agreements and other co-operation",
    "consistency": "Say something about the desirability of a consistent approach",
    "opportunities": "Say something about the opportunities open to the forces",
}


class Consider(forms.Form):
    """A party's own view of a version. Whether every reason is needed depends on the basis."""

    view = forms.ChoiceField(
        label="What is your view?",
        widget=forms.RadioSelect,
        choices=[
            (View.IN_INTEREST, "It is in the interests of efficiency or effectiveness"),
            (View.NOT_IN_INTEREST, "It is not"),
        ],
        error_messages={"required": "Say what your view is"},
    )
    interest = _reason("Why", "Police Act 1996 s22A: of one or more police forces or bodies.")
    existing_agreements = _reason(
        "Existing agreements", "s23HA: collaboration agreements and other co-operation so far."
    )
    consistency = _reason("A consistent approach", "s23HA: whether one is desirable.")
    opportunities = _reason("Opportunities", "s23HA: those open to the forces concerned.")

    def __init__(self, *given: Any, whole: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        for name, unsaid in UNSAID.items() if whole else ():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = unsaid

    @property
    def consideration(self) -> Consideration:
        given = self.cleaned_data
        return Consideration(
            View(given["view"]),
            given["interest"],
            given["existing_agreements"],
            given["consistency"],
            given["opportunities"],
        )


class Sign(forms.Form):
    """A deliberate signature."""

    agreed = forms.BooleanField(
        label="I sign this version, its words and its terms, for the organisation named above",
        error_messages={"required": "Tick the box to sign"},
    )


class SignOutside(forms.Form):
    """A signature made outside."""

    key = forms.ChoiceField(
        label="Key it was made with", error_messages={"required": "Choose a key"}
    )
    signature = forms.RegexField(
        r"^\s*[0-9a-fA-F]{128}\s*$",
        label="Signature, in hexadecimal",
        help_text="128 digits: the Ed25519 signature of the statement's bytes.",
        error_messages={
            "required": "Enter the signature",
            "invalid": "Enter 128 hexadecimal digits",
        },
    )

    def __init__(self, *given: Any, keys: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        field = self.fields["key"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = keys

    @property
    def signature_bytes(self) -> bytes:
        return bytes.fromhex(self.cleaned_data["signature"].strip())


class Reason(forms.Form):
    """Why; every party reads it."""

    reason = forms.CharField(
        label="Why",
        help_text="Every party will read this.",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why"},
    )


class Ending(Reason):
    """When all should end, and why."""

    wanted_on = DateField(label="First day without the agreement")
    field_order = ["wanted_on", "reason"]


class Settle(forms.Form):
    """How an item of the handover list was settled."""

    outcome = forms.CharField(
        label="How was it settled?",
        help_text="What went where, and who confirmed it.",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say how it was settled"},
    )


class Key(forms.Form):
    """A signing key to make here, or to register when it is held outside."""

    label = forms.CharField(
        label="Name of the key",
        max_length=100,
        error_messages={"required": "Give the key a name"},
    )
    days = forms.IntegerField(
        label="Days it is valid",
        min_value=1,
        max_value=1096,
        initial=365,
        error_messages={"required": "Enter a number of days"},
    )
    public = forms.RegexField(
        r"^\s*[0-9a-fA-F]{64}\s*$",
        label="Public key, if you hold the key outside",
        help_text="64 hexadecimal digits. Leave it empty to have the key made and kept here.",
        required=False,
        error_messages={"invalid": "Enter 64 hexadecimal digits, or nothing"},
    )

    @property
    def new_key(self) -> NewKey:
        public = self.cleaned_data["public"].strip()
        return NewKey(
            self.cleaned_data["label"],
            self.cleaned_data["days"],
            bytes.fromhex(public) if public else None,
        )
