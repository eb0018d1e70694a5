"""Spreadsheets of registers, milestones and baselines: read with a finding for each bad cell, and written.

Pure: bytes in, rows and findings out. Nothing is half-loaded: every row is judged, a bad one is
refused with its cell, and a file that is broken itself is refused whole. A row is known by its
reference, so the same file twice changes nothing.
"""
