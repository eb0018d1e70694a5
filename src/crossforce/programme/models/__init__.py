"""The register, projects and what belongs to them, and spreadsheets that were read."""

from crossforce.programme.models.entry import RegisterEntry
from crossforce.programme.models.importing import SheetImport
from crossforce.programme.models.learning import InspectionFinding, Lesson
from crossforce.programme.models.planning import Milestone, Phase
from crossforce.programme.models.project import Project
from crossforce.programme.models.report import PerformanceReport, PublicReport
from crossforce.programme.models.spending import ContributionReview, FundingBid
from crossforce.programme.models.worries import Issue, Risk

__all__ = [
    "ContributionReview",
    "FundingBid",
    "InspectionFinding",
    "Issue",
    "Lesson",
    "Milestone",
    "PerformanceReport",
    "Phase",
    "Project",
    "PublicReport",
    "RegisterEntry",
    "Risk",
    "SheetImport",
]
