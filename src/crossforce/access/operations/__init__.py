"""Changes to what is enforced."""

from crossforce.access.operations.enforcing import enforce, enforce_all, grants_of, put_grants

__all__ = ["enforce", "enforce_all", "grants_of", "put_grants"]
