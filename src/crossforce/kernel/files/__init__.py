"""The one way of keeping bytes: sealed under a key of their own, in the folder of their holder, written once.

What is kept here is entered nowhere: whoever keeps, reads or lets go does so for an operation, which is permitted and
enters it. Bytes on the disk: docs/formats/stored-file.md. Why so: ADR 0031.
"""
