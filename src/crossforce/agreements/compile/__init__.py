"""Document to terms: deterministic, and independent of how the document is laid out."""

from crossforce.agreements.compile.whole import compile_document

__all__ = ["compile_document"]
