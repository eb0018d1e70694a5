"""Signing in: who someone is, and which posting and purpose they act in."""
