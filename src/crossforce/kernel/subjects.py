"""Names for what ledger entries and messages call by a code, as `agreement:sw-major-crime`.

Each app registers in `registry.subject_names` who names its codes; the floors below need not know it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.utils.module_loading import import_string

from crossforce.kernel import registry

Namer = Callable[[Iterable[str]], Mapping[str, str]]


def names_of(subjects: Iterable[str]) -> dict[str, str]:
    """A name for each subject, each app asked once; one that nobody names is read out.

    A subject without a code is a whole kind, of which rows were listed or counted.
    """
    codes: dict[str, set[str]] = defaultdict(set)
    whole: dict[str, str] = {}
    for subject in subjects:
        kind, mark, code = subject.partition(":")
        if mark:
            codes[kind].add(code)
        else:
            whole[kind] = _of_a_kind(kind)
    return whole | {
        f"{kind}:{code}": known.get(code) or _read_out(kind, code)
        for kind, some in codes.items()
        for known in (_known(kind, some),)
        for code in some
    }


def _known(kind: str, codes: Iterable[str]) -> Mapping[str, str]:
    path = registry.subject_names.get(kind)
    if path is None:
        return {}
    namer: Namer = import_string(path)
    return namer(codes)


def _of_a_kind(kind: str) -> str:
    known = registry.record_kinds.get(kind)
    return (known.plural or known.title) if known else _words(kind)


def _words(kind: str) -> str:
    return kind.rpartition(".")[2].replace("-", " ").capitalize()


def _read_out(kind: str, code: str) -> str:
    """`people.staff:0198…c61f` as "Staff …c61f": enough to tell two of a kind apart."""
    what = _words(kind)
    return f"{what} {code}" if len(code) < 20 else f"{what} …{code[-6:]}"
