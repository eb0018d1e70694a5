"""What sign-in keeps sealed under the master key: secrets of second factors, accounts and tokens themselves."""

import base64
from collections.abc import Callable
from typing import Any, Final

from django.apps import apps
from django.conf import settings

from crossforce.kernel import statements

CONTEXT: Final = "people.second-factor"
SECRETS: Final = ("secret", "seed")


def seal(text: str) -> str:
    return base64.b64encode(settings.KEYS.seal(text.encode(), context=CONTEXT)).decode()


def unseal(text: str) -> str:
    plain: bytes = settings.KEYS.unseal(base64.b64decode(text), context=CONTEXT)
    return plain.decode()


def reseal_all(reseal: Callable[..., bytes]) -> int:
    """Seal every second factor again, under the current master key; answers how many."""
    rows: Any = apps.get_model("mfa", "Authenticator").objects.select_for_update()
    count = 0
    for row in rows.iterator():
        held = [name for name in SECRETS if name in row.data]
        for name in held:
            sealed = reseal(base64.b64decode(row.data[name]), context=CONTEXT)
            row.data[name] = base64.b64encode(sealed).decode()
        row.save(update_fields=["data"])
        count += bool(held)
    return count


def reseal_accounts(reseal: Callable[..., bytes]) -> int:
    """Seal every account again that is as it was left; one that was altered stays as it is."""
    count = 0
    rows: Any = apps.get_model("people", "Account").objects.select_for_update()
    for row in rows.iterator():
        if row.is_sealed:
            row.seal = reseal(bytes(row.seal), context=row.sealed_as)
            row.save(update_fields=["seal"])
            count += 1
    return count


def reseal_tokens(reseal: Callable[..., bytes]) -> int:
    """The same of every token. Its row is its owner's to write: the seal alone is put on by a function."""
    tokens: Any = apps.get_model("people", "Token").objects
    sealed = [token for token in tokens.iterator() if token.is_sealed]
    for token in sealed:
        fresh = reseal(bytes(token.seal), context=token.sealed_as)
        statements.answer("SELECT people_seal_token(%s, %s)", token.pk, fresh)
    return len(sealed)
