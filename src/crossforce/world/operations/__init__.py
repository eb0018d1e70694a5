"""Building the demonstration world, part by part. What is there already is left alone."""

from crossforce.world.operations.accounts import load_accounts
from crossforce.world.operations.agreements import load_agreements
from crossforce.world.operations.duties import extend_duties, load_duties
from crossforce.world.operations.evidence import load_evidence
from crossforce.world.operations.governing import load_governing
from crossforce.world.operations.holdings import load_holdings
from crossforce.world.operations.nominals import bring_in, load_people, write_out
from crossforce.world.operations.organisations import load_organisations
from crossforce.world.operations.people import lists
from crossforce.world.operations.programme import load_programmes
from crossforce.world.operations.records import load_records
from crossforce.world.operations.reporting import load_reports
from crossforce.world.operations.staff import load_staff

__all__ = [
    "bring_in",
    "extend_duties",
    "lists",
    "load_accounts",
    "load_agreements",
    "load_duties",
    "load_evidence",
    "load_governing",
    "load_holdings",
    "load_organisations",
    "load_people",
    "load_programmes",
    "load_records",
    "load_reports",
    "load_staff",
    "write_out",
]
