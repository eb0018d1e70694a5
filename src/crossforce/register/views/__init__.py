"""The register's pages. All are public; none asks who reads."""

from crossforce.register.views.entry import agreement, agreement_json, document, everything
from crossforce.register.views.listing import entries
from crossforce.register.views.matrix import areas, matrix
from crossforce.register.views.sources import source, source_json, sources, sources_json
from crossforce.register.views.summary import summaries, summary, summary_pdf

__all__ = [
    "agreement",
    "agreement_json",
    "areas",
    "document",
    "entries",
    "everything",
    "matrix",
    "source",
    "source_json",
    "sources",
    "sources_json",
    "summaries",
    "summary",
    "summary_pdf",
]
