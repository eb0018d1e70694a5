"""Names for what ledger entries and messages call by a code, as `agreement:sw-major-crime`.

Each app registers in `registry.subject_names` who names its codes; the floors below need not know it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.utils.module_loading import import_string

from crossforce.kernel import registry

Namer = Callable[[Iterable[str]], Mapping[str, str]]


def names_of(subjects: Iterable[str]) -> dict[str, str]:
    """A name for each subject, each app asked once; one that nobody names is read out."""
    codes: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        kind, _, code = subject.partition(":")
        codes[kind].add(code)
    return {
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


def _read_out(kind: str, code: str) -> str:
    """`people.staff:0198…c61f` as "Staff …c61f": enough to tell two of a kind apart."""
    what = kind.rpartition(".")[2].replace("-", " ").capitalize()
    return f"{what} {code}" if len(code) < 20 else f"{what} …{code[-6:]}"
