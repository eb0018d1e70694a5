"""What the account's pages ask."""

from typing import Any
from uuid import UUID

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from crossforce.people.models import Account
from crossforce.people.signin.acting import Choice


class PostingForm(forms.Form):
    """Which posting to act in, and for which purpose."""

    posting = forms.TypedChoiceField(
        label=_("Posting"),
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the posting you are going to act in")},
    )
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        help_text=_(
            "What you are about to do it for. It is written to the log with what you do."
        ),
        required=False,
    )

    def __init__(
        self, *args: object, postings: list[Choice], purposes: dict[str, str], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        named = [(str(one.id), _title(one)) for one in postings]
        self.fields["posting"].choices = named  # type: ignore[attr-defined]
        if not purposes:
            del self.fields["purpose"]
        else:
            self.fields["purpose"].choices = [("", "–"), *purposes.items()]  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    """A new token."""

    title = forms.CharField(
        label=_("What is the token for?"),
        help_text=_("For example: nightly copy of the register"),
        max_length=80,
        error_messages={"required": _("Say what the token is for")},
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        min_value=1,
        max_value=366,
        initial=90,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
    )


def _title(one: Choice) -> str:
    place = f"{one.unit}, {one.organisation}" if one.unit else one.organisation
    return f"{one.role}, {place}"


class LoginForm(account.LoginForm):  # type: ignore[misc]  # has no types
    """User name and password; the organisations that have a sign-in service of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reworded(self, "login", _("User name or work email address"), "username")
        reworded(self, "password", _("Password"), "current-password")
        self.providers = settings.IDENTITY_PROVIDERS


class PasswordForm(account.ChangePasswordForm):  # type: ignore[misc]  # has no types
    """The old password and the new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reworded(self, "oldpassword", _("Password now"), "current-password")
        reworded(self, "password1", _("New password"), "new-password")
        reworded(self, "password2", _("New password again"), "new-password")


class ForgottenForm(account.ResetPasswordForm):  # type: ignore[misc]  # has no types
    """Where to send the letter."""

    users: list[Account]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reworded(self, "email", _("Work email address"), "email")

    def clean_email(self) -> str:
        """The letter goes to the address that the platform itself keeps for the account, or to nobody."""
        email: str = super().clean_email()
        found: list[Account] = self.users
        same = email.lower()
        self.users = [one for one in found if one.email.lower() == same and one.is_sealed]
        return email


class NewPasswordForm(account.ResetPasswordKeyForm):  # type: ignore[misc]  # has no types
    """The new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reworded(self, "password1", _("New password"), "new-password")
        reworded(self, "password2", _("New password again"), "new-password")


class AgainForm(account.ReauthenticateForm):  # type: ignore[misc]  # has no types
    """The password, once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reworded(self, "password", _("Password"), "current-password")


class CodeForm(mfa.AuthenticateForm):  # type: ignore[misc]  # has no types
    """The code of a second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reworded(self, "code", _("Code"), "one-time-code")


class CodeAgainForm(mfa.ReauthenticateForm):  # type: ignore[misc]  # has no types
    """The code of a second factor, once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reworded(self, "code", _("Code"), "one-time-code")


class AppForm(totp.ActivateTOTPForm):  # type: ignore[misc]  # has no types
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reworded(self, "code", _("Code"), "one-time-code")


def reworded(form: forms.Form, name: str, label: Any, autocomplete: str) -> None:
    """Our words on a field of allauth's form, and what the browser may fill in."""
    if name not in form.fields:
        return
    field = form.fields[name]
    field.label = label
    field.help_text = ""
    field.widget.attrs = {"autocomplete": autocomplete, "class": "govuk-!-width-one-half"}
    field.error_messages["required"] = _("Enter this: %(label)s") % {"label": label}
