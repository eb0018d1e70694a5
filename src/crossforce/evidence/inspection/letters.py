"""E-mail: who, to whom, when, about what, what it says, and what hangs on it: attachments, pictures in its text, letters with theirs."""

import base64
import binascii
import email.generator
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import default
from html.parser import HTMLParser
from typing import Final

from crossforce.evidence.inspection import pictures
from crossforce.evidence.inspection.found import PROVEN, STATED, Fact, fact
from crossforce.evidence.rules.members import plain

HEADS: Final = ("From", "To", "Cc", "Date", "Subject", "Message-ID")
MOST: Final = 20
NEEDED: Final = (email.generator,)
"""A letter within one is written out by it: opened before the process is confined, afterwards nothing is."""
DEEPEST: Final = 5
"""So many letters within letters are opened; what lies deeper comes as the letter that it lies in."""
MOST_DRAWN: Final = 200
DRAWN: Final = re.compile(rb"data:image/([a-z0-9]{1,10})[^,;\"'<>]*;base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)  # fmt: skip
LETTER: Final = "message/rfc822"
PICTURE: Final = "[picture]"
UNSAID: Final = frozenset({"head", "script", "style", "template"})
LINES: Final = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "hr", "pre"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hung:
    """What hangs on a letter: its number and name, after those of the letter `within` this one that it hangs on; what it is called; its bytes."""

    name: str
    title: str
    content: bytes
    within: str = ""
    is_letter: bool = False


def facts(content: bytes) -> Iterator[Fact]:
    """What its head states, and each attachment with its length."""
    letter = read(content)
    yield fact("Format", "E-mail", PROVEN)
    for name in HEADS:
        if value := letter.get(name):
            yield fact(name, value, STATED)
    for number, each in enumerate(hung_on(letter)):
        if number >= MOST:
            yield fact("Attachments", f"more than {MOST}", PROVEN)
            return
        size = "a message" if each.is_letter else f"{len(each.content):,} bytes"
        where = f", in {each.within}" if each.within else ""
        yield fact("Attachment", f"{each.title}, {size}{where}", STATED)


def picture(content: bytes) -> bytes:
    """The pictures that hang on it or lie in its text, side by side."""
    return pictures.sheet(each.content for each in hung_on(read(content)) if not each.is_letter)


def read(content: bytes) -> EmailMessage:
    """The letter."""
    return BytesParser(EmailMessage, policy=default).parsebytes(content)


def hung_on(letter: EmailMessage, within: str = "", depth: int = 0) -> Iterator[Hung]:
    """What hangs on it, and after each letter what hangs on that; a letter numbers its own."""
    before, number = f"{within}/" if within else "", 0
    for number, part in enumerate(beside_text(letter), 1):
        inner = _inner(part)
        title = part.get_filename() or ("letter.eml" if inner is not None else "unnamed")
        name = f"{before}{number}-{plain(title)}"
        yield Hung(name, title, _content(part), within, inner is not None)
        if isinstance(inner, EmailMessage) and depth < DEEPEST:
            yield from hung_on(inner, name, depth + 1)
    for place, (form, content) in enumerate(_drawn_in(letter), number + 1):
        title = f"picture.{form}"
        yield Hung(f"{before}{place}-{title}", title, content, within)


def text_of(letter: EmailMessage) -> str | None:
    """What it says: as plain text, else as the words of its HTML, where a picture is told as one; nothing where it has neither."""
    if (body := _text(letter, "plain")) is not None:
        return str(body.get_content())  # type: ignore[attr-defined]  # read by the policy, as ours is
    if (body := _text(letter, "html")) is not None:
        words = _Words()
        words.feed(str(body.get_content()))  # type: ignore[attr-defined]  # the same
        words.close()
        return words.text()
    return None


def beside_text(letter: EmailMessage) -> Iterator[Message]:
    """All that lies in it but its own text, as such and as HTML: what hangs on it, pictures within the text, whole letters."""
    own = [_text(letter, form) for form in ("plain", "html")]
    for part in _leaves(letter):
        if not any(part is each for each in own):
            yield part


class _Words(HTMLParser):
    """What a page says to whoever reads it, line by line; of what is only in its tags nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._said, self._hidden = list[str](), 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in UNSAID
        if tag in LINES:
            self._said.append("\n")
        if tag == "img":
            self._said.append(PICTURE)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in UNSAID and self._hidden > 0
        if tag in LINES:
            self._said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._said.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        """What was read."""
        lines = (" ".join(line.split()) for line in "".join(self._said).split("\n"))
        return "\n".join(line for line in lines if line)


def _text(letter: EmailMessage, form: str) -> Message | None:
    try:
        return letter.get_body((form,))
    except AttributeError:  # what the library raises where a multipart has no parts
        return None


def _drawn_in(letter: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Pictures that are written into its HTML itself, by their form."""
    body = _text(letter, "html")
    said = b"" if body is None else body.get_payload(decode=True)
    for number, found in enumerate(DRAWN.finditer(said if isinstance(said, bytes) else b"")):
        if number >= MOST_DRAWN:
            return
        try:
            content = base64.b64decode(found[2])
        except binascii.Error:
            continue
        yield found[1].decode().lower(), content


def _inner(part: Message) -> Message | None:
    """The letter that it is."""
    held = part.get_payload()
    if part.get_content_type() != LETTER or not isinstance(held, list):
        return None
    return next((each for each in held if isinstance(each, Message)), None)


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return payload
    return b"".join(each.as_bytes() for each in part.get_payload() if isinstance(each, Message))


def _leaves(part: Message) -> Iterator[Message]:
    """The parts that have no parts of their own; another letter is one of them."""
    within = part.get_payload()
    if part.get_content_maintype() != "multipart" or not isinstance(within, list):
        yield part
        return
    for each in within:
        if isinstance(each, Message):
            yield from _leaves(each)
