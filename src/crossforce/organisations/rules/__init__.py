"""Decisions about organisations and units, on plain values: a reason to refuse, or None."""
