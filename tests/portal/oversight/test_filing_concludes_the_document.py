"""When the county records a filing, the document's own way ends; any other kind of filing goes the same way."""

from datetime import date

import pytest

from normative_docs.demo.journey import Cast, Journey
from normative_docs.demo.texts import DRAFTS
from portal.documents.slots import PaperSlot
from portal.moment import clock_set_to
from portal.oversight.filing import open_filing
from portal.oversight.kinds import FilingKind, filing_kinds
from portal.oversight.workflow import Stage
from portal.workflow.perform import perform
from tests.portal.oversight import filings
