"""Addresses of sign-in, under /account/. The views of allauth, without those that open accounts."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as provider
from django.urls import path, re_path

from crossforce.kernel import web
from crossforce.people.signin import views

View = Callable[..., Any]


def stranger(view: View) -> View:
    """For somebody who is not signed in yet."""
    return web.public(web.repeatable(view))


def own(view: View) -> View:
    """For the account's owner, in no posting. allauth's own views bring their own guards."""
    return web.without_posting(web.repeatable(view))


urlpatterns = [
    path("", views.account, name="account"),
    path("posting/", views.posting, name="account_posting"),
    path("tokens/", views.token_list, name="account_tokens"),
    path("tokens/<uuid:token>/revoke/", views.token_revoke, name="account_token_revoke"),
    path("demonstration/", views.demonstrate, name="account_demonstration"),
    path("login/", stranger(account.login), name="account_login"),
    path("logout/", stranger(account.logout), name="account_logout"),
    path("inactive/", stranger(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", own(account.reauthenticate), name="account_reauthenticate"),
    path("password/", own(account.password_change), name="account_change_password"),
    path(
        "password/forgotten/", stranger(account.password_reset), name="account_reset_password"
    ),
    path(
        "password/forgotten/sent/",
        stranger(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        stranger(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done/",
        stranger(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", own(mfa.index), name="mfa_index"),
    path("second-factor/ask/", stranger(mfa.authenticate), name="mfa_authenticate"),
    path("second-factor/ask-again/", own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/app/", own(totp.activate_totp), name="mfa_activate_totp"),
    path("second-factor/app/remove/", own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "second-factor/codes/",
        own(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        own(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/download/",
        own(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path(
        "provider/cancelled/",
        stranger(social.login_cancelled),
        name="socialaccount_login_cancelled",
    ),
    path("provider/error/", stranger(social.login_error), name="socialaccount_login_error"),
    path("provider/refused/", stranger(social.signup), name="socialaccount_signup"),
    path("provider/<str:provider_id>/", stranger(provider.login), name="openid_connect_login"),
    path(
        "provider/<str:provider_id>/callback/",
        stranger(provider.callback),
        name="openid_connect_callback",
    ),
]
