"""Filings, how their form was checked, where else a file is sent, and the county's inspections."""

from portal.oversight.models.filing import Filing, FilingFinding, FindingDraft, PaperSeen
from portal.oversight.models.form_check import FormCheckLine
from portal.oversight.models.further import FurtherFiling
from portal.oversight.models.inspection import InspectedDocument, Inspection, InspectionFinding

__all__ = [
    "Filing", "FilingFinding", "FindingDraft", "FormCheckLine", "FurtherFiling", "InspectedDocument", "Inspection",
    "InspectionFinding", "PaperSeen",
]  # fmt: skip
