"""Reads of oversight; the actor first."""
