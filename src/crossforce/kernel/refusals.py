"""Refusals: what every operation may answer instead of doing its work.

The frame turns them into pages and problem+json: Missing is 404, Refused 403, Conflict 409,
NotUnderstood 400, TooLarge 413. An operation's own refusals derive from one of these; the docstring is the
message for the user when none is given.
"""

from typing import ClassVar


class Refusal(Exception):
    """This cannot be done now."""

    status: ClassVar[int] = 409

    about: str = ""
    """The field of a form beside which it is said, where it is about one."""

    def __init__(self, message: str = "") -> None:
        self.message = message or " ".join((type(self).__doc__ or "").split())
        super().__init__(self.message)


class Missing(Refusal, LookupError):
    """There is no such thing, or none that you may know of."""

    status = 404


class Refused(Refusal):
    """This act is not yours to do; the message says why."""

    status = 403


class Conflict(Refusal):
    """The act cannot be done as things stand; the message says what to do."""

    status = 409


class StaleVersion(Conflict):
    """Someone changed this after you opened it; nothing of yours was saved.

    Your browser's back button still holds what you wrote: copy it there. Then look at this as it is
    now, and make your change again if it is still wanted.
    """


class NotUnderstood(Refusal):
    """The request could not be understood."""

    status = 400


class TooLarge(NotUnderstood):
    """What was sent is too large: no more than 2.5 MB at a time is taken here. Nothing of it was read.

    Send less at a time, in several requests; what is a file is sent as one, and may be larger.
    """

    status = 413


class NotKnown(NotUnderstood):
    """Something that the request names is none of those that there are.

    `where` is the place in the request, for programs; the message says which there are.
    """

    status = 422

    def __init__(self, message: str = "", where: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.where = where
