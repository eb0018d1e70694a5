"""What a draft, or a leave, would change: answered in numbers and words, changing nothing."""

from crossforce.agreements.preview.context import (
    End,
    Leave,
    Others,
    PreviewContext,
    Standing,
    World,
    context_for,
)
from crossforce.agreements.preview.measuring import Counted, Wanted, measures
from crossforce.agreements.preview.plain import as_plain
from crossforce.agreements.preview.shapes import ALL, Cited, Figures, Preview, Row, Section
from crossforce.agreements.preview.told import as_lines
from crossforce.agreements.preview.whole import preview

__all__ = [
    "ALL",
    "Cited",
    "Counted",
    "End",
    "Figures",
    "Leave",
    "Others",
    "Preview",
    "PreviewContext",
    "Row",
    "Section",
    "Standing",
    "Wanted",
    "World",
    "as_lines",
    "as_plain",
    "context_for",
    "measures",
    "preview",
]
