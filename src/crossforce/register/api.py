"""The front door of the register: what anybody may know."""

from crossforce.register.queries import unit_of

__all__ = ["unit_of"]
