"""E-mail: who, to whom, when, about what, and what hangs on it."""

from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Final

from crossforce.evidence.inspection.found import PROVEN, STATED, Fact, fact

HEADS: Final = ("From", "To", "Cc", "Date", "Subject", "Message-ID")
MOST: Final = 20


def facts(content: bytes) -> Iterator[Fact]:
    """What its head states, and each attachment with its length."""
    letter = BytesParser(EmailMessage, policy=default).parsebytes(content)
    yield fact("Format", "E-mail", PROVEN)
    for name in HEADS:
        if value := letter.get(name):
            yield fact(name, value, STATED)
    for number, part in enumerate(letter.iter_attachments() if letter.is_multipart() else ()):
        if number >= MOST:
            yield fact("Attachments", f"more than {MOST}", PROVEN)
            return
        held = part.get_payload(decode=True)
        size = f"{len(held):,} bytes" if isinstance(held, bytes) else "a message"
        yield fact("Attachment", f"{part.get_filename('unnamed')}, {size}", STATED)
