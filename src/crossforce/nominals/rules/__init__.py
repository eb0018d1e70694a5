"""Decisions of nominals on plain values."""
