"""Collaboration agreements: written, checked, compiled, previewed, signed, in force, left."""
