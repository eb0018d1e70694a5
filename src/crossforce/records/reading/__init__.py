"""Tables that people send, CSV or workbook: read with a finding for each bad cell, compared, and written.

Pure: bytes in, rows and findings out. A service says what its table is (`layouts`); every row is
judged, a bad one is refused with its cell, and a file that is broken itself is refused whole.
A row is known by its reference, so the same file twice changes nothing.
"""
