"""The series of numbers of decisions, gap-free per organisation and year."""

from django.apps import apps

from decisions.switches import DOCUMENT_NUMBER
from portal.casefiles.numbering import Series, document_number, show_series
from portal.moment import today
from portal.organisations.policy import value


def _printed(organisation, year: int, number: int) -> str:
    pattern = value(DOCUMENT_NUMBER.code, organisation, today())
    return document_number(organisation.short_name, year, number, pattern)


def _used(organisation, year: int) -> dict:
    rows = apps.get_model("decisions", "MajorDecision").objects.filter(
        organisation=organisation, document_year=year, document_serial__isnull=False
    )
    return {row.document_serial: (row, row.document_number) for row in rows}


DECISIONS = show_series(Series("major_decision", "重大行政决策文号", "decisions.sign", _printed, _used))
