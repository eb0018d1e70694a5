"""Decisions about records on plain values."""
