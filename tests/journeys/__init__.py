"""A user's whole task, in a real browser."""
