"""The front door of acting: who acts now, and what this process seals for the database."""

from crossforce.acting.context import acting, current, sealed

__all__ = ["acting", "current", "sealed"]
