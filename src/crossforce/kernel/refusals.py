"""Refusals: what every operation may answer instead of doing its work.

The frame turns them into pages and problem+json: Missing is 404, Refused 403, Conflict 409.
"""


class Missing(LookupError):
    """There is no such thing, or none that you may know of."""


class Refused(Exception):
    """This act is not yours to do; the message says why."""


class Conflict(Exception):
    """The act cannot be done as things stand; the message says what to do."""


class StaleVersion(Conflict):
    """Someone changed this after you opened it; nothing of yours was saved.

    Look at it as it is now, and make your change again if it is still wanted.
    """

    def __init__(self, message: str = "") -> None:
        super().__init__(message or " ".join((self.__doc__ or "").split()))
