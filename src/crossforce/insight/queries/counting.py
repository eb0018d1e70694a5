"""How many there are to see, without looking at them."""

from typing import Final

from crossforce.kernel import statements

SEEN: Final = b"SELECT access_seen($1, $2)"


def seen(kind: str, most: int | None = None) -> int:
    """How many rows of the kind whoever acts may read; no further than `most`, if that is given."""
    ((found,),) = statements.texts(SEEN, [kind, None if most is None else str(most)])
    return int(found or 0) if most is None else min(int(found or 0), most)
