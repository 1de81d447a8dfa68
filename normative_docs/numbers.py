"""The series of numbers of normative documents: 发文字号 of each body, 统一登记号 of the county."""

from django.apps import apps

from normative_docs.switches import DOCUMENT_NUMBER, REGISTRATION_NUMBER
from portal.casefiles.numbering import Series, document_number, show_series
from portal.moment import today
from portal.organisations.policy import value


def _printed_document(authority, year: int, number: int) -> str:
    pattern = value(DOCUMENT_NUMBER.code, authority, today())
    return document_number(authority.document_mark or authority.short_name, year, number, pattern)


def _printed_registration(county, year: int, number: int) -> str:
    return document_number(county.short_name, year, number, value(REGISTRATION_NUMBER.code, county, today()))


def _signed():
    return apps.get_model("normative_docs", "NormativeDocument").objects.filter(signed_by__isnull=False)


def _documents(authority, year: int) -> dict:
    rows = _signed().filter(issuing_authority=authority, document_year=year, document_serial__isnull=False)
    return {row.document_serial: (row, row.document_number) for row in rows}


def _registrations(county, year: int) -> dict:
    rows = _signed().filter(
        issuing_authority__path__startswith=county.path, registered_on__year=year, registration_serial__isnull=False
    )
    return {row.registration_serial: (row, row.registration_number) for row in rows}


DOCUMENTS = show_series(
    Series("normative_document", "规范性文件发文字号", "normative_docs.sign", _printed_document, _documents)
)
REGISTRATIONS = show_series(
    Series(
        "normative_registration",
        "规范性文件统一登记号",
        "county.rules",
        _printed_registration,
        _registrations,
        of_county=True,
    )
)
