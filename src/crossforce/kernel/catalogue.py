"""The Welsh of every app: collect the words of its pages, compile them, say which have no Welsh.

Usage: python -m crossforce.kernel.catalogue collect [APP...] | compile | check
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE: Final = Path(__file__).parents[1]
PLACE: Final = Path("locale/cy/LC_MESSAGES/django.po")
METHODS: Final = [
    ("**/tests/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**/guarding.py", "ignore"),  # writes statements of SQL, and no words
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
]
OPTIONS: Final = {"**/templates/**.html": {"silent": "false", "extensions": "jinja2.ext.do"}}
KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
}
PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[sd]|%%")

HEADER: Final = """\
# Welsh of the app {app}.
msgid ""
msgstr ""
"Language: cy\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3;\\n"

"""


@dataclass(frozen=True, slots=True)
class Wanting:
    """A text without good Welsh, and what is wrong."""

    app: str
    text: str
    reason: str


def apps() -> list[Path]:
    """The folders of the apps that have something to say."""
    return sorted(path.parent for path in PACKAGE.glob("*/apps.py"))


def collect(names: list[str]) -> None:
    """Bring the apps' catalogues in step with their pages; Welsh that is no longer used goes."""
    for app in (one for one in apps() if not names or one.name in names):
        found = _found(app)
        held = _held(app)
        held.update(found, no_fuzzy_matching=True)
        held.obsolete.clear()
        if found or held:
            _write(app, held)


def compile_all() -> int:
    """Write the binary catalogues that Django reads; answers how many."""
    count = 0
    for app in apps():
        if not (app / PLACE).exists():
            continue
        data = io.BytesIO()
        write_mo(data, _held(app))
        target = (app / PLACE).with_suffix(".mo")
        if not target.exists() or target.read_bytes() != data.getvalue():
            target.write_bytes(data.getvalue())
        count += 1
    return count


def wanting() -> list[Wanting]:
    """Every text of a page that has no Welsh, or Welsh that does not fit."""
    return [one for app in apps() for one in _wanting(app)]


def _wanting(app: Path) -> Iterator[Wanting]:
    held = _held(app)
    for message in _found(app):
        text = message.id if isinstance(message.id, str) else message.id[0]
        if not text:
            continue
        known = held.get(message.id)
        welsh = known.string if known else ""
        forms = [welsh] if isinstance(welsh, str) else list(welsh or ())
        if not forms or not all(forms):
            yield Wanting(app.name, text, "has no Welsh: run `make messages`, then write it")
        elif known is not None and known.fuzzy:
            yield Wanting(app.name, text, "is marked fuzzy")
        elif any(_placeholders(form) != _placeholders(text) for form in forms):
            yield Wanting(app.name, text, "names other placeholders in Welsh")


def _placeholders(text: str) -> set[str]:
    return {match.group() for match in PLACEHOLDER.finditer(text)} - {"%%"}


def _found(app: Path) -> Catalog:
    catalogue = Catalog(locale="cy", charset="utf-8")
    rows = extract_from_dir(
        app, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS, strip_comment_tags=True
    )
    for _, _, text, comments, context in rows:
        catalogue.add(text, auto_comments=comments, context=context)
    return catalogue


def _held(app: Path) -> Catalog:
    file = app / PLACE
    if not file.exists():
        return Catalog(locale="cy", charset="utf-8")
    with file.open("rb") as opened:
        return read_po(opened, locale="cy", charset="utf-8")


def _write(app: Path, catalogue: Catalog) -> None:
    data = io.BytesIO()
    write_po(data, catalogue, omit_header=True, sort_output=True, width=0, no_location=True)
    (app / PLACE).parent.mkdir(parents=True, exist_ok=True)
    words = data.getvalue().decode().strip()
    (app / PLACE).write_text(HEADER.format(app=app.name) + words + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    match arguments:
        case ["collect", *names]:
            collect(names)
        case ["compile"]:
            compile_all()
        case ["check"]:
            found = wanting()
            for one in found:
                sys.stderr.write(f"{one.app}: “{one.text}” {one.reason}\n")
            return 1 if found else 0
        case _:
            sys.stderr.write(__doc__ or "")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
