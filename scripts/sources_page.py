"""Write docs/sources.md from what the sources state: `python scripts/sources_page.py`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from crossforce.register import catalogues
from crossforce.register.rules.statements import Row, Source

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "sources.md"
HEAD = """# From the sources to the register

Every row of the inventory of the five source documents, and the agreement documents that hold it. A row without a
document says why there is none. Written by `scripts/sources_page.py` from `src/crossforce/register/sources`, which also
holds what each document states, statement by statement, and what of it is in doubt: the page **Source documents** of the
register (`/register/sources/`) shows it. `tests/documents/test_sources.py` keeps all of it complete: every row is here,
every document named exists, and every document is named.

What the documents do with what the sources leave open:

- A first day that no source gives is written with the precision `about` and the source's own words, and marked `assumed`.
- The plan of 2008-2011 (002) says nothing of later years, so what stands in it alone ends in the register with the plan.
- Parties are those of the law of the time: police authorities until 22 November 2012, police and crime commissioners after.
  A collaboration that goes on across that day names both, each for its own days.
- Where a source says "the region" and names no forces, the forces written are marked `assumed`.
- `recorded` documents hold facts and, marked `assumed`, what the platform cannot do without. `demonstration` documents
  (Tri-Force, Major Crime, Forensics, Zephyr, the Joint Operations Unit, the Joint Scientific Support Unit) also hold
  invented clauses, each marked; nobody has signed any of them.
- A doubtful statement is a query, and nothing rests on it as a fact.
"""
TABLE = """
| row | what the source names | documents | note |
| --- | --- | --- | --- |
"""
QUERIES = """
In doubt:

"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join("".join(_part(each)) for each in catalogues.sources().values())


def _part(source: Source) -> Iterator[str]:
    yield f"\n## {source.number}: {source.short}\n{TABLE}"
    yield from map(_line, source.row)
    if source.query:
        yield QUERIES
        for query in source.query:
            rows = ", ".join(dict.fromkeys(row.id for row, _ in source.doubted_by(query)))
            yield f"- {rows}, “{query.printed}”: {query.doubt} {query.why}\n"


def _line(row: Row) -> str:
    documents = ", ".join(_link(each.agreement) for each in row.agreements) or "none"
    return f"| {row.id} | {row.title} | {documents} | {row.note} |\n"


def _link(reference: str) -> str:
    found = next((ROOT / "agreements").glob(f"*/{reference}.toml"))
    return f"[{reference}](../{found.relative_to(ROOT).as_posix()})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"Wrote {PAGE.name}.\n")
