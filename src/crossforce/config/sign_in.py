"""Settings of sign-in: password and second factor by django-allauth, a force's own OpenID provider."""

import os
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crossforce.config import environment


def identity_providers(file: Path) -> list[dict[str, Any]]:
    """The OpenID Connect providers of the installation (docs/howto/identity-provider.md)."""
    if not file.exists():
        return []
    rows: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["provider"]
    return rows


def application(row: dict[str, Any]) -> dict[str, Any]:
    """One provider as allauth wants it. The secret comes from the file or the environment."""
    return {
        "provider_id": row["id"],
        "name": row["name"],
        "client_id": row["client_id"],
        "secret": row.get("client_secret") or os.environ[row["client_secret_env"]],
        "settings": {"server_url": row["issuer"], "organisation": row["organisation"]},
    }


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def providers_file(var: Path) -> Path:
    return Path(
        environment.text("CROSSFORCE_IDENTITY_PROVIDERS") or var / "identity-providers.toml"
    )


ACCOUNT_ADAPTER = "crossforce.people.signin.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger cannot make us write to anybody
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "shared_link": "20/m/ip",  # links to evidence that open nothing
}

FORMS = "crossforce.people.signin.forms"
ACCOUNT_FORMS = {
    "login": f"{FORMS}.LoginForm",
    "change_password": f"{FORMS}.PasswordForm",
    "reauthenticate": f"{FORMS}.AgainForm",
    "reset_password": f"{FORMS}.ForgottenForm",
    "reset_password_from_key": f"{FORMS}.NewPasswordForm",
}

MFA_FORMS = {
    "authenticate": f"{FORMS}.CodeForm",
    "reauthenticate": f"{FORMS}.CodeAgainForm",
    "activate_totp": f"{FORMS}.AppForm",
}
MFA_ADAPTER = "crossforce.people.signin.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Crossforce"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True

SOCIALACCOUNT_ADAPTER = "crossforce.people.signin.adapters.Identities"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "provider"

API_AUTHENTICATION = [
    "crossforce.people.signin.api_auth.bearer",
    "crossforce.people.signin.api_auth.password",
    "crossforce.people.signin.api_auth.session",
]
