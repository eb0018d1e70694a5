"""Decisions about people and powers, on plain values; one question to a file."""
