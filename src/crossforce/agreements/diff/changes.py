"""Changes between two documents, and a document with changes made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from crossforce.agreements import canonical
from crossforce.agreements.diff.rows import keyed, paired
from crossforce.agreements.diff.words import Names, Telling
from crossforce.agreements.document import AgreementDocument
from crossforce.kernel.words import Words

Plain = dict[str, Any]
Path = tuple[str, ...]

ROW, CODE = "=", "+"
"""First character of a step to a row of a table (`=4.2`) or to a code of a list (`+kent`)."""


class CannotApply(ValueError):
    """The changes were made from another document than this one."""


_FIRST = {
    key: place
    for place, key in enumerate(
        (
            "format", "reference", "title", "basis", "state", "stage", "form", "objective", "from",
            "until", "party", "function", "unit", "designation", "clause",
        )
    )
}  # fmt: skip
"""The order in which changes are told: what it is, who, what, the clauses, the rest."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is added (`before` None), taken out (`after` None) or changed."""

    path: Path
    before: Any
    after: Any
    clause: str | None
    words: Words

    @property
    def kind(self) -> str:
        """`added`, `removed` or `changed`."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


def diff(
    old: AgreementDocument, new: AgreementDocument, names: Names | None = None
) -> list[Change]:
    """Every change from the old document to the new; empty when their canonical texts are equal.

    `names` gives the words for an organisation, a function or a unit by its code.
    """
    before, after = canonical.plain(old), canonical.plain(new)
    telling = Telling(before, after, names)
    found = sorted(
        _table((), before, after), key=lambda each: _FIRST.get(each[0][0], len(_FIRST))
    )
    return [Change(path, *pair, *telling.of(path, *pair)) for path, pair in found]


def apply(document: AgreementDocument, changes: Iterable[Change]) -> AgreementDocument:
    """The document with the changes made, in canonical order.

    `apply(a, diff(a, b))` has the canonical text of b. Raises CannotApply.
    """
    tree = _tree(canonical.plain(document), "")
    for change in changes:
        _make(tree, change)
    try:
        changed = AgreementDocument.model_validate(_plain(tree))
    except ValidationError as error:
        raise CannotApply(f"the changes do not leave a sound document: {error}") from error
    return canonical.normalised(changed)


Found = tuple[Path, tuple[Any, Any]]


def _table(path: Path, old: Plain, new: Plain) -> Iterator[Found]:
    for key in [*old, *(key for key in new if key not in old)]:
        yield from _value((*path, key), old.get(key), new.get(key))


def _value(path: Path, old: Any, new: Any) -> Iterator[Found]:
    if old == new:
        return
    if _is_rows(old, new):
        rows = keyed(old or [], path[-1])
        others = paired(rows, new or [], path[-1])
        for key in [*rows, *(key for key in others if key not in rows)]:
            yield from _value((*path, ROW + key), rows.get(key), others.get(key))
    elif _is_codes(old, new):
        for code in sorted(set(old or []) ^ set(new or [])):
            yield (*path, CODE + code), (code if code in (old or []) else None, _in(code, new))
    elif _is_table(old) and _is_table(new):
        yield from _table(path, old, new)
    else:
        yield path, (old, new)


def _in(code: str, codes: list[str] | None) -> str | None:
    return code if code in (codes or []) else None


def _is_rows(*values: Any) -> bool:
    """A list of tables on one side, and on the other the same or nothing."""
    return all(value is None or _rows(value) for value in values)


def _rows(value: Any) -> bool:
    return (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
        and "en" not in value[0]
    )  # fmt: skip


def _is_codes(*values: Any) -> bool:
    return all(value is None or _codes(value) for value in values)


def _codes(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], str)


def _is_table(value: Any) -> bool:
    """A table whose keys change one by one; words and dates change as a whole."""
    return isinstance(value, dict) and not {"en", "date"} & set(value)


class _Rows(dict[str, Any]):
    """The rows of a table by name."""


class _Codes(dict[str, Any]):
    """The codes of a list, each under itself."""


def _tree(value: Any, table: str) -> Any:
    if _rows(value):
        return _Rows({ROW + key: _tree(row, "") for key, row in keyed(value, table).items()})
    if _codes(value):
        return _Codes({CODE + code: code for code in value})
    if isinstance(value, dict):
        return {key: _tree(each, key) for key, each in value.items()}
    return value


def _plain(tree: Any) -> Any:
    if isinstance(tree, (_Rows, _Codes)):
        return [_plain(each) for each in tree.values()]
    if isinstance(tree, dict):
        return {
            key: _plain(each)
            for key, each in tree.items()
            if each or not isinstance(each, (_Rows, _Codes))
        }
    return tree


def _make(tree: Any, change: Change) -> None:
    *parents, last = change.path
    for number, step in enumerate(parents):
        following = change.path[number + 1]
        if isinstance(tree, dict) and step not in tree and following[0] in (ROW, CODE):
            tree[step] = _Rows() if following[0] == ROW else _Codes()
        if not isinstance(tree, dict) or step not in tree:
            raise CannotApply(f"there is no {' '.join(change.path)} to change")
        tree = tree[step]
    present = _plain(tree.get(last)) if isinstance(tree, dict) else None
    if not isinstance(tree, dict) or present != change.before:
        raise CannotApply(f"{' '.join(change.path)} is not what the change was made from")
    if change.after is None:
        del tree[last]
    else:
        tree[last] = _tree(change.after, last)
