"""The front door of assurance: whether the log is what it was."""

from crossforce.assurance.queries.verification import Report, verify

__all__ = ["Report", "verify"]
