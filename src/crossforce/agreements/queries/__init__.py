"""Reads of agreements for those who work with them; the public register has its own."""
