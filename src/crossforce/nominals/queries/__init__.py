"""Reads of nominals."""
