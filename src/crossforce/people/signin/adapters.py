"""What we tell allauth: nobody opens an account here, and a provider speaks for one organisation."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from crossforce.kernel.web import pages
from crossforce.people.models import Account
from crossforce.people.signin import sealing

WRONG = _("The user name or the password is wrong")


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # has no types
    """Accounts are opened by the organisation that employs, never by a visitor."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "incorrect_password": _("That is not your password"),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say what happened; allauth's own notices would say it twice."""


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # has no types
    """Secrets of second factors are sealed under the installation's master key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That is not the code that the app shows now"),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def get_totp_label(self, user: Account) -> str:
        return user.username


class Identities(DefaultSocialAccountAdapter):  # type: ignore[misc]  # has no types
    """Binds a provider's identity to the account of one of its organisation's own staff."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def list_apps(
        self, request: HttpRequest | None, provider: Any = None, client_id: Any = None
    ) -> list[Any]:
        """The providers of the settings. A row of a table would let whoever wrote it vouch for anybody."""
        found = super().list_apps(request, provider=provider, client_id=client_id)
        return [app for app in found if app.pk is None]

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        organisation = sociallogin.provider.app.settings["organisation"]
        identity = f"{sociallogin.account.provider}:{sociallogin.account.uid}"
        account = self._bound(sociallogin, identity) or self._claimed(sociallogin, organisation)
        if account is None or not speaks_for(organisation, account):
            raise ImmediateHttpResponse(_refused(request))
        if sociallogin.is_existing and sociallogin.user.pk != account.pk:
            raise ImmediateHttpResponse(_refused(request))
        if not sociallogin.is_existing:
            sociallogin.connect(request, account)
        if account.identity != identity:
            account.bind(identity)

    @staticmethod
    def _bound(sociallogin: Any, identity: str) -> Account | None:
        """The account to which this identity was bound before, by this platform."""
        account: Account | None = sociallogin.user if sociallogin.is_existing else None
        return (
            account if account and account.is_sealed and account.identity == identity else None
        )

    @staticmethod
    def _claimed(sociallogin: Any, organisation: str) -> Account | None:
        """The account with an address that the provider has verified, if the address is as it was set here."""
        verified = [one.email.lower() for one in sociallogin.email_addresses if one.verified]
        found = Account.objects.filter(email__in=verified, organisation=organisation)
        return next((one for one in found.filter(is_active=True) if one.is_sealed), None)


def speaks_for(organisation: str, account: Account) -> bool:
    """A force's provider vouches for the force's own staff, and for nobody else's."""
    return account.organisation_id == organisation


def _refused(request: HttpRequest) -> HttpResponse:
    return pages.page(request, "account/provider_refused.html", status=403)
