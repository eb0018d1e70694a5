"""The apps, lowest floor first. Nothing else in the code lists them by name."""

from typing import Final

FLOORS: Final = (
    "kernel",
    "transparency",
    "ledger",
    "assurance",
    "organisations",
    "people",
    "acting",
    "agreements",
    "access",
    "insight",
    "sharing",
    "records",
    "intake",
    "replicas",
    "oversight",
    "register",
    "duty",
    "nominals",
    "evidence",
    "finance",
    "boards",
    "benefits",
    "programme",
    "world",
)
