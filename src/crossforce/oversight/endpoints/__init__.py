"""Oversight over HTTP: the same queries and operations as the pages."""
