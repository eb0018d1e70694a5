"""What forces' records systems send, read as a declarative mapping file says. Pure: no Django, no database."""

from crossforce.nominals.mapping.document import Mapping
from crossforce.nominals.mapping.parsing import cells_of, kept, parse, parse_mended, parse_rows
from crossforce.nominals.mapping.reading import read
from crossforce.nominals.mapping.records import Reason, Record, Refused, TieSaid
from crossforce.nominals.mapping.schema import mapping_schema
from crossforce.nominals.mapping.sources import columns_of

__all__ = [
    "Mapping",
    "Reason",
    "Record",
    "Refused",
    "TieSaid",
    "cells_of",
    "columns_of",
    "kept",
    "mapping_schema",
    "parse",
    "parse_mended",
    "parse_rows",
    "read",
]
