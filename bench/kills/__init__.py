"""Trials in which something is killed, or the disk is full, at a random moment of work on evidence."""
