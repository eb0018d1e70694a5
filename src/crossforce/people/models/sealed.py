"""Rows that open something only as this platform left them."""

from collections.abc import Iterable
from hashlib import sha256

from django.conf import settings
from django.db import models

from crossforce.kernel.keys import KeyRefused


class Sealed(models.Model):
    """What it says is sealed under the master key, outside the database, and bound to the row.

    What was written otherwise, or copied from another row with its seal, is not sealed.
    """

    seal = models.BinaryField(default=b"", editable=False)

    class Meta:
        abstract = True

    def put_seal(self) -> None:
        """Say that this platform left it as it is now."""
        self.seal = settings.KEYS.seal(self._digest(), context=self.sealed_as)

    @property
    def is_sealed(self) -> bool:
        """Whether it is as this platform left it."""
        try:
            said: bytes = settings.KEYS.unseal(bytes(self.seal), context=self.sealed_as)
        except KeyRefused:
            return False
        return said == self._digest()

    @property
    def sealed_as(self) -> str:
        """What the seal is bound to."""
        return f"{self._meta.label_lower}:{self.pk}"

    def _sealed(self) -> Iterable[str]:
        """What the seal is about. None of it holds the character NUL."""
        raise NotImplementedError

    def _digest(self) -> bytes:
        return sha256("\0".join(self._sealed()).encode()).digest()
