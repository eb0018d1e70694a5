"""Crossforce: the collaboration agreement is the program."""
