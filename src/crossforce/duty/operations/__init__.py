"""Changes to duties."""

from crossforce.duty.operations.importing import Clash, MayNotImport, Outcome, Sent, bring_in

__all__ = ["Clash", "MayNotImport", "Outcome", "Sent", "bring_in"]
