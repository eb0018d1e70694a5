"""Where this installation keeps its files: the place that is read, the second copy where one is set, and the anteroom."""

import pkgutil
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from crossforce.kernel.files.places import Folder, Place

ARRIVING: Final = ".arriving"
REMOTE: Final = "crossforce.kernel.files.remote:Bucket"


def main() -> Place:
    """The place that files are read from."""
    return _place(settings.OBJECT_STORE_URL or str(settings.MEDIA_ROOT))


def second() -> Place | None:
    """Where a second copy of every file lies, if it was said."""
    where: str = settings.OBJECT_STORE_COPY_URL
    return _place(where, is_second=True) if where else None


def folder() -> Path | None:
    """The folder that files are read from, where it is one."""
    place = main()
    return place.folder if isinstance(place, Folder) else None


def arriving() -> Path:
    """Where files lie until they are whole: on the disk of the place itself where that is a folder."""
    return (folder() or Path(settings.MEDIA_ROOT)) / ARRIVING


@lru_cache
def _place(where: str, *, is_second: bool = False) -> Place:
    url = urlsplit(where)
    if url.scheme in {"", "file"}:
        return Folder(Path(unquote(url.path)), is_second=is_second)
    try:
        bucket: Place = pkgutil.resolve_name(REMOTE)(where)
    except ImportError as fault:
        raise ImproperlyConfigured(
            f"{where} needs the package obstore: install crossforce[evidence]."
        ) from fault
    return bucket
