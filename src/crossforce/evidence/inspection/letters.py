"""E-mail: who, to whom, when, about what, and what hangs on it."""

from collections.abc import Iterator
from email.message import EmailMessage, Message
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
    for number, part in enumerate(beside_text(letter)):
        if number >= MOST:
            yield fact("Attachments", f"more than {MOST}", PROVEN)
            return
        held = part.get_payload(decode=True)
        size = f"{len(held):,} bytes" if isinstance(held, bytes) else "a message"
        yield fact("Attachment", f"{part.get_filename('unnamed')}, {size}", STATED)


def beside_text(letter: EmailMessage) -> Iterator[Message]:
    """All that lies in it but its own text, as such and as HTML: what hangs on it, pictures within the text, whole letters."""
    own = [_text(letter, form) for form in ("plain", "html")]
    for part in _leaves(letter):
        if not any(part is each for each in own):
            yield part


def _text(letter: EmailMessage, form: str) -> Message | None:
    try:
        return letter.get_body((form,))
    except AttributeError:  # what the library raises where a multipart has no parts
        return None


def _leaves(part: Message) -> Iterator[Message]:
    """The parts that have no parts of their own; another letter is one of them."""
    within = part.get_payload()
    if part.get_content_maintype() != "multipart" or not isinstance(within, list):
        yield part
        return
    for each in within:
        if isinstance(each, Message):
            yield from _leaves(each)
