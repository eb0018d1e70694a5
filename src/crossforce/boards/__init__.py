"""Boards that govern collaborations: who sits, when they meet, what they decide, and what then happens."""
